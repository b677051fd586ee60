// The commands that read and write files: products, batches and labels.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { type PretendGateway, pretendGateway } from '../gateway.fixture.js';
import { batch, madeBatch, product } from '../samples.fixture.js';
import { inFolder, typed } from '../typed.fixture.js';

const token = 'a-token-that-is-good-enough';

let gateway: PretendGateway;
beforeEach(async () => {
  gateway = await pretendGateway(token);
});
afterEach(() => gateway.close());

function ask(words: readonly string[], input?: string) {
  return typed(words, { environment: { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: token }, input });
}

describe('airbind alarms replay', () => {
  const rule = { id: 'co', kind: 'co', reading: 'co.ppm', clearAfterS: 600 };
  const episode = { since: 0, severity: 'critical' as const, value: 60, from: 1000, until: null };
  const trial = { messages: 10, from: 0, same: [], changed: [], lost: [episode], gained: [] };

  it('sends the rule of a file, and shows the difference', () =>
    inFolder(async folder => {
      const file = join(folder, 'co.yaml');
      await writeFile(file, stringify(rule));
      gateway.answer({ tryRule: trial });
      const { status, out } = await ask(['alarms', 'replay', 'd1-1', '--rule', file]);
      expect(status).toBe(0);
      expect(out).toMatch(/^10 messages .*: 0 found by both alike\.$/m);
      expect(out).toMatch(/^only as it is .* it lasts +critical +60$/m);
      expect(gateway.seen).toMatchObject([
        { name: 'tryRule', url: '/api/v1/devices/d1-1/rule-trials', body: { rule } },
      ]);
    }));

  it.each([
    ['what no rule is', '{"id": "co", "kind": "magic"}', 65],
    ['neither JSON nor YAML', '{"id": [', 65],
  ])('refuses %s and sends nothing', (_, text, status) =>
    inFolder(async folder => {
      const file = join(folder, 'rule');
      await writeFile(file, text);
      expect((await ask(['alarms', 'replay', 'd1-1', '--rule', file])).status).toBe(status);
      expect(gateway.seen).toEqual([]);
    }),
  );
});

describe('airbind products put', () => {
  it.each([
    ['JSON', JSON.stringify(product)],
    ['YAML', stringify(product)],
  ])('sends a file of %s', (_, text) =>
    inFolder(async folder => {
      const file = join(folder, 'product');
      await writeFile(file, text);
      gateway.answer({ putProduct: product });
      const { status, out } = await ask(['products', 'put', file, '--json']);
      expect({ status, out: JSON.parse(out) }).toEqual({ status: 0, out: product });
      expect(gateway.seen).toMatchObject([
        { name: 'putProduct', url: '/api/v1/products/gas-alarm', body: product },
      ]);
    }),
  );

  it('takes standard input for -', async () => {
    gateway.answer({ putProduct: product });
    expect((await ask(['products', 'put', '-'], JSON.stringify(product))).status).toBe(0);
  });

  it('names each field at fault, with status 65, and sends nothing', async () => {
    const { status, out, err } = await ask(
      ['products', 'put', '-'],
      JSON.stringify({ ...product, power: 'steam', bindingPolicy: 'trust' }),
    );
    expect({ status, out }).toEqual({ status: 65, out: '' });
    expect(err).toMatch(/power: .*bindingPolicy: |bindingPolicy: .*power: /);
    expect(gateway.seen).toEqual([]);
  });

  it('says that a file is neither JSON nor YAML', async () => {
    const { status, err } = await ask(['products', 'put', '-'], '{"id": [');
    expect(status).toBe(65);
    expect(err).toContain('neither JSON nor YAML');
  });

  it('says that a file is not there, with status 66', async () => {
    const { status, err } = await ask(['products', 'put', '/no/such/file']);
    expect(status).toBe(66);
    expect(err).toContain('/no/such/file');
  });
});

