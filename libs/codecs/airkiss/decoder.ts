// The decoder: one frame in, a state out, for any number of senders in bounded memory.
import { type Frame, isBroadcast } from './frame.js';
import { Sender, type SenderEvent } from './sender.js';
import type { Withheld } from './verdict.js';

/** What the decoder knows after a frame. */
export type DecoderState =
  | { readonly status: 'searching'; readonly frames: number }
  | {
      readonly status: 'locked';
      readonly frames: number;
      /** Number of the frame, from 1, at which the sender's base was found. */
      readonly lockAt: number;
      readonly source: string;
      /** Why there is no result yet. */
      readonly reason: Withheld;
      /** Symbols of a round that were never heard; undefined before the length of a round is known. */
      readonly missing: number | undefined;
    }
  | {
      readonly status: 'complete';
      readonly frames: number;
      readonly lockAt: number;
      readonly source: string;
      readonly ssid: Uint8Array;
      /** Decrypted where a key was given. */
      readonly password: Uint8Array;
      readonly random: number;
      /** Chance that all of it is right. */
      readonly confidence: number;
      readonly reason: 'checks-agree';
    };

export type CompleteState = Extract<DecoderState, { status: 'complete' }>;

/** Takes what was sent as the password back to plain text; undefined when the key does not fit. */
export type Decrypt = (sent: Uint8Array) => Uint8Array | undefined;

export interface DecoderOptions {
  /** For devices whose maker encrypts the password (AirKiss §3). */
  readonly decrypt?: Decrypt;
  /** Sees everything that is found out, sender by sender; for tools, not for devices. */
  readonly trace?: (sender: Sender, event: SenderEvent) => void;
}

/** Senders that are remembered at once; the one not heard for longest goes first, locked ones last. */
const MOST_SENDERS = 32;

/** Reads AirKiss from the lengths of frames. Never throws on noise; a result is right or withheld. */
export class AirKissDecoder {
  private readonly senders = new Map<string, Sender>();
  private locked: Sender[] = [];
  private frames = 0;
  private complete: CompleteState | undefined;

  constructor(private readonly options: DecoderOptions = {}) {}

  /** What is known now. */
  get state(): DecoderState {
    return this.complete ?? this.progress();
  }

  /** Everyone heard, for tools that explain. */
  get heardSenders(): readonly Sender[] {
    return [...this.senders.values()];
  }

  /** Takes the next received frame. After completion the state stays as it is until `reset`. */
  push(frame: Frame): DecoderState {
    if (this.complete) return this.complete;
    this.frames++;
    if (!isBroadcast(frame)) return this.state;
    const sender = this.senderOf(frame.source);
    const wasLocked = sender.lockedAt !== undefined;
    for (const other of this.locked) if (other !== sender) other.overhear(frame);
    sender.hear(frame, this.frames);
    if (!wasLocked && sender.lockedAt !== undefined) this.locked.push(sender);
    this.complete = this.completion(sender);
    return this.state;
  }

  /** The radio went to another channel and came back: sequence numbers do not connect. */
  channelChanged(): void {
    for (const sender of this.locked) sender.detach();
  }

  /** Forgets the sender who is complete, and goes on with the others. */
  next(): void {
    if (!this.complete) return;
    this.drop(this.complete.source);
    this.complete = undefined;
  }

  /** Forgets everything, to hear the next provisioning. */
  reset(): void {
    this.senders.clear();
    this.locked = [];
    this.frames = 0;
    this.complete = undefined;
  }

  private progress(): DecoderState {
    const sender = this.locked.reduce<Sender | undefined>(
      (best, each) => (best === undefined || each.progress > best.progress ? each : best),
      undefined,
    );
    if (sender?.lockedAt === undefined) return { status: 'searching', frames: this.frames };
    return {
      status: 'locked',
      frames: this.frames,
      lockAt: sender.lockedAt,
      source: sender.source,
      reason: this.reasonFor(sender),
      missing: sender.missing,
    };
  }

  private reasonFor({ verdict }: Sender): Withheld {
    return verdict.kind === 'withheld' ? verdict.reason : 'key-does-not-fit';
  }

  private completion(sender: Sender): CompleteState | undefined {
    const { verdict, lockedAt } = sender;
    if (verdict.kind !== 'right' || lockedAt === undefined) return undefined;
    const { decrypt } = this.options;
    const password = decrypt && verdict.password.length > 0 ? decrypt(verdict.password) : verdict.password;
    if (password === undefined) return undefined;
    return {
      status: 'complete',
      frames: this.frames,
      lockAt: lockedAt,
      source: sender.source,
      ssid: verdict.ssid,
      password,
      random: verdict.random,
      confidence: 1 - verdict.risk,
      reason: 'checks-agree',
    };
  }

  private senderOf(source: string): Sender {
    const known = this.senders.get(source);
    if (known) return known;
    if (this.senders.size >= MOST_SENDERS) this.dropOldest();
    const { trace } = this.options;
    const sender: Sender = new Sender(source, trace && (event => trace(sender, event)));
    this.senders.set(source, sender);
    return sender;
  }

  private dropOldest(): void {
    const rank = (sender: Sender) =>
      (sender.lockedAt === undefined ? 0 : Number.MAX_SAFE_INTEGER / 2) + sender.lastHeard;
    const oldest = [...this.senders.values()].reduce((a, b) => (rank(b) < rank(a) ? b : a));
    this.drop(oldest.source);
  }

  private drop(source: string): void {
    this.senders.delete(source);
    this.locked = this.locked.filter(sender => sender.source !== source);
  }
}
