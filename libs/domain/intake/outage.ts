// The time for which the store is down: how often it has failed since, and how long until it is asked again.

const retryMs = { least: 100, most: 2_000 } as const;
const manyFailures = 5;

export class Outage {
  isOn = false;
  private failures = 0;
  private retryInMs: number = retryMs.least;
  private endPause = () => {};

  /** So many failures in a row that one input alone is no longer taken for a victim of the store. */
  get isLong(): boolean {
    return this.failures >= manyFailures;
  }

  goOn(): void {
    this.isOn = true;
    this.failures++;
  }

  end(): void {
    this.isOn = false;
    this.failures = 0;
    this.retryInMs = retryMs.least;
  }

  /** Resolves when the store is to be asked again, each time later than the last; `hurry` ends it at once. */
  async pause(): Promise<void> {
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, this.retryInMs);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.retryInMs = Math.min(this.retryInMs * 2, retryMs.most);
  }

  hurry(): void {
    this.endPause();
  }
}
