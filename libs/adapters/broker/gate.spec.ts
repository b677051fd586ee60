// The gate by itself: what it says of bytes does not depend on how they are cut.
import { Duplex } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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
}

function verdictOn(chunks: readonly Uint8Array[]): Verdict {
  const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const passed: Uint8Array[] = [];
  let verdict: Omit<Verdict, 'passed'> = { reason: null, clause: null };
  const gate = new Gate(stream, unhurried, {
    refused: objection => {
      verdict = objection;
    },
    slowed: () => {},
    introduced: () => {},
    awaits: () => null,
    received: () => {},
    mostAtOnce: () => 32,
    mustRest: () => false,
  });
  for (const chunk of chunks) {
    stream.push(chunk);
    for (let read = stream.read(); read !== null; read = stream.read()) {
      passed.push(read);
      gate.open();
    }
  }
  gate.shut();
  return { ...verdict, passed: Buffer.concat(passed).toString('hex') };
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
  it('says the same of any bytes, however they are cut', () => {
    fc.assert(
      fc.property(bytes, sizes, (whole, pieces) => {
        const { reason, clause } = verdictOn([whole]);
        expect(verdictOn(cut(whole, pieces))).toMatchObject({ reason, clause });
        expect(verdictOn(cut(whole, [1]))).toMatchObject({ reason, clause });
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing of what it lets through', () => {
    fc.assert(
      fc.property(bytes, sizes, (whole, pieces) => {
        const { reason, passed } = verdictOn(cut(whole, pieces));
        const all = whole.toString('hex');
        expect(passed).toBe(reason === null ? all : all.slice(0, passed.length));
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives nothing of a chunk in which something is forbidden', () => {
    const sound = packet(0x32, 'a', word(1));
    const unsound = packet(0x32, 'a', word(0));
    const { clause, passed } = verdictOn([greeting, Buffer.concat([sound, unsound])]);
    expect({ clause, passed }).toEqual({ clause: 'MQTT-2.3.1-1', passed: greeting.toString('hex') });
  });
});
