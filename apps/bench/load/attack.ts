// What goes on beside an alarm: a flood of telemetry, sensors that chatter, and subscribers that never read.
import { topicOf } from '#codecs/wire';
import { Client } from './client.js';
import { stamp, telemetryPacket } from './message.js';
import { type Identity, publishBytes } from './packets.js';

export interface AttackOrder {
  readonly port: number;
  readonly flood: { readonly clients: readonly Identity[]; readonly perS: number };
  readonly chatter: {
    readonly clients: readonly Identity[];
    readonly perDeviceS: number;
    readonly flipMs: number;
  };
  readonly frozen: readonly { readonly identity: Identity; readonly filters: readonly string[] }[];
}

export interface AttackResult {
  readonly seconds: number;
  readonly sent: number;
  readonly acknowledged: number;
  /** Messages that were due and could not be sent, because a socket took no more. */
  readonly heldBack: number;
}

const connectsAtOnce = 50;
const beatMs = 10;
/** Messages of one device in one write. */
const inOneWrite = 4;
const fullBytes = 64 * 1024;

class Attack {
  sent = 0;
  acknowledged = 0;
  heldBack = 0;
  readonly beganAt = performance.now();
  private readonly clients: Client[] = [];
  private readonly timers: NodeJS.Timeout[] = [];

  async connect(port: number, identities: readonly Identity[]): Promise<Client[]> {
    const clients: Client[] = [];
    for (let from = 0; from < identities.length; from += connectsAtOnce) {
      const some = identities.slice(from, from + connectsAtOnce);
      clients.push(...(await Promise.all(some.map(identity => Client.connect({ ...identity, port })))));
    }
    for (const client of clients) {
      client.onAcknowledged = count => {
        this.acknowledged += count;
      };
    }
    this.clients.push(...clients);
    return clients;
  }

  /** Calls `say` for one client after the other, at a steady rate over all of them. */
  steadily(
    clients: readonly Client[],
    writesPerS: number,
    weight: number,
    say: (client: Client, place: number) => void,
  ) {
    const began = performance.now();
    let done = 0;
    const beat = () => {
      const due = Math.floor(((performance.now() - began) / 1000) * writesPerS);
      for (; done < due; done++) {
        const place = done % clients.length;
        const client = clients[place];
        if (!client) continue;
        if (client.socket.writableLength > fullBytes) this.heldBack += weight;
        else {
          say(client, place);
          this.sent += weight;
        }
      }
    };
    this.timers.push(setInterval(beat, beatMs));
  }

  end(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const client of this.clients) {
      client.onClose = () => {};
      client.socket.destroy();
    }
  }
}

let present: Attack | null = null;

/** Resolves when it goes on; it does so until `calm`. */
export async function attack({ port, flood, chatter, frozen }: AttackOrder): Promise<null> {
  const attack = new Attack();
  present = attack;
  const ice = await attack.connect(
    port,
    frozen.map(({ identity }) => identity),
  );
  for (const [i, client] of ice.entries()) {
    await client.subscribe(frozen[i]?.filters ?? [], 0);
    // Who does not read does not hear of being dropped either.
    client.socket.pause();
  }
  const floods = await attack.connect(port, flood.clients);
  const chatters = await attack.connect(port, chatter.clients);
  const writers = floods.map((_, i) => telemetryWriter(flood.clients[i]?.clientId ?? ''));
  attack.steadily(floods, flood.perS / inOneWrite, inOneWrite, (client, i) =>
    client.write(writers[i]?.() ?? Buffer.of()),
  );
  const contacts = chatters.map((_, i) =>
    contactWriter(chatter.clients[i]?.clientId ?? '', i, chatter.flipMs),
  );
  attack.steadily(chatters, chatter.perDeviceS * chatters.length, 1, (client, i) =>
    client.write(contacts[i]?.() ?? Buffer.of()),
  );
  return null;
}

export async function calm(_: null): Promise<AttackResult> {
  if (!present) throw new Error('nothing goes on');
  const { sent, acknowledged, heldBack, beganAt } = present;
  present.end();
  const seconds = (performance.now() - beganAt) / 1000;
  return { seconds, sent, acknowledged, heldBack };
}

/** Several readings of one device at a time. */
function telemetryWriter(deviceId: string): () => Buffer {
  const { bytes, places } = telemetryPacket(deviceId, 1);
  let said = 0;
  return () => {
    const packets = Buffer.concat(Array.from({ length: inOneWrite }, () => bytes));
    for (let i = 0; i < inOneWrite; i++) stamp(packets, i * places.length, places, said++, Date.now());
    return packets;
  };
}

/** A door that opens and closes again and again, and reports all the time. */
function contactWriter(deviceId: string, place: number, flipMs: number): () => Buffer {
  const topic = topicOf(deviceId, 'telemetry');
  let seq = 0;
  return () => {
    // Not all of them at the same moment.
    const open = Math.floor((performance.now() + place * 37) / flipMs) % 2 === 0;
    const payload = { boot: 1, seq: seq++, values: {}, bits: { 'door.open': open } };
    return publishBytes(topic, Buffer.from(JSON.stringify(payload)), 1, (seq % 65_535) + 1);
  };
}
