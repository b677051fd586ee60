// The gate by itself: what it says of bytes does not depend on how they are cut.
import { Duplex } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parser } from 'mqtt-packet';
import type { Packet } from './broker-policy.js';
import { usualLimits } from './broker-settings.js';
import { Gate } from './gate.js';
import { greetings, speeches } from './testing/vectors/all.js';
import { packet, word } from './testing/wire-bytes.js';

const greeting = greetings[4];
const unhurried = { ...usualLimits, burst: 1_000_000, packetsPerS: 1_000_000 };

interface Verdict {
  readonly reason: string | null;
  readonly clause: string | null;
  /** All that the gate let through. */
  readonly passed: string;
  /** Messages in the order in which they were heard, by the gate itself or from what it let through. */
  readonly messages: readonly string[];
}

const nextTick = () => new Promise<void>(resolve => process.nextTick(resolve));

async function verdictOn(chunks: readonly Uint8Array[], hears = false): Promise<Verdict> {
  const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const passed: Uint8Array[] = [];
  const messages: string[] = [];
  const note = ({ topic, payload, qos, retain }: Packet, id: number) =>
    void messages.push([topic, Buffer.from(payload).toString('hex'), qos, retain, id].join(' '));
  const aedes = parser().on('packet', read => {
    if (read.cmd === 'publish') note({ ...read, payload: Buffer.from(read.payload) }, read.messageId ?? 0);
  });
  let verdict: Pick<Verdict, 'reason' | 'clause'> = { reason: null, clause: null };
  const gate = new Gate(stream, unhurried, {
    refused: objection => {
      verdict = objection;
    },
    slowed: () => {},
    introduced: () => {},
    awaits: () => null,
    received: () => {},
    hear: (message, packetId) => {
      if (hears) note(message, packetId);
      return hears;
    },
    mostAtOnce: () => 32,
    isBehind: () => false,
    mustRest: () => false,
  });
  for (const chunk of chunks) {
    stream.push(chunk);
    while (stream.readableLength > 0) {
      const read = stream.read();
      if (read === null && (!hears || verdict.reason !== null)) break;
      if (read !== null) {
        passed.push(read);
        aedes.parse(read);
        gate.open();
      }
      await nextTick();
    }
  }
  gate.shut();
  return { ...verdict, messages, passed: Buffer.concat(passed).toString('hex') };
}

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += chunks.at(-1)?.length ?? 1)
    chunks.push(bytes.subarray(at, at + (sizes[chunks.length % sizes.length] ?? 1)));
  return chunks;
}

const mutation = fc.record({ at: fc.nat(60), byte: fc.nat(255) });
const bytes = fc
  .record({
    packets: fc.array(fc.constantFrom(...speeches), { minLength: 1, maxLength: 3 }),
    mutations: fc.array(mutation, { maxLength: 3 }),
  })
  .map(({ packets, mutations }) => {
    const whole = Buffer.concat(packets);
    for (const { at, byte } of mutations) if (at < whole.length) whole[at] = byte;
    return whole;
  });
const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 });

describe('the gate', () => {
  it('says the same of any bytes, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, sizes, async (whole, pieces) => {
        const { reason, clause } = await verdictOn([whole]);
        expect(await verdictOn(cut(whole, pieces))).toMatchObject({ reason, clause });
        expect(await verdictOn(cut(whole, [1]))).toMatchObject({ reason, clause });
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing of what it lets through', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, sizes, async (whole, pieces) => {
        const { reason, passed } = await verdictOn(cut(whole, pieces));
        const all = whole.toString('hex');
        expect(passed).toBe(reason === null ? all : all.slice(0, passed.length));
      }),
      { numRuns: 1_000 },
    );
  });

  it('hears what is of the usual form by itself, and all is as if Aedes had, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, sizes, async (whole, pieces) => {
        const long = await verdictOn(cut(whole, pieces));
        const short = await verdictOn(cut(whole, pieces), true);
        expect(short).toMatchObject({ reason: long.reason, clause: long.clause });
        // What is sound before something forbidden is heard at once.
        if (long.reason === null) expect(short.messages).toEqual(long.messages);
        else expect(short.messages.slice(0, long.messages.length)).toEqual(long.messages);
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets nothing through of what it hears itself, and all that follows a packet for Aedes', async () => {
    const say = (n: number) => packet(0x32, 'a', word(n));
    const ping = Buffer.of(0xc0, 0);
    const { passed, messages } = await verdictOn(
      [greeting, Buffer.concat([say(1), say(2), ping, say(3)])],
      true,
    );
    expect(passed).toBe(Buffer.concat([greeting, ping, say(3)]).toString('hex'));
    expect(messages.map(each => each.split(' ').at(-1))).toEqual(['1', '2', '3']);
  });

  it('gives nothing of a chunk in which something is forbidden', async () => {
    const sound = packet(0x32, 'a', word(1));
    const unsound = packet(0x32, 'a', word(0));
    const { clause, passed } = await verdictOn([greeting, Buffer.concat([sound, unsound])]);
    expect({ clause, passed }).toEqual({ clause: 'MQTT-2.3.1-1', passed: greeting.toString('hex') });
  });
});
