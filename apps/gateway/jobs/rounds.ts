// A job that is done again and again: one round after the other, never two at once, and over when it is stopped.
import { Logger } from '@nestjs/common';

export class Rounds {
  private readonly logger = new Logger('jobs');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;

  /** @param name for the log, when a round fails; the next one comes all the same */
  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly round: () => Promise<void>,
  ) {}

  start(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.running = this.once().then(() => this.start());
    }, this.everyMs);
  }

  /** Resolves when the round under way is over. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async once(): Promise<void> {
    try {
      await this.round();
    } catch (err) {
      this.logger.error({ event: 'job-failed', job: this.name, err });
    }
  }
}
