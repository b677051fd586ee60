// What follows the acknowledgement: the device says what it is, and is handed a nonce for its binding.
import { randomBytes } from 'node:crypto';
import { readDiscovery, writeDiscovery } from '#codecs/airkiss';
import type { Lan } from './lan.js';

/** How a device introduced itself. */
export interface Introduction {
  /** The maker's public account. */
  readonly deviceType?: string;
  readonly deviceId?: string;
  /**
   * 128 bits in hex that only this device and this sender know: published by the device over its own
   * connection, they prove that whoever holds them here provisioned it.
   */
  readonly nonce: string;
}

/** Where devices are asked, and for how long. */
export interface IntroductionPlan {
  readonly port: number;
  readonly forMs: number;
}

const ASK_AGAIN_MS = 300;

/** Asks devices what they are; those that do not know the protocol stay silent. */
export class Introductions {
  private readonly known = new Map<string, Introduction>();
  private readonly running: Promise<void>[] = [];

  constructor(
    private readonly lan: Lan,
    private readonly plan: IntroductionPlan,
    private readonly signal: AbortSignal,
    private readonly drawNonce: () => string = () => randomBytes(16).toString('hex'),
  ) {}

  begin(address: string): void {
    this.running.push(this.ask(address));
  }

  /** Waits until every device that was asked has answered, or its time is over. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  of(address: string): Introduction | undefined {
    return this.known.get(address);
  }

  private async ask(address: string): Promise<void> {
    const nonce = this.drawNonce();
    const { port, forMs } = this.plan;
    const message = writeDiscovery({ kind: 'request', nonce });
    const question = { address, port, message, everyMs: ASK_AGAIN_MS, forMs };
    const answer = await this.lan.ask(question, readResponse, this.signal);
    if (answer) this.known.set(address, { ...answer, nonce });
  }
}

function readResponse(datagram: Uint8Array) {
  const message = readDiscovery(datagram);
  if (message?.kind !== 'response' && message?.kind !== 'notify') return undefined;
  const { deviceType, deviceId } = message;
  return {
    ...(deviceType === undefined ? {} : { deviceType }),
    ...(deviceId === undefined ? {} : { deviceId }),
  };
}
