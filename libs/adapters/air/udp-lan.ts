// Questions to one device over UDP, asked again until it answers.
import { setTimeout as sleep } from 'node:timers/promises';
import { DgramAsPromised } from 'dgram-as-promised';
import { Lan, type Question } from '#domain/provisioning';

const LOOPBACK = /^127\./;

/** Listens on a port of its own for each question; only the device that was asked is heard. */
export class UdpLan extends Lan {
  async ask<T>(
    { address, port, message, everyMs, forMs }: Question,
    accept: (answer: Uint8Array) => T | undefined,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    const over = new AbortController();
    const end = AbortSignal.any([signal, over.signal, AbortSignal.timeout(forMs)]);
    let accepted: T | undefined;
    const socket = DgramAsPromised.createSocket('udp4', (answer, from) => {
      if (from.address !== address || accepted !== undefined) return;
      accepted = accept(answer);
      if (accepted !== undefined) over.abort();
    });
    await socket.bind(0, LOOPBACK.test(address) ? '127.0.0.1' : undefined);
    try {
      while (!end.aborted) {
        // A device that is not ready yet refuses; it is asked again.
        await socket.send(message, port, address).catch(() => undefined);
        await sleep(everyMs, undefined, { signal: end }).catch(() => undefined);
      }
    } finally {
      await socket.close();
    }
    return accepted;
  }
}
