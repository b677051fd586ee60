// The line before one robot: what waits together goes in one post, life safety first, never more often than allowed.
import type { Clock } from '#domain/clock';
import type { Receipt } from '#domain/notices';
import { fitting, minuteMs, perMinute } from './wecom-robot.js';

/** Posts of each minute that are kept for class L: whatever else goes on, an alarm finds one free. */
const keptForLife = 5;

interface Waiting {
  readonly text: string;
  readonly isLife: boolean;
  readonly resolve: (receipt: Receipt) => void;
}

export class RobotLine {
  private waiting: Waiting[] = [];
  /** When the posts of the last minute began. */
  private posts: number[] = [];
  private isGathering = false;

  constructor(
    private readonly clock: Clock,
    private readonly post: (content: string) => Promise<Receipt>,
  ) {}

  /** Whether it could be forgotten: nobody waits, and nothing was posted for a minute. */
  get isIdle(): boolean {
    this.forgetOld();
    return this.waiting.length === 0 && this.posts.length === 0;
  }

  /**
   * Resolves with the receipt of the post that carried the text; when no post is free, with a retry for the moment at
   * which one is. What comes back then comes back together, and goes as one.
   */
  send(text: string, isLife: boolean): Promise<Receipt> {
    return new Promise(resolve => {
      this.waiting.push({ text, isLife, resolve });
      if (this.isGathering) return;
      this.isGathering = true;
      setImmediate(() => this.flush());
    });
  }

  private flush(): void {
    this.isGathering = false;
    const inOrder = [
      ...this.waiting.filter(each => each.isLife),
      ...this.waiting.filter(each => !each.isLife),
    ];
    this.waiting = [];
    let rest = inOrder;
    while (rest.length > 0) {
      const most = rest[0]?.isLife ? perMinute : perMinute - keptForLife;
      const freeAt = this.freeAt(most);
      if (freeAt !== null) break;
      const { content, count } = fitting(rest.map(({ text }) => text));
      this.carry(content, rest.slice(0, count));
      rest = rest.slice(count);
    }
    this.putOff(rest);
  }

  private carry(content: string, carried: readonly Waiting[]): void {
    this.posts.push(this.clock.now());
    this.post(content).then(receipt => {
      for (const { resolve } of carried) resolve(receipt);
    });
  }

  private putOff(rest: readonly Waiting[]): void {
    for (const { isLife, resolve } of rest) {
      const freeAt = this.freeAt(isLife ? perMinute : perMinute - keptForLife) ?? this.clock.now();
      resolve({
        outcome: 'retry',
        detail: 'waits for the robot’s next minute',
        afterMs: Math.max(0, freeAt - this.clock.now()),
        isHeldBack: true,
      });
    }
  }

  /** Null: now. Else when the last minute will have fewer than `most` posts. */
  private freeAt(most: number): number | null {
    this.forgetOld();
    const oldestInTheWay = this.posts.at(-most);
    return oldestInTheWay === undefined ? null : oldestInTheWay + minuteMs;
  }

  private forgetOld(): void {
    const now = this.clock.now();
    this.posts = this.posts.filter(at => now - at < minuteMs);
  }
}
