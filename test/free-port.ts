// Ports for whoever must name one before somebody listens there: none that the system gives to others in between.
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Port 0 and every outgoing socket get a port from 32 768 up (Linux, `ip_local_port_range`) or higher still, so a port
 * below cannot be lost to them between the look and the use. Nor can it to another worker of the same run, for each
 * looks in a range of its own; another run at the same time most likely begins somewhere else.
 */
const count = 1_500;
const ranges = 8;
const first = 20_000 + count * (Number(process.env.JEST_WORKER_ID ?? 0) % ranges);
let turn = randomInt(count);

/** Broadcasts on loopback are heard at an address of their own. */
const udpAddresses = ['127.0.0.1', '127.255.255.255'];

/** @returns one that nobody uses on loopback, and that no caller of this process has been given before */
export const freeTcpPort = (): Promise<number> => nextFree(isFreeTcp);
export const freeUdpPort = (): Promise<number> => nextFree(isFreeUdp);

async function nextFree(isFree: (port: number) => Promise<boolean>): Promise<number> {
  for (let tried = 0; tried < count; tried += 1) {
    turn = (turn + 1) % count;
    if (await isFree(first + turn)) return first + turn;
  }
  throw new Error(`no port from ${first} to ${first + count - 1} is free`);
}

async function isFreeTcp(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    await new Promise(resolve => server.close(resolve));
  }
}

async function isFreeUdp(port: number): Promise<boolean> {
  for (const address of udpAddresses) {
    const socket = createSocket('udp4');
    try {
      await once(socket.bind(port, address), 'listening');
    } catch {
      return false;
    } finally {
      await new Promise<void>(resolve => socket.close(resolve));
    }
  }
  return true;
}
