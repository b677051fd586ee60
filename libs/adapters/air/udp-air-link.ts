// An open air: plays datagrams at their times over every sending socket.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketAsPromised } from 'dgram-as-promised';
import { DomainError } from '#domain/errors';
import type { AirLink, Datagram, Pacing } from '#domain/provisioning';
import { Pacer } from './pacer.js';

/** Content does not matter; zeros are what the WeChat app sends (AirKiss §1). */
const ZEROS = new Uint8Array(0x200);
/** After a refusal the system gets so much time, as the WeChat app gives it (AirKiss §4). */
const REFUSED_MS = 50;
/** So many refusals without one datagram sent, and there is no network to send to. */
const HOPELESS = 20;

export interface SendingSocket {
  readonly socket: SocketAsPromised;
  readonly to: string;
}

export class UdpAirLink implements AirLink {
  private sent = 0;
  private refused = 0;

  constructor(
    private readonly senders: readonly SendingSocket[],
    private readonly opened: readonly SocketAsPromised[],
  ) {}

  async play(datagrams: Iterable<Datagram>, signal: AbortSignal): Promise<Pacing> {
    const pacer = new Pacer();
    try {
      for (const { length, port, atMs } of datagrams) {
        await pacer.until(atMs, signal);
        if (!(await this.send(length, port))) pacer.delay(REFUSED_MS);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return { sent: this.sent, refused: this.refused, ...pacer.timing };
  }

  async linger(durationMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || durationMs <= 0) return;
    await sleep(durationMs, undefined, { signal }).catch(() => undefined);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.opened.map(socket => socket.close()));
  }

  /** Whether every socket could send; throws `no-broadcast` when none ever could. */
  private async send(length: number, port: number): Promise<boolean> {
    const results = await Promise.allSettled(
      this.senders.map(({ socket, to }) => socket.send(ZEROS.subarray(0, length), port, to)),
    );
    const failures = results.filter(result => result.status === 'rejected');
    this.sent += results.length - failures.length;
    this.refused += failures.length;
    if (this.sent === 0 && this.refused >= HOPELESS) throw noBroadcast(this.senders, failures[0]?.reason);
    return failures.length === 0;
  }
}

function noBroadcast(senders: readonly SendingSocket[], reason: unknown): DomainError {
  const where = senders.map(({ to }) => to).join(', ');
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason);
  return new DomainError('no-broadcast', {
    detail: `The system refuses to broadcast to ${where} (${code}). Connect to the Wi-Fi, or name its broadcast address.`,
  });
}
