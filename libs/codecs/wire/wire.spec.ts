// The contract as the gateway reads it: topics, good and bad messages, and what a refusal may say.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeSnapshot,
  decodeUpward,
  encodeSnapshot,
  parseTopic,
  topicOf,
  type UpwardKind,
  upward,
  upwardKinds,
} from './index.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const json = (value: unknown) => bytes(JSON.stringify(value));
const stamp = { boot: 1, seq: 2 };

const deviceId = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/);
const uint32 = fc.nat(0xffff_ffff);
const kind = fc.constantFrom(...upwardKinds);

describe('a topic', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(deviceId, kind, (id, kind) => {
        expect(parseTopic(topicOf(id, kind))).toEqual({ deviceId: id, kind });
      }),
    );
  });

  it.each([
    '',
    'v1/devices',
    'v1/devices/',
    'v1/devices/g-1',
    'v1/devices/g-1/',
    'v1/devices//telemetry',
    'v1/devices/+/telemetry',
    'v1/devices/g-1/#',
    'v1/devices/g-1/telemetry/',
    'v1/devices/g-1/telemetry/x',
    'v1/devices/g-1/Telemetry',
    'v1/devices/g-1/constructor',
    'v1/devices/-g/telemetry',
    'v1/devices/G-1/telemetry',
    'v1/devices/g\u0000/telemetry',
    `v1/devices/${'g'.repeat(64)}/telemetry`,
    'v2/devices/g-1/telemetry',
    '/v1/devices/g-1/telemetry',
    '$share/x/v1/devices/g-1/telemetry',
  ])('of nobody is none: %j', topic => {
    expect(parseTopic(topic)).toBeNull();
  });

  it('is never anything but a topic or null', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const parsed = parseTopic(text);
        if (parsed) expect(topicOf(parsed.deviceId, parsed.kind)).toBe(text);
      }),
    );
  });
});

const good: [UpwardKind, unknown][] = [
  ['telemetry', { ...stamp, values: { 'co.ppm': 12.5 } }],
  ['telemetry', { ...stamp, at: 1, values: {}, bits: { 'door.open': true } }],
  ['telemetry', { boot: 0xffff_ffff, seq: 0xffff_ffff, values: { x: -1e300 } }],
  ['event', { ...stamp, event: 'button' }],
  ['event', { ...stamp, event: 'provisioned', nonce: '0'.repeat(32) }],
  ['event', { ...stamp, event: 'something-new', values: { x: 1 }, bits: { y: false } }],
  ['status', { online: false, boot: 0 }],
  ['info', { boot: 1, firmware: '1', power: 'mains', intervalS: 1, capabilities: [], epoch: 0 }],
  ['reply', { id: 'c', ok: false, error: { code: 'busy', detail: '' } }],
];

describe('a message that the contract knows', () => {
  it.each(good)('is taken: %s %j', (kind, body) => {
    expect(decodeUpward(kind, json(body))).toMatchObject({ ok: true, message: { kind, body } });
  });

  it('may carry more than today’s gateway understands', () => {
    const body = { ...stamp, values: { x: 1 } };
    expect(decodeUpward('telemetry', json({ ...body, later: true }))).toEqual({
      ok: true,
      message: { kind: 'telemetry', body },
    });
  });
});

const many = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`x${index}`, 1]));

