// The air of a simulated home: UDP broadcasts on loopback, heard through a simulated radio.
import { setTimeout as pause } from 'node:timers/promises';
import { DgramAsPromised, type RemoteInfo, type SocketAsPromised } from 'dgram-as-promised';
import { AirKissDecoder, type DecoderState, writeAcknowledgement } from '#codecs/airkiss';
import type { Air, Ears, Hearing, Joined } from '../device/index.js';
import { type Impairments, SimulatedRadio } from '../radio/index.js';

export interface AirOptions {
  /** A sender changes between them; a real radio hears the lengths of both. */
  readonly airkissPorts: readonly number[];
  /** Where the sender waits for acknowledgements. */
  readonly ackPort: number;
  /** How bad the air is at each device. */
  readonly radio: Partial<Impairments>;
}

/** The only address at which every socket of this machine hears the same datagram. */
const everybody = '127.255.255.255';
const acknowledgements = 20;
const acknowledgeEveryMs = 40;
/** Whose radios are remembered. */
const mostSenders = 32;

export class LoopbackAir implements Air {
  readonly ports: readonly number[];

  constructor(private readonly options: AirOptions) {
    this.ports = options.airkissPorts;
  }

  async listen(seed: number, hearing: Hearing): Promise<Ears> {
    const listener = new Listener(
      nth => new SimulatedRadio({ ...this.options.radio, seed: seed + nth }),
      hearing,
    );
    const sockets = await Promise.all(this.ports.map(port => ear(port, listener)));
    return {
      close: async () => {
        await Promise.all(sockets.map(socket => socket.close()));
      },
    };
  }

  async acknowledge({ random, mac, address, sender }: Joined): Promise<void> {
    const { ackPort } = this.options;
    const voice = DgramAsPromised.createSocket('udp4');
    await voice.bind(0, address);
    voice.setBroadcast(true);
    const word = writeAcknowledgement(random, mac.replaceAll(':', ''));
    for (let said = 0; said < acknowledgements; said += 1) {
      // One that cannot be sent is as good as lost: the next one may arrive.
      await Promise.allSettled([sender, everybody].map(to => voice.send(word, ackPort, to)));
      await pause(acknowledgeEveryMs);
    }
    await voice.close();
  }
}

/** Datagram lengths in, credentials out, as often as they are sent. */
class Listener {
  private readonly decoder = new AirKissDecoder();
  /** Each address that sends is a radio of its own: on the air nobody takes one for another. */
  private readonly radios = new Map<string, SimulatedRadio>();
  private senders = 0;
  private locked = false;

  constructor(
    private readonly radioFor: (nth: number) => SimulatedRadio,
    private readonly hearing: Hearing,
  ) {}

  hear(length: number, { address, port }: RemoteInfo): void {
    for (const frame of this.radioOf(`${address}:${port}`).send(length))
      this.follow(this.decoder.push(frame), address);
  }

  private radioOf(sender: string): SimulatedRadio {
    const radio = this.radios.get(sender) ?? this.radioFor(this.senders++);
    // The one that was silent for longest stands first.
    this.radios.delete(sender);
    this.radios.set(sender, radio);
    const [silent] = this.radios.keys();
    if (this.radios.size > mostSenders && silent !== undefined) this.radios.delete(silent);
    return radio;
  }

  private follow(state: DecoderState, sender: string): void {
    if (state.status === 'searching') return;
    if (!this.locked) this.hearing.locked(state.source, state.frames);
    this.locked = true;
    if (state.status !== 'complete') return;
    const { ssid, password, random, frames } = state;
    this.hearing.decoded({ ssid, password, random, frames, sender });
    this.decoder.reset();
    this.locked = false;
  }
}

async function ear(port: number, listener: Listener): Promise<SocketAsPromised> {
  const socket = DgramAsPromised.createSocket({ type: 'udp4', reuseAddr: true });
  socket.socket.on('message', (datagram, from) => listener.hear(datagram.length, from));
  await socket.bind({ port, address: everybody });
  return socket;
}
