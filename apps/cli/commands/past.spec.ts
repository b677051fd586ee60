// `account past, erase, certificate, verify`: from what was to the file that anybody can verify.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PastView, pastSchema } from '#codecs/api';
import { certificateKey, certificateKeys, createKeyRing } from '#codecs/ticket';
import { certificateText, noneErased, signed } from '#domain/erasure';
import { type PretendGateway, pretendGateway } from '../gateway.fixture.js';
import { inFolder, typed } from '../typed.fixture.js';

const token = 'a-token-that-is-good-enough';
const at = Date.UTC(2026, 10, 21, 8, 30);
const iso = new Date(at).toISOString();
const ring = createKeyRing(new Uint8Array(32).fill(7), new Date(0));
const keys = certificateKeys(ring);
const key = certificateKey(ring, 1);
if (key === null) throw new Error('no key');
const certificate = signed(
  {
    ...{ format: 1, gateway: 'https://gw.example', device: { id: 'D1', serial: 'GA-1' }, epoch: 1 },
    ...{ from: iso, to: iso, askedBy: 'anna', askedAt: iso, erasedAt: iso, keyId: 1 },
    erased: { ...noneErased, alarms: 2 },
    remains: { zh: '备份', en: 'Not covered: backups' },
  },
  key,
);
const erased = { askedAt: at, erasedAt: at, certificate };
const pending = { askedAt: at, erasedAt: null, certificate: null };
const past: PastView = pastSchema.parse({
  ...{ id: 'D1.1', deviceId: 'D1', serial: 'GA-1', epoch: 1, from: at, to: at },
  ...{ product: { zh: '燃气报警器', en: 'Gas alarm' }, erasure: null },
});

describe('what was erased, on the command line', () => {
  let gateway: PretendGateway;
  beforeAll(async () => {
    gateway = await pretendGateway(token);
  });
  afterAll(() => gateway.close());

  const account = (...words: string[]) =>
    typed(['account', ...words], { environment: { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: token } });

  it('lists the times that are over, and what became of each', async () => {
    gateway.answer({ past: [past, { ...past, id: 'D2.3', erasure: pending }, { ...past, erasure: erased }] });
    const { status, out } = await account('past');
    expect(status).toBe(0);
    expect(out).toMatch(/^D1\.1 +GA-1 +Gas alarm .* kept$/m);
    expect(out).toMatch(/^D2\.3 .* being erased$/m);
    expect(out).toMatch(/ erased 2026-/);
    gateway.answer({ past: [] });
    expect((await account('past')).out).toBe('No device was yours before.\n');
  });

  it('asks for an erasure only of who says that they mean it', async () => {
    gateway.answer({ erasePast: pending });
    const before = gateway.seen.length;
    expect((await account('erase', 'D1.1')).status).toBe(64);
    expect(gateway.seen.length).toBe(before);
    const { status, out } = await account('erase', 'D1.1', '--yes');
    expect([status, out]).toEqual([0, expect.stringContaining('account certificate D1.1')]);
    expect(gateway.seen.at(-1)?.url).toBe('/api/v1/accounts/current/past/D1.1/erasure');
  });

  it('says that it is not erased yet, and leaves no file', () =>
    inFolder(async folder => {
      gateway.answer({ erasure: pending });
      const file = join(folder, 'erased.json');
      const { status, err } = await account('certificate', 'D1.1', '--out', file);
      expect([status, err]).toEqual([75, expect.stringContaining('being erased')]);
      await expect(stat(file)).rejects.toHaveProperty('code', 'ENOENT');
    }));

  it('writes a certificate that it verifies, by the gateway or by its key alone, and no other', () =>
    inFolder(async folder => {
      gateway.answer({ erasure: erased, certificateKeys: keys });
      const file = join(folder, 'erased.json');
      expect((await account('certificate', 'D1.1', '--out', file)).status).toBe(0);
      expect(await readFile(file, 'utf8')).toBe(certificateText(certificate));
      const pem = join(folder, 'key.pem');
      await writeFile(pem, keys[0]?.publicKey ?? '');
      for (const more of [[], ['--key', pem]]) {
        const { status, out } = await account('verify', file, ...more);
        expect([status, out]).toEqual([0, expect.stringMatching(/^It is genuine\.\n[\s\S]*2 alarms/)]);
      }
      await writeFile(file, (await readFile(file, 'utf8')).replace('"alarms": 2', '"alarms": 3'));
      for (const more of [[], ['--key', pem]]) {
        const { status, out, err } = await account('verify', file, ...more);
        expect([status, out, err]).toEqual([65, '', expect.stringContaining('not as a gateway wrote it')]);
      }
      await writeFile(file, 'no certificate');
      expect((await account('verify', file)).status).toBe(65);
      expect((await account('verify', join(folder, 'none'))).status).toBe(66);
    }));

  it.each([
    [['devices', 'release', 'D1', '--yes', '--erase'], 'release'],
    [['devices', 'transfer', 'D1', '--erase'], 'offerTransfer'],
  ] as const)('gives a device away with its history: %s', async (words, name) => {
    gateway.answer({
      release: { done: true },
      offerTransfer: { url: 'https://gw.example/t', expiresAt: at },
    });
    const environment = { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: token };
    const { status, out } = await typed([...words], { environment });
    expect([status, out]).toEqual([0, expect.stringContaining('erased')]);
    expect(gateway.seen.at(-1)).toMatchObject({ name, url: expect.stringContaining('?history=erase') });
  });
});
