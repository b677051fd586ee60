// Which stamped messages of a device are known, so that what is sent twice counts once.

const kept = 512;

export interface Position {
  readonly boot: number;
  readonly seq: number;
}

/** Whether a later message of the same run of the firmware came before this one. */
export function isOvertaken({ boot, seq }: Position, newest: Position | null): boolean {
  return newest !== null && newest.boot === boot && seq < newest.seq;
}

/** Holds the last 512 stamps of one device; older ones are caught by the store's unique key. */
export class StampMemory {
  private readonly known = new Set<string>();
  private newestKnown: Position | null = null;

  constructor(recent: readonly Position[]) {
    for (const { boot, seq } of recent) this.add(boot, seq);
  }

  has(boot: number, seq: number): boolean {
    return this.known.has(`${boot}/${seq}`);
  }

  /** The furthest that the present run of the firmware has come. */
  get newest(): Position | null {
    return this.newestKnown;
  }

  add(boot: number, seq: number): void {
    this.known.add(`${boot}/${seq}`);
    if (!isOvertaken({ boot, seq }, this.newestKnown)) this.newestKnown = { boot, seq };
    const [oldest] = this.known;
    if (this.known.size > kept && oldest !== undefined) this.known.delete(oldest);
  }
}
