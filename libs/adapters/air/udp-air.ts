// The air over UDP: broadcasts whose lengths are the message, and a shared port for the answers.
import { DgramAsPromised, type RemoteInfo, type SocketAsPromised } from 'dgram-as-promised';
import { DomainError } from '#domain/errors';
import { Air, type AirLink, type AirOptions, type AirTarget } from '#domain/provisioning';
import { UdpAirLink } from './udp-air-link.js';

const ANY = '0.0.0.0';
const LOOPBACK = /^127\./;
/** Where answers to a broadcast on loopback arrive: one that is bound elsewhere hears no broadcast there. */
const LOOPBACK_ADDRESSES = ['127.0.0.1', '127.255.255.255'] as const;

/** Opens one sending socket a target, and sockets on the answers' port that others may share. */
export class UdpAir extends Air {
  async open({ targets, ackPort, onAnswer }: AirOptions): Promise<AirLink> {
    const opened: SocketAsPromised[] = [];
    const own = new Set<string>();
    const hear = (bytes: Uint8Array, { address, port }: RemoteInfo): void => {
      if (!own.has(`${address}:${port}`) && !own.has(`${ANY}:${port}`)) onAnswer({ bytes, address });
    };
    try {
      for (const address of answerAddresses(targets)) opened.push(await listenOn(address, ackPort, hear));
      const senders = [];
      for (const { to, from } of targets) {
        const socket = await openSender(from ?? (LOOPBACK.test(to) ? LOOPBACK_ADDRESSES[0] : ANY), hear);
        opened.push(socket);
        const { address, port } = socket.address();
        own.add(`${address}:${port}`);
        senders.push({ socket, to });
      }
      return new UdpAirLink(senders, opened);
    } catch (error) {
      await Promise.allSettled(opened.map(socket => socket.close()));
      throw error;
    }
  }
}

const answerAddresses = (targets: readonly AirTarget[]): readonly string[] =>
  targets.every(({ to }) => LOOPBACK.test(to)) ? LOOPBACK_ADDRESSES : [ANY];

type Hear = (bytes: Uint8Array, from: RemoteInfo) => void;

async function listenOn(address: string, port: number, hear: Hear): Promise<SocketAsPromised> {
  const socket = DgramAsPromised.createSocket({ type: 'udp4', reuseAddr: true }, hear);
  try {
    await socket.bind(port, address);
  } catch (cause) {
    throw new DomainError('port-busy', {
      detail: `UDP port ${port} on ${address} is taken (${reasonOf(cause)}). Close what uses it, or name another port for answers.`,
    });
  }
  return socket;
}

/** Devices may answer the sender's own port as well, so it listens too. */
async function openSender(from: string, hear: Hear): Promise<SocketAsPromised> {
  const socket = DgramAsPromised.createSocket('udp4', hear);
  try {
    await socket.bind(0, from);
    return socket.setBroadcast(true);
  } catch (cause) {
    throw new DomainError('no-broadcast', {
      detail: `Nothing can be sent from ${from} (${reasonOf(cause)}). Name an address that this machine has.`,
    });
  }
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