const bad: [string, UpwardKind, Uint8Array, RegExp][] = [
  ['nothing', 'telemetry', bytes(''), /not JSON/],
  ['half a message', 'telemetry', bytes('{"boot":1,"se'), /not JSON/],
  ['bytes that are no UTF-8', 'telemetry', Uint8Array.of(0xff, 0xfe), /not JSON|cannot be read/],
  ['null', 'event', bytes('null'), /the message/],
  ['a list', 'status', bytes('[]'), /the message/],
  ['no boot', 'telemetry', json({ seq: 1, values: { x: 1 } }), /^boot:/],
  ['a seq of 33 bits', 'telemetry', json({ boot: 1, seq: 2 ** 32, values: { x: 1 } }), /^seq:/],
  ['a seq that is no integer', 'event', json({ boot: 1, seq: 1.5, event: 'test' }), /^seq:/],
  ['no reading at all', 'telemetry', json({ ...stamp, values: {} }), /carries no reading/],
  ['33 values', 'telemetry', json({ ...stamp, values: many }), /^values: holds more than 32 values/],
  ['33 bits', 'telemetry', json({ ...stamp, values: {}, bits: many }), /bits/],
  ['a value that is text', 'telemetry', json({ ...stamp, values: { x: '1' } }), /^values\.x:/],
  ['a value beyond a double', 'telemetry', bytes('{"boot":1,"seq":1,"values":{"x":1e999}}'), /^values\.x:/],
  ['a reading with a bad name', 'telemetry', json({ ...stamp, values: { CO: 1 } }), /^values/],
  ['a bit that is a number', 'telemetry', json({ ...stamp, values: {}, bits: { x: 1 } }), /^bits\.x:/],
  ['an event without a name', 'event', json({ ...stamp, event: '' }), /^event:/],
  ['a short nonce', 'event', json({ ...stamp, event: 'provisioned', nonce: 'ab' }), /^nonce:/],
  ['a status that is a word', 'status', json({ online: 'yes', boot: 1 }), /^online:/],
  [
    'an interval of 0',
    'info',
    json({ boot: 1, firmware: '1', power: 'mains', intervalS: 0, capabilities: [], epoch: 0 }),
    /^intervalS:/,
  ],
  ['no line feed', 'snapshot', json(stamp), /no line of JSON/],
  ['a picture of another kind', 'snapshot', bytes('{"boot":1,"seq":1,"type":"image/png"}\n'), /^type:/],
  ['a picture that is none', 'snapshot', bytes('{"boot":1,"seq":1,"type":"image/jpeg"}\nGIF'), /JPEG/],
];

describe('a message that the contract does not know', () => {
  it.each(bad)('is refused with the field at fault: %s', (_, kind, payload, detail) => {
    expect(decodeUpward(kind, payload)).toEqual({
      ok: false,
      code: 'malformed',
      detail: expect.stringMatching(detail),
    });
  });

  it.each(upwardKinds)('is refused by its size alone: %s', kind => {
    const payload = new Uint8Array(upward[kind].maxBytes + 1);
    expect(decodeUpward(kind, payload)).toMatchObject({ ok: false, code: 'too-large' });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(kind, fc.uint8Array({ maxLength: 300 }), (kind, payload) => {
        expect(typeof decodeUpward(kind, payload).ok).toBe('boolean');
      }),
    );
  });

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(kind, fc.jsonValue(), (kind, value) => {
        expect(typeof decodeUpward(kind, json(value)).ok).toBe('boolean');
      }),
    );
  });

  it('is refused without a word of its values', () => {
    const secret = 'hunter2-hunter2';
    const bodies: [UpwardKind, unknown][] = [
      ['telemetry', { ...stamp, values: { x: secret } }],
      ['telemetry', { boot: secret, seq: secret, values: secret, bits: secret }],
      ['event', { ...stamp, event: `${secret}!`, nonce: secret }],
      ['status', { online: secret, boot: secret }],
      ['info', { firmware: { secret }, power: secret, mac: secret, capabilities: [`${secret}!`] }],
      ['reply', { id: [secret], ok: secret, error: secret }],
    ];
    const payloads = [
      ...bodies.map(([kind, body]) => [kind, json(body)] as const),
      ...upwardKinds.map(kind => [kind, bytes(`{"password": "${secret}`)] as const),
      ['snapshot', bytes(`{"boot":1,"seq":1,"type":"${secret}"}\n`)] as const,
      ['snapshot', bytes(`{${secret}\n`)] as const,
    ];
    for (const [kind, payload] of payloads) {
      const decoded = decodeUpward(kind, payload);
      expect(decoded.ok).toBe(false);
      expect(JSON.stringify(decoded)).not.toContain(secret);
    }
  });
});

describe('a snapshot', () => {
  const header = fc.record(
    { boot: uint32, seq: uint32, at: fc.nat(), type: fc.constant('image/jpeg' as const) },
    { requiredKeys: ['boot', 'seq', 'type'] },
  );

  it('comes out as it went in', () => {
    fc.assert(
      fc.property(header, fc.uint8Array(), (header, rest) => {
        const image = Uint8Array.of(0xff, 0xd8, ...rest);
        expect(decodeSnapshot(encodeSnapshot({ ...header, image }))).toEqual({ ...header, image });
      }),
    );
  });
});
