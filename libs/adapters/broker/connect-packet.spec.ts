// A CONNECT is read as another implementation wrote it, however much or little is in it.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generate, type IConnectPacket } from 'mqtt-packet';
import { connectOf } from './connect-packet.js';

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter(said => !said.includes('\0'));
const blob = fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes));
const will = fc.record({
  topic: text,
  payload: blob,
  qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
  retain: fc.boolean(),
});
const nothing = fc.constant(undefined);
const login = fc.oneof(
  fc.record({ username: nothing, password: nothing }),
  fc.record({ username: text, password: nothing }),
  fc.record({ username: text, password: blob }),
);

describe('a CONNECT', () => {
  it('says what was written into it', () => {
    fc.assert(
      fc.property(
        text,
        fc.boolean(),
        fc.nat(65_535),
        fc.option(will, { nil: undefined }),
        login,
        (clientId, clean, keepalive, left, { username, password }) => {
          const packet: IConnectPacket = {
            cmd: 'connect',
            protocolId: 'MQTT',
            protocolVersion: 4,
            clientId,
            clean,
            keepalive,
            will: left,
            username,
            password,
          };
          const read = connectOf(generate(packet));
          expect({
            ...read,
            will: read.will && { ...read.will, payload: Buffer.from(read.will.payload) },
            password: read.password && Buffer.from(read.password),
          }).toEqual({
            level: 4,
            clientId,
            isClean: clean,
            keepAliveS: keepalive,
            will: left ?? null,
            username,
            password,
          });
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it('of MQTT 3.1 says so', () => {
    const packet = generate({
      cmd: 'connect',
      protocolId: 'MQIsdp',
      protocolVersion: 3,
      clientId: 'gas-1',
      clean: true,
      keepalive: 60,
    });
    expect(connectOf(packet)).toMatchObject({ level: 3, clientId: 'gas-1', isClean: true, keepAliveS: 60 });
  });

  it('has a will that does not hold the bytes of the secret behind it', () => {
    const left = { topic: 't', payload: Buffer.from('gone'), qos: 1 as const, retain: false };
    const packet = generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clientId: 'gas-1',
      clean: true,
      keepalive: 0,
      will: left,
      username: 'gas-1',
      password: Buffer.from('a secret'),
    });
    const { payload } = connectOf(packet).will ?? {};
    expect(payload && Buffer.from(payload.buffer).includes('a secret')).toBe(false);
  });
});
