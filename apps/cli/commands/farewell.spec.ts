// `account delete`: the certificate is there, the login is forgotten, and the password is asked for once more.

import { createPublicKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FarewellCertificate } from '#codecs/api';
import { certificateKey, createKeyRing } from '#codecs/ticket';
import { certificateText, isGenuine, readCertificate, signed } from '#domain/erasure';
import { nothingRemoved } from '#domain/farewell';
import { type PretendGateway, pretendGateway } from '../gateway.fixture.js';
import { inFolder, typed } from '../typed.fixture.js';

const token = 'a-token-that-is-good-enough';
const iso = '2026-11-21T12:00:00.000Z';
const key = certificateKey(createKeyRing(Buffer.alloc(32, 1), new Date(iso)), 1);
if (key === null) throw new Error('no key');
const statement: Omit<FarewellCertificate, 'signature'> = {
  ...{ format: 1, gateway: 'https://gw.example', account: 'a1', askedAt: iso, removedAt: iso, keyId: 1 },
  removed: { ...nothingRemoved, sessions: 2 },
  erasures: [],
  remains: { zh: '备份', en: 'Not covered: backups' },
};
const certificate = signed(statement, key);

describe('account delete', () => {
  let gateway: PretendGateway;
  beforeEach(async () => {
    gateway = await pretendGateway(token);
  });
  afterEach(() => gateway.close());

  const deleted = (words: readonly string[], input = 'my long password\n') =>
    typed(['account', 'delete', ...words], {
      environment: { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: token },
      input,
    });

  it('sends the password, says where the certificate will be, and writes it for its owner alone', () =>
    inFolder(async folder => {
      const url = 'https://gw.example/farewell/t';
      const link = { url, token: 't', keptUntil: 5 };
      gateway.answer({ leaveGateway: link, farewell: { askedAt: 1, keptUntil: 5, certificate } });
      const file = join(folder, 'farewell.json');
      const { status, err } = await deleted(['--out', file, '--yes', '--password-stdin']);
      expect({ status, err }).toEqual({ status: 0, err: expect.stringContaining(url) });
      expect(gateway.seen.find(({ name }) => name === 'leaveGateway')?.body).toEqual({
        password: 'my long password',
      });
      const text = await readFile(file, 'utf8');
      expect(text).toBe(certificateText(certificate));
      const read = readCertificate(text);
      expect(read && isGenuine(read, createPublicKey(key))).toBe(true);
      expect(text).toContain('"sessions": 2');
      const changed = readCertificate(text.replace('"sessions": 2', '"sessions": 3'));
      expect(changed && isGenuine(changed, createPublicKey(key))).toBe(false);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }));

  it('does nothing unless one says that one means it, and where the certificate goes', async () => {
    expect((await deleted(['--out', 'x.json', '--password-stdin'])).status).not.toBe(0);
    expect((await deleted(['--yes', '--password-stdin'])).status).not.toBe(0);
    expect(gateway.seen).toEqual([]);
  });
});
