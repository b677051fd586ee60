// One phone: all streams of its frames feed one announcement and one memory.

import type { Finding } from './alignment.js';
import { Announcement } from './announcement.js';
import type { Frame } from './frame.js';
import { RoundLayout } from './layout.js';
import { SymbolMemory } from './memory.js';
import { type Heard, Stream } from './stream.js';
import { judge, needsWitness, type Quality, type Verdict } from './verdict.js';
import { type Testimony, Witness } from './witness.js';

/** Streams of one sender at most: its own frames and the copies of a few access points. */
const MOST_STREAMS = 6;

const AWAITING_MAGIC: Verdict = { kind: 'withheld', reason: 'awaiting-magic' };

const AWAITING_AGREEMENT: Verdict = { kind: 'withheld', reason: 'awaiting-agreement' };

/** Told of everything that a sender's frames turn out to be, for those who want to see it. */
export type SenderTrace = (event: SenderEvent) => void;

export type SenderEvent =
  | { readonly kind: 'heard'; readonly stream: Stream; readonly heard: Heard }
  | { readonly kind: 'placed'; readonly stream: Stream; readonly finding: Finding }
  | { readonly kind: 'forgotten' };

/** Collects what one source address sends. */
export class Sender {
  lastHeard = 0;
  /** Number of the frame at which the first base was found. */
  lockedAt: number | undefined;
  verdict: Verdict = AWAITING_MAGIC;
  private readonly streams = new Map<string, Stream>();
  private announcement = new Announcement();
  private memory: SymbolMemory | undefined;
  private announced = '';
  /** What was gathered before, and waits for another to agree. */
  private readonly witness = new Witness();
  private heard = 0;
  private strays = 0;
  private nextStream = 0;
  private sawData = false;

  constructor(
    readonly source: string,
    private readonly trace?: SenderTrace,
  ) {}

  get missing(): number | undefined {
    return this.memory?.missing;
  }

  /** How far this sender has come, to tell which of several to report. */
  get progress(): number {
    const { memory } = this;
    return memory === undefined ? 0 : 1 + memory.layout.size - memory.missing;
  }

  get total(): number | undefined {
    return this.announcement.total;
  }

  /** Frames that belong to a locked stream, and those among them that nobody would send. */
  get quality(): Quality {
    const isolated = this.lockedStreams.reduce((sum, stream) => sum + stream.isolated, 0);
    return { heard: this.heard, strays: this.strays + this.announcement.strays + isolated };
  }

  get passwordLength(): number | undefined {
    return this.announcement.passwordLength;
  }

  /** Its streams that have a base. */
  get lockedStreams(): Stream[] {
    return [...this.streams.values()].filter(({ base }) => base !== undefined);
  }

  /** The memory of the round, for those who want to see what is missing. */
  get round(): SymbolMemory | undefined {
    return this.memory;
  }

  overhear(frame: Frame): void {
    for (const stream of this.streams.values()) stream.overhear(frame);
  }

  detach(): void {
    for (const stream of this.streams.values()) {
      this.file(stream, stream.rest());
      stream.detach();
    }
  }

  /** Takes a frame; `now` is its number. */
  hear(frame: Frame, now: number): void {
    this.lastHeard = now;
    const stream = this.streamOf(frame);
    stream.lastHeard = now;
    const heard = stream.hear(frame);
    this.trace?.({ kind: 'heard', stream, heard });
    switch (heard.kind) {
      case 'nothing':
        return;
      case 'locked':
        this.lockedAt ??= now;
        stream.forget();
        return;
      case 'stray':
        this.heard++;
        this.strays++;
        return;
      case 'control':
        this.heard++;
        this.hearControl(stream, heard);
        return;
      case 'body':
        this.heard++;
        this.hearBody(stream, heard);
        return;
      default:
        heard satisfies never;
    }
  }

  private hearControl(stream: Stream, { control }: Extract<Heard, { kind: 'control' }>): void {
    if (stream.leftData) this.file(stream, stream.rest());
    if (stream.inGuide && this.sawData) {
      this.sawData = false;
      this.announcement.nextCycle();
    }
    this.announcement.hear(control);
    this.follow();
  }

  private hearBody(stream: Stream, { symbol, step }: Extract<Heard, { kind: 'body' }>): void {
    this.sawData = true;
    if (this.memory) this.file(stream, stream.align(this.memory, symbol, step));
  }

  private file(stream: Stream, findings: readonly Finding[]): void {
    const { memory } = this;
    if (!memory || findings.length === 0) return;
    for (const finding of findings) {
      this.trace?.({ kind: 'placed', stream, finding });
      if (!this.place(memory, stream, finding)) {
        this.forgetRound();
        return;
      }
    }
    this.judge();
  }

  /** Files one symbol; false when it shows that the sender has started anew with other credentials. */
  private place(memory: SymbolMemory, stream: Stream, finding: Finding): boolean {
    if (finding.again) {
      memory.assure({ ...finding, stream: stream.id });
      return true;
    }
    if (!finding.fits) this.strays++;
    if (!finding.fits || memory.layout.slots[finding.position]?.kind === 'index') return true;
    const recall = memory.place({ ...finding, stream: stream.id });
    if (recall === 'conflicts') this.strays++;
    return recall !== 'takes-over';
  }

  /** What is announced decides how long a round is; when it changes, nothing remembered counts. */
  private follow(): void {
    const { total, ssidCrc, passwordLength } = this.announcement;
    if (total === undefined || ssidCrc === undefined) return;
    const announced = `${total} ${ssidCrc}`;
    if (announced !== this.announced) {
      this.announced = announced;
      this.witness.dismiss();
      this.forgetRound();
    } else if (this.memory?.missing === 0 && passwordLength !== undefined && this.verdict.kind === 'withheld')
      this.judge();
  }

  private forgetRound(): void {
    const { total } = this.announcement;
    this.memory = total === undefined ? undefined : new SymbolMemory(new RoundLayout(total));
    for (const stream of this.streams.values()) stream.forget();
    this.trace?.({ kind: 'forgotten' });
    this.judge();
  }

  private judge(): void {
    if (!this.memory) return;
    const verdict = judge(this.memory, this.announcement, this.quality);
    if (verdict.kind === 'right')
      this.verdict = needsWitness(this.quality) ? this.confirmed(verdict) : verdict;
    else this.verdict = this.witness.isWaiting ? AWAITING_AGREEMENT : verdict;
  }

  private confirmed(testimony: Testimony): Verdict {
    const agreed = this.witness.agree(testimony);
    if (agreed) return agreed;
    this.forgetRound();
    return AWAITING_AGREEMENT;
  }

  private streamOf({ direction, bssid }: Frame): Stream {
    const key = direction + bssid;
    const known = this.streams.get(key);
    if (known) return known;
    if (this.streams.size >= MOST_STREAMS) this.dropOldestStream();
    const stream = new Stream(this.nextStream++, direction, bssid);
    this.streams.set(key, stream);
    return stream;
  }

  private dropOldestStream(): void {
    const [oldest] = [...this.streams].sort(
      ([, a], [, b]) =>
        Number(a.base !== undefined) - Number(b.base !== undefined) || a.lastHeard - b.lastHeard,
    );
    if (oldest) this.streams.delete(oldest[0]);
  }
}
