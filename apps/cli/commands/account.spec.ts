// `account export`: the copy is there whole, for its owner's eyes, or not at all.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type PretendGateway, pretendGateway } from '../gateway.fixture.js';
import { inFolder, typed } from '../typed.fixture.js';

const token = 'a-token-that-is-good-enough';
const copy = '{"what":"export","format":1,"at":5}\n{"what":"home","name":"家"}\n{"what":"end","records":1}\n';

describe('account export', () => {
  let gateway: PretendGateway;
  const asked: string[] = [];

  beforeEach(async () => {
    gateway = await pretendGateway(token);
    asked.length = 0;
  });
  afterEach(() => gateway.close());

  /** In two pieces. */
  function answer(text: string): void {
    gateway.otherwise((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.write(text.slice(0, 50));
      setImmediate(() => response.end(text.slice(50)));
    });
  }

  const exported = (file: string) =>
    typed(['account', 'export', '--out', file], {
      environment: { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: token },
    });

  it('writes what the gateway says, readable by its owner alone', () =>
    inFolder(async folder => {
      answer(copy);
      const file = join(folder, 'mine.ndjson');
      const { status, out } = await exported(file);
      expect(status).toBe(0);
      expect(out).toContain(`${Buffer.byteLength(copy)} bytes`);
      expect(await readFile(file, 'utf8')).toBe(copy);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(asked).toEqual([`/api/v1/accounts/current/export Bearer ${token}`]);
    }));

  it('keeps nothing of a copy that was broken off, and what was there before', () =>
    inFolder(async folder => {
      answer(copy.slice(0, copy.lastIndexOf('{')));
      const file = join(folder, 'mine.ndjson');
      await writeFile(file, 'before');
      const { status, err } = await exported(file);
      expect(status).not.toBe(0);
      expect(err).toContain('broke off');
      expect(await readdir(folder)).toEqual(['mine.ndjson']);
      expect(await readFile(file, 'utf8')).toBe('before');
    }));
});
