// The network of a simulated home: each device answers LAN discovery at its own loopback address (AirKiss §8).
import { DgramAsPromised, type SocketAsPromised } from 'dgram-as-promised';
import { readDiscovery, writeDiscovery } from '#codecs/airkiss';
import type { Ears, Lan, Presence, Time } from '../device/index.js';

/** A request to everybody comes in here. */
const everybody = '127.255.255.255';
/** What official devices do. */
const noticeEveryMs = 5_000;

export class LoopbackLan implements Lan {
  /** Everybody who is there, and null for whoever is still on the way in. */
  private readonly desks = new Map<Presence, Desk | null>();
  private ear: Promise<SocketAsPromised> | null = null;

  constructor(
    private readonly port: number,
    private readonly time: Time,
  ) {}

  /** Where another program has the port for itself, nobody finds out what this device is, and it works. */
  async attend(presence: Presence): Promise<Ears> {
    this.desks.set(presence, null);
    try {
      this.ear ??= this.listen(everybody, heard => {
        for (const each of this.desks.values()) each?.answer(heard);
      });
      await this.ear;
      const voice = await this.listen(presence.address, heard => desk.answer(heard));
      const desk: Desk = new Desk(presence, voice);
      this.desks.set(presence, desk);
      const silence = this.announce(desk);
      return {
        close: async () => {
          silence();
          await Promise.all([voice.close(), this.leave(presence)]);
        },
      };
    } catch {
      await this.leave(presence);
      return { close: async () => {} };
    }
  }

  /** The last one closes the ear that all of them share. */
  private async leave(presence: Presence): Promise<void> {
    this.desks.delete(presence);
    if (this.desks.size > 0) return;
    const { ear } = this;
    this.ear = null;
    await ear?.then(
      socket => socket.close(),
      () => {},
    );
  }

  /** Tells everybody now and then; returns how to end it. */
  private announce(desk: Desk): () => void {
    let cancel = () => {};
    const again = () => {
      desk.say('notify', this.port, everybody);
      cancel = this.time.after(noticeEveryMs, again);
    };
    again();
    return () => cancel();
  }

  private async listen(address: string, hear: (heard: Asked) => void): Promise<SocketAsPromised> {
    const socket = DgramAsPromised.createSocket({ type: 'udp4', reuseAddr: true });
    socket.socket.on('message', (datagram, from) => hear({ datagram, ...from }));
    try {
      await socket.bind({ port: this.port, address });
      return socket.setBroadcast(true);
    } catch (fault) {
      await socket.close();
      throw fault;
    }
  }
}

interface Asked {
  readonly datagram: Uint8Array;
  readonly address: string;
  readonly port: number;
}

/** Where one device is asked, and from where it answers. */
class Desk {
  constructor(
    private readonly presence: Presence,
    readonly voice: SocketAsPromised,
  ) {}

  answer({ datagram, address, port }: Asked): void {
    const message = readDiscovery(datagram);
    if (message?.kind !== 'request') return;
    if (message.nonce !== undefined) this.presence.handed(message.nonce);
    this.say('response', port, address);
  }

  /** What is lost on the way is asked for, or said, again. */
  say(kind: 'response' | 'notify', port: number, to: string): void {
    const { deviceType, deviceId } = this.presence;
    void this.voice.send(writeDiscovery({ kind, deviceType, deviceId }), port, to).catch(() => {});
  }
}
