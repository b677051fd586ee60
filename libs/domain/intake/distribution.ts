// How often something had which size: counts below fixed bounds, for whoever watches from outside.

export class Distribution {
  /** How many were at most as large as the bound of the same place, and larger than the bound before. */
  readonly counts: number[];
  sum = 0;
  count = 0;

  /** @param bounds rising; what is larger than all of them counts in `count` alone */
  constructor(readonly bounds: readonly number[]) {
    this.counts = bounds.map(() => 0);
  }

  add(value: number): void {
    this.sum += value;
    this.count++;
    const place = this.bounds.findIndex(bound => value <= bound);
    if (place >= 0) this.counts[place] = (this.counts[place] ?? 0) + 1;
  }
}