describe('airbind batches create', () => {
  const words = ['batches', 'create', '--product', 'gas-alarm', '--count', '2'];

  it('prints CSV that a spreadsheet reads, with the spoken code and the PIN', async () => {
    gateway.answer({ makeBatch: madeBatch });
    const { status, out, err } = await ask(words);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out.split('\n')).toEqual([
      'id,product,serial,ticket,spoken,url,secret,pin',
      'D1,gas-alarm,"GA,""1""",05RV1P5Q8448M5GXNM9W2MVAS3YQ,05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YQ-J,HTTPS://GAS.EXAMPLE/D/05RV1P5Q8448M5GXNM9W2MVAS3YQ,secret-1,01234567',
      'D2,gas-alarm,"GA,""2""",05RV1P5Q8448M5GXNM9W2MVAS3YQ,05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YQ-J,HTTPS://GAS.EXAMPLE/D/05RV1P5Q8448M5GXNM9W2MVAS3YQ,secret-2,',
      '',
    ]);
    expect(gateway.seen).toMatchObject([{ name: 'makeBatch', body: { product: 'gas-alarm', count: 2 } }]);
  });

  it('prints JSON with --json', async () => {
    gateway.answer({ makeBatch: madeBatch });
    expect(JSON.parse((await ask([...words, '--json'])).out)).toEqual(madeBatch);
  });

  it.each([
    ['CSV', [], (text: string) => expect(text).toMatch(/^id,product[\s\S]*secret-2,\n$/)],
    ['JSON', ['--json'], (text: string) => expect(JSON.parse(text)).toEqual(madeBatch)],
  ])('writes %s to a new file for its owner alone, and the secrets nowhere else', (_, json, holds) =>
    inFolder(async folder => {
      const file = join(folder, 'batch');
      gateway.answer({ makeBatch: madeBatch });
      const { status, out, err } = await ask([...words, ...json, '--out', file]);
      expect(status).toBe(0);
      expect(out + err).not.toContain('secret-');
      expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
      holds(await readFile(file, 'utf8'));
    }),
  );

  it('with --json and --out prints the batch and the file', () =>
    inFolder(async folder => {
      gateway.answer({ makeBatch: madeBatch });
      const file = join(folder, 'batch');
      expect(JSON.parse((await ask([...words, '--json', '--out', file])).out)).toEqual({ batch, file });
    }));

  it('makes nothing when the file exists already or cannot be made, with status 73', () =>
    inFolder(async folder => {
      const file = join(folder, 'batch');
      await writeFile(file, 'older secrets');
      for (const out of [file, join(folder, 'missing', 'batch')]) {
        const { status, err } = await ask([...words, '--out', out]);
        expect(status).toBe(73);
        expect(err).toContain(out);
      }
      expect(gateway.seen).toEqual([]);
      expect(await readFile(file, 'utf8')).toBe('older secrets');
    }));

  it('leaves no empty file behind when the gateway refuses', () =>
    inFolder(async folder => {
      gateway.answer({ makeBatch: { problem: { code: 'product-unknown' } } });
      expect((await ask([...words, '--out', join(folder, 'batch')])).status).toBe(65);
      expect(await readdir(folder)).toEqual([]);
    }));
});

describe('airbind labels', () => {
  const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x00, 0xff);

  it.each([
    ['png', 'image/png'],
    ['svg', 'image/svg+xml; charset=utf-8'],
  ])('writes a label as %s, byte by byte', (format, type) =>
    inFolder(async folder => {
      gateway.otherwise((_request, response) =>
        response.writeHead(200, { 'content-type': type }).end(picture),
      );
      const file = join(folder, 'label');
      const words = ['labels', '--device', 'D1', '--format', format, '--out', file, '--json'];
      const { status, out } = await ask(words);
      expect({ status, out: JSON.parse(out) }).toEqual({
        status: 0,
        out: { device: 'D1', format, file, bytes: picture.length },
      });
      expect(new Uint8Array(await readFile(file))).toEqual(picture);
      expect(gateway.seen).toMatchObject([
        { url: `/api/v1/devices/D1/label?format=${format}`, authorization: `Bearer ${token}` },
      ]);
    }),
  );

  it('writes nothing when the answer is no label', () =>
    inFolder(async folder => {
      gateway.otherwise((_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      );
      const { status } = await ask(['labels', '--device', 'D1', '--out', join(folder, 'label')]);
      expect(status).toBe(76);
      expect(await readdir(folder)).toEqual([]);
    }));

  it('says that the file cannot be written, with status 73', () =>
    inFolder(async folder => {
      gateway.otherwise((_request, response) =>
        response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg/>'),
      );
      await mkdir(join(folder, 'label'));
      const { status, err } = await ask(['labels', '--device', 'D1', '--out', join(folder, 'label')]);
      expect(status).toBe(73);
      expect(err).toContain(join(folder, 'label'));
    }));
});
