// One stream of frames on its way through the decoder: what came of it, in the words of the command.
import { AirKissDecoder, type DecoderState, type Frame } from '#codecs/airkiss';
import type { Captured } from '#codecs/capture';
import { Explainer } from './explainer.js';
import type { PasswordCipher } from './password-cipher.js';

/** What came of a stream; keys and meanings stay as they are, scripts rely on them. */
export interface Result {
  readonly status: 'complete' | 'incomplete';
  /** Frames read when it completed, or altogether. */
  readonly frames: number;
  /** Number of the frame at which the sender's base was found. */
  readonly lockAt: number | null;
  readonly source: string | null;
  readonly ssid: string | null;
  readonly ssidHex: string | null;
  readonly password: string | null;
  readonly passwordHex: string | null;
  readonly random: number | null;
  readonly confidence: number | null;
  /** Why it is complete, or is not. */
  readonly reason: string;
}

export interface HearingOptions {
  readonly key?: PasswordCipher;
  readonly explain?: boolean;
}

/** Feeds a decoder. */
export class Hearing {
  private readonly explainer: Explainer | undefined;
  private readonly decoder: AirKissDecoder;

  constructor({ key, explain }: HearingOptions) {
    this.explainer = explain ? new Explainer() : undefined;
    this.decoder = new AirKissDecoder({ decrypt: key?.decrypt, trace: this.explainer?.trace });
  }

  get isComplete(): boolean {
    return this.decoder.state.status === 'complete';
  }

  get isEmpty(): boolean {
    return this.decoder.state.frames === 0;
  }

  take(captured: Captured): void {
    if (captured.kind === 'frame') this.hear(captured.frame);
    else this.decoder.channelChanged();
  }

  hear(frame: Frame): void {
    this.decoder.push(frame);
  }

  result(): Result {
    return resultOf(this.decoder.state);
  }

  explanation(): string {
    return this.explainer?.text() ?? '';
  }

  /** Goes on with the other senders. */
  next(): void {
    this.decoder.next();
  }
}

function resultOf(state: DecoderState): Result {
  const nothing = {
    ssid: null,
    ssidHex: null,
    password: null,
    passwordHex: null,
    random: null,
    confidence: null,
  };
  switch (state.status) {
    case 'searching':
      return {
        status: 'incomplete',
        frames: state.frames,
        lockAt: null,
        source: null,
        ...nothing,
        reason: 'no-guide',
      };
    case 'locked': {
      const { frames, lockAt, source, reason } = state;
      return { status: 'incomplete', frames, lockAt, source, ...nothing, reason };
    }
    case 'complete': {
      const { frames, lockAt, source, ssid, password, random, confidence, reason } = state;
      const texts = {
        ssid: textOf(ssid),
        ssidHex: hexOf(ssid),
        password: textOf(password),
        passwordHex: hexOf(password),
      };
      return { status: 'complete', frames, lockAt, source, ...texts, random, confidence, reason };
    }
    default:
      return state satisfies never;
  }
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** UTF-8, else GBK, else what Latin-1 makes of it; the hex digits are exact. */
function textOf(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gbk']) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      // Not written in this one.
    }
  }
  return Buffer.from(bytes).toString('latin1');
}
