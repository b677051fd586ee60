// What is read by hand is held against the schema: it may take nothing that the schema refuses or changes.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { telemetrySchema } from './upward.js';
import { readUsualTelemetry } from './usual-telemetry.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

const oddNumbers = fc.constantFrom(0, -0, -1, 1.5, 0xffff_ffff, 0x1_0000_0000, 8_640_000_000_000_001, 1e308);
const numbers = fc.oneof(fc.nat(), oddNumbers, fc.double({ noNaN: true }));
const anything = fc.oneof(numbers, fc.boolean(), fc.string(), fc.constant(null), fc.array(numbers));
const names = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('gas.lel', 'co.ppm', 'door.open', 'a1.b2') },
  fc.constantFrom('', 'A', 'a.', '1a', '__proto__', 'a'.repeat(48), 'a'.repeat(49)),
  fc.string(),
);
const record = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 20, arbitrary: fc.array(fc.tuple(names, value), { maxLength: 4 }).map(fromJson) },
    fc
      .array(fc.tuple(fc.stringMatching(/^[a-z]{3}$/), value), { minLength: 30, maxLength: 36 })
      .map(fromJson),
    anything,
  );

/** As a payload brings it: even a name such as `__proto__` is a field of its own. */
function fromJson(entries: readonly (readonly [string, unknown])[]): unknown {
  const text = entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join();
  return JSON.parse(`{${text}}`);
}

/** As some libraries write it. */
const spaced = (text: string) => text.replaceAll(/([:,{])/g, '$1 ');

const messages = fc.record(
  {
    boot: fc.oneof({ weight: 20, arbitrary: fc.nat() }, anything),
    seq: fc.oneof({ weight: 20, arbitrary: fc.nat() }, anything),
    at: fc.oneof({ weight: 20, arbitrary: fc.nat() }, anything),
    values: record(fc.oneof({ weight: 20, arbitrary: numbers }, anything)),
    bits: record(fc.oneof({ weight: 20, arbitrary: fc.boolean() }, anything)),
    more: fc.constantFrom(undefined, 1),
  },
  { requiredKeys: ['boot', 'seq', 'values'] },
);

describe('telemetry of the usual form', () => {
  it('is taken by the schema, unchanged', () => {
    let usual = 0;
    fc.assert(
      fc.property(fc.oneof(messages, anything), fc.boolean(), (message, isSpaced) => {
        const plain = JSON.stringify(message);
        const text = isSpaced ? spaced(plain) : plain;
        const read = readUsualTelemetry(bytesOf(text));
        if (read === null) return;
        usual += 1;
        expect(read).toStrictEqual(JSON.parse(text));
        expect(telemetrySchema.parse(JSON.parse(text))).toEqual(read);
      }),
      { numRuns: 2_000, seed: 4711 },
    );
    expect(usual).toBeGreaterThan(50);
  });

  it('is read as JSON.parse reads it, whatever is changed in its text', () => {
    let usual = 0;
    const said =
      '{"boot":7,"seq":120,"at":1763700000123,"values":{"gas.lel":-0.50,"co.ppm":12},"bits":{"a.b":true}}';
    const change = fc.tuple(
      fc.nat(said.length),
      fc.nat(3),
      fc.constantFrom(...'{}[]",:.-+0129e a\n\\t', 'é', ''),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), changes => {
        let text = said;
        for (const [at, gone, put] of changes) text = text.slice(0, at) + put + text.slice(at + gone);
        const read = readUsualTelemetry(bytesOf(text));
        if (read === null) return;
        usual += 1;
        expect(read).toStrictEqual(JSON.parse(text));
        expect(telemetrySchema.parse(read)).toEqual(read);
      }),
      { numRuns: 20_000, seed: 4711 },
    );
    expect(usual).toBeGreaterThan(500);
  });

  it('has its numbers to the last bit', () => {
    const numbersAsText = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?$/),
    );
    fc.assert(
      fc.property(numbersAsText, text => {
        const read = readUsualTelemetry(bytesOf(`{"boot":1,"seq":2,"values":{"a":${text}}}`));
        if (!text.includes('e')) expect(read?.values.a).toBe(JSON.parse(text));
      }),
      { numRuns: 5_000, seed: 4711 },
    );
  });

  it.each([
    { boot: 1, seq: 2, values: { 'gas.lel': 0.5 } },
    { boot: 0xffff_ffff, seq: 0, at: 1763700000123, values: {}, bits: { 'door.open': true } },
  ])('is what sensors say: %j', message => {
    expect(readUsualTelemetry(bytesOf(JSON.stringify(message)))).toStrictEqual(message);
    expect(readUsualTelemetry(bytesOf(spaced(JSON.stringify(message))))).toStrictEqual(message);
  });

  it.each([
    null,
    [],
    { boot: 1, seq: 2, values: {} },
    { boot: 1, seq: 2, values: { 'gas.lel': 0.5 }, more: 1 },
    { boot: 1, seq: 2, values: { 'gas.lel': '0.5' } },
    { boot: -1, seq: 2, values: { 'gas.lel': 0.5 } },
  ])('is not %j, which the schema decides on', message => {
    expect(readUsualTelemetry(bytesOf(JSON.stringify(message)))).toBeNull();
  });

  it.each([
    '{"boot":1,"seq":2,"seq":3,"values":{"a":1}}',
    '{"boot":1,"seq":2,"values":{"a":1,"a":2}}',
    '{"boot":1,"seq":2,"values":{"constructor":1}}',
    '{"boot":1,"seq":2,"values":{"a":1e3}}',
    '{"boot":1,"seq":2,"values":{"\\u0061":1}}',
    `{"boot":1,"seq":2,"values":{"a":1${'0'.repeat(400)}}}`,
  ])('is not %s, which others read', text => {
    expect(readUsualTelemetry(bytesOf(text))).toBeNull();
  });
});
