// The network of a simulated home: each device answers LAN discovery at its own loopback address (AirKiss §8).
import { DgramAsPromised, type SocketAsPromised } from 'dgram-as-promised';
import { readDiscovery, writeDiscovery } from '#codecs/airkiss';
import type { Ears, Lan, Presence, Time } from '../device/index.js';

/** A request to everybody comes in here. */
const everybody = '127.255.255.255';
/** What official devices do. */
const noticeEveryMs = 5_000;

export class LoopbackLan implements Lan {
  private readonly desks = new Set<Desk>();
  private ear: Promise<SocketAsPromised> | null = null;

  constructor(
    private readonly port: number,
    private readonly time: Time,
  ) {}

  /** Where another program has the port for itself, nobody finds out what this device is, and it works. */
  async attend(presence: Presence): Promise<Ears> {
    try {
      const desk: Desk = new Desk(presence, await this.listen(presence.address, heard => desk.answer(heard)));
      this.desks.add(desk);
      this.ear ??= this.listen(everybody, heard => {
        for (const each of this.desks) each.answer(heard);
      });
      await this.ear;
      const silence = this.announce(desk);
      return { close: () => this.leave(desk, silence) };
    } catch {
      return { close: async () => {} };
    }
  }

  private async leave(desk: Desk, silence: () => void): Promise<void> {
    silence();
    this.desks.delete(desk);
    const ear = this.desks.size === 0 ? this.ear : null;
    if (ear) this.ear = null;
    await Promise.all([desk.voice.close(), ear?.then(socket => socket.close())]);
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
    await socket.bind({ port: this.port, address });
    return socket.setBroadcast(true);
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
