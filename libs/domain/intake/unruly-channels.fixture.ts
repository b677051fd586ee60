// Channels that do whatever providers do: take, refuse, postpone, fail, and hang until the process is gone.
import { Channels, type Receipt, type Sending } from '#domain/notices';
import type { Taken } from './told-history.fixture.js';

type Behaviour = 'take' | 'fail' | 'postpone' | 'refuse' | 'hang';

/** In a hundred. */
const mood: Readonly<Record<Behaviour, number>> = {
  take: 66,
  fail: 18,
  postpone: 8,
  refuse: 4,
  hang: 4,
};

/** What hangs is given up in time, as every channel promises, unless the process is gone by then. */
interface Hanging {
  readonly process: number;
  readonly giveUp: () => void;
}

export class UnrulyChannels extends Channels {
  readonly taken: Taken[] = [];
  private hanging: Hanging[] = [];
  process = 1;
  isUnruly = true;
  /** The process will not live to hear any answer. */
  isCrashing = false;

  /** @param chance from 0 up to 1 */
  constructor(private readonly chance: () => number) {
    super();
  }

  async deliver(sending: Sending): Promise<Receipt> {
    if (this.isCrashing) return this.die(sending);
    const behaviour = this.isUnruly ? this.pick() : 'take';
    switch (behaviour) {
      case 'take':
        this.take(sending);
        return { outcome: 'accepted', detail: '200' };
      case 'fail':
        return { outcome: 'retry', detail: '503' };
      case 'postpone':
        return { outcome: 'retry', detail: '429', afterMs: 20_000 };
      case 'refuse':
        return { outcome: 'refused', detail: '410' };
      case 'hang':
        return this.hang();
      default:
        return behaviour satisfies never;
    }
  }

  offers(): readonly never[] {
    return [];
  }

  /** Attempts of this process that have not ended. */
  get open(): number {
    return this.hanging.filter(({ process }) => process === this.process).length;
  }

  /** The time that a channel has is over. */
  giveUp(): void {
    for (const { process, giveUp } of this.hanging) if (process === this.process) giveUp();
    this.hanging = [];
  }

  private die(sending: Sending): Promise<Receipt> {
    if (this.chance() < 0.5) this.take(sending);
    return new Promise(() => {});
  }

  private hang(): Promise<Receipt> {
    const { process } = this;
    return new Promise(resolve => {
      this.hanging.push({ process, giveUp: () => resolve({ outcome: 'retry', detail: 'no answer' }) });
    });
  }

  private take({ id, endpoint, notice }: Sending): void {
    const { subjectId, step } = notice;
    const counter = 'counter' in notice ? Number(notice.counter) : 0;
    this.taken.push({ id, endpointId: endpoint.id, subjectId, counter, step, process: this.process });
  }

  private pick(): Behaviour {
    let left = this.chance() * 100;
    for (const [behaviour, share] of Object.entries(mood)) {
      left -= share;
      if (left < 0) return behaviour as Behaviour;
    }
    return 'take';
  }
}
