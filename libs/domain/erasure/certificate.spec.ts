// The certificate: whoever has it can have it verified without us, and a byte that is changed is seen.
import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { certificateKey, certificateKeys, createKeyRing, rotateKeyRing } from '#codecs/ticket';
import { certificateText, isGenuine, readCertificate, signed } from './certificate.js';
import { noneErased } from './erasure.store.js';

const day = (date: string) => `2026-${date}T12:00:00.000Z`;
const ring = createKeyRing(new Uint8Array(32).fill(7), new Date(0));
const statement = {
  format: 1,
  gateway: 'https://gw.example',
  device: { id: '7Q2M4KX9', serial: '序列 "1"' },
  epoch: 3,
  from: day('01-02'),
  to: day('03-04'),
  askedBy: 'anna',
  askedAt: day('03-05'),
  erasedAt: day('03-06'),
  erased: { ...noneErased, measurements: 12_345 },
  remains: { zh: '不包括：备份', en: 'Not covered: backups' },
  keyId: 1,
} as const;

const keyOf = (keyId: number, of = ring) => {
  const key = certificateKey(of, keyId);
  if (key === null) throw new Error('no such key');
  return key;
};
const publicKey = createPublicKey(certificateKeys(ring)[0]?.publicKey ?? '');
const certificate = signed(statement, keyOf(1));
const text = certificateText(certificate);

/** As whoever has the file does it. */
function verified(file: string): boolean {
  const read = readCertificate(file);
  return read !== null && isGenuine(read, publicKey);
}

describe('a certificate', () => {
  it('is genuine as it was written, in whatever order its fields came over the wire', () => {
    expect(verified(text)).toBe(true);
    const shuffled = Object.fromEntries(Object.entries(certificate).reverse()) as typeof certificate;
    expect(certificateText(shuffled)).toBe(text);
    expect(isGenuine(shuffled, publicKey)).toBe(true);
  });

  it('is not when any byte of it is another one, is missing, or is there twice', () => {
    const bytes = Buffer.from(text);
    for (let place = 0; place < bytes.length; place += 1) {
      for (const other of [0x01, 0x20]) {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ other;
        expect([place, verified(changed.toString('utf8'))]).toEqual([place, false]);
      }
      const without = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1)]);
      const twice = Buffer.concat([bytes.subarray(0, place + 1), bytes.subarray(place)]);
      expect([place, verified(without.toString('utf8')), verified(twice.toString('utf8'))]).toEqual([
        ...[place, false, false],
      ]);
    }
  });

  it('is not when it says more than we write, or another gateway signed it', () => {
    expect(verified(certificateText({ ...certificate, note: 'and more' } as never))).toBe(false);
    const foreign = createKeyRing(new Uint8Array(32).fill(8), new Date(0));
    expect(verified(certificateText(signed(statement, keyOf(1, foreign))))).toBe(false);
  });

  it('stays genuine when the key ring gets another key, which signs from then on', () => {
    const rotated = rotateKeyRing(ring, new Uint8Array(32).fill(9), new Date(1));
    const keys = new Map(certificateKeys(rotated).map(({ keyId, publicKey: pem }) => [keyId, pem]));
    expect([...keys.keys()]).toEqual([1, 2]);
    expect(isGenuine(certificate, createPublicKey(keys.get(1) ?? ''))).toBe(true);
    const later = signed({ ...statement, keyId: 2 }, keyOf(2, rotated));
    expect(isGenuine(later, createPublicKey(keys.get(2) ?? ''))).toBe(true);
    expect(isGenuine(later, createPublicKey(keys.get(1) ?? ''))).toBe(false);
  });

  it('is signed by a key that is none of the ring, and the same after a restart', () => {
    const [{ publicKey: pem } = { publicKey: '' }] = certificateKeys(ring);
    const again = createKeyRing(new Uint8Array(32).fill(7), new Date(5));
    expect(certificateKeys(again)).toEqual(certificateKeys(ring));
    expect(Buffer.from(pem.split('\n')[1] ?? '', 'base64').includes(Buffer.alloc(32, 7))).toBe(false);
  });

  // docs/personal-data.md: what somebody does who trusts no program of ours.
  it.each([text, text.replace('12345', '12346')])('is verified by openssl alone', file => {
    const folder = mkdtempSync(join(tmpdir(), 'airbind-certificate-'));
    const path = (name: string) => join(folder, name);
    writeFileSync(path('certificate.json'), file);
    writeFileSync(path('key.pem'), certificateKeys(ring)[0]?.publicKey ?? '');
    const { signature, ...said } = JSON.parse(file);
    const sorted = (value: object): object =>
      Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, each]) => [name, typeof each === 'object' ? sorted(each) : each]),
      );
    writeFileSync(path('said'), JSON.stringify(sorted(said)));
    writeFileSync(path('signature'), Buffer.from(signature, 'base64'));
    const args = ['pkeyutl', '-verify', '-pubin', '-inkey', path('key.pem'), '-rawin', '-in', path('said')];
    const openssl = () =>
      execFileSync('openssl', [...args, '-sigfile', path('signature')], { encoding: 'utf8' });
    if (file === text) expect(openssl()).toMatch('Signature Verified Successfully');
    else expect(openssl).toThrow(/Verification Failure|Command failed/);
    rmSync(folder, { recursive: true });
  });
});
