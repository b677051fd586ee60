// LAN discovery: the official pack, both sides, and what others send.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DiscoveryMessage, readDiscovery, writeDiscovery } from './index.js';

const nonce = '00112233445566778899aabbccddeeff';
const messages: DiscoveryMessage[] = [
  { kind: 'request' },
  { kind: 'request', nonce },
  { kind: 'response', deviceType: 'gh_1', deviceId: 'dev1' },
  { kind: 'notify', deviceType: 'gh_1', deviceId: '门' },
];

describe('LAN discovery', () => {
  it('writes a notice as the official library packs it', () => {
    const message = writeDiscovery({ kind: 'notify', deviceType: 'gh_1', deviceId: 'dev1' });
    expect(message).toHaveLength(70);
    expect(Buffer.from(message.subarray(0, 16)).toString('hex')).toBe('fd01fefc001000010000004600001002');
    expect(Buffer.from(message.subarray(16)).toString()).toBe(
      '{"deviceInfo":{"deviceType":"gh_1","deviceId":"dev1"}}',
    );
  });

  it('writes a request without a body', () => {
    expect(Buffer.from(writeDiscovery({ kind: 'request' })).toString('hex')).toBe(
      'fd01fefc001000010000001000000001',
    );
  });

  it.each(messages.map(message => [message] as const))('reads back %j', message => {
    expect(readDiscovery(writeDiscovery(message))).toEqual(message);
  });

  it('reads the longer header of newer apps, and a datagram with something behind the message', () => {
    const newer = Buffer.from(`fd01fefc0020000200000020 00000001${'00'.repeat(16)}`.replace(' ', ''), 'hex');
    expect(readDiscovery(newer)).toEqual({ kind: 'request' });
    expect(readDiscovery(Uint8Array.of(...newer, 1, 2, 3))).toEqual({ kind: 'request' });
  });

  it('takes a body that it does not understand for an empty one', () => {
    const odd = writeDiscovery({ kind: 'notify', deviceId: 'x' });
    odd.fill(0x7b, 16);
    expect(readDiscovery(odd)).toEqual({ kind: 'notify' });
  });

  it('takes nothing else for a message, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), bytes => {
        expect(readDiscovery(bytes)).toBeUndefined();
      }),
      { seed: 2 },
    );
    const [, request = new Uint8Array()] = messages.map(writeDiscovery);
    for (let length = 0; length < request.length; length++)
      expect(readDiscovery(request.subarray(0, length))).toBeUndefined();
  });
});
