// The commands that read files: products and rules.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { type PretendGateway, pretendGateway } from '../gateway.fixture.js';
import { product } from '../samples.fixture.js';
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
