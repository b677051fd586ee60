// Which stamped messages of a device are known, so that what is sent twice counts once.

const kept = 512;

/** Holds the last 512 stamps of one device; older ones are caught by the store's unique key. */
export class StampMemory {
  private readonly known = new Set<string>();
  private newest: { boot: number; seq: number } | null = null;

  constructor(recent: readonly { readonly boot: number; readonly seq: number }[]) {
    for (const { boot, seq } of recent) this.add(boot, seq);
  }

  has(boot: number, seq: number): boolean {
    return this.known.has(`${boot}/${seq}`);
  }

  /** Whether a later message of the same run of the firmware came before this one. */
  isLate(boot: number, seq: number): boolean {
    return this.newest !== null && this.newest.boot === boot && seq < this.newest.seq;
  }

  add(boot: number, seq: number): void {
    this.known.add(`${boot}/${seq}`);
    if (!this.isLate(boot, seq)) this.newest = { boot, seq };
    const [oldest] = this.known;
    if (this.known.size > kept && oldest !== undefined) this.known.delete(oldest);
  }
}
