// A TCP connection to a broker on this machine, from an address of our choice.
import { connect, type Socket } from 'node:net';

/** @param localAddress of 127.0.0.0/8; each has a range of ports of its own. @throws what the system says. */
export function connectionTo(port: number, localAddress = '127.0.0.1'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
