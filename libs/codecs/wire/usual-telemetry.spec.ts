// What is told by hand is held against the schema: it may take nothing that the schema refuses or changes.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { telemetrySchema } from './upward.js';
import { isUsualTelemetry } from './usual-telemetry.js';

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
      fc.property(fc.oneof(messages, anything), message => {
        if (!isUsualTelemetry(message)) return;
        usual += 1;
        expect(telemetrySchema.parse(message)).toEqual(message);
      }),
      { numRuns: 2_000 },
    );
    expect(usual).toBeGreaterThan(50);
  });

  it.each([
    { boot: 1, seq: 2, values: { 'gas.lel': 0.5 } },
    { boot: 0xffff_ffff, seq: 0, at: 1763700000123, values: {}, bits: { 'door.open': true } },
  ])('is what sensors say: %j', message => {
    expect(isUsualTelemetry(message)).toBe(true);
  });

  it.each([
    null,
    [],
    { boot: 1, seq: 2, values: {} },
    { boot: 1, seq: 2, values: { 'gas.lel': 0.5 }, more: 1 },
    { boot: 1, seq: 2, values: { 'gas.lel': '0.5' } },
    { boot: -1, seq: 2, values: { 'gas.lel': 0.5 } },
  ])('is not %j, which the schema decides on', message => {
    expect(isUsualTelemetry(message)).toBe(false);
  });
});
