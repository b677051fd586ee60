// The private authority's files: whole, for one user alone, and never taken for absent.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PrivateAuthority } from '#domain/certificates';
import { SystemClock } from '#domain/clock';
import { AuthorityFolder } from './authority-folder.js';

describe('the private authority’s files', () => {
  let folder: string;
  const authority = () => new PrivateAuthority(new AuthorityFolder(folder), new SystemClock());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-authority-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('outlive the process, and are for the gateway’s user alone', async () => {
    expect(await authority().state()).toBeNull();
    const made = await authority().create(['gw.example']);
    expect(await authority().state()).toEqual(made);
    for (const name of ['authority.pem', 'server.pem'])
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('are refused when they are damaged, and left as they are', async () => {
    await authority().create(['gw.example']);
    const path = join(folder, 'authority.pem');
    const whole = await readFile(path, 'utf8');
    const foreign = await readFile(join(folder, 'server.pem'), 'utf8');
    const [key = ''] = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/.exec(foreign) ?? [];
    const damaged = [
      '',
      'nonsense',
      whole.slice(0, 200),
      key + whole.slice(whole.indexOf('-----BEGIN CERT')),
    ];
    for (const text of damaged) {
      await writeFile(path, text);
      await expect(authority().create(['gw.example'])).rejects.toMatchObject({ code: 'file-unreadable' });
      expect(await readFile(path, 'utf8')).toBe(text);
    }
  });
});
