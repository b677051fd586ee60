// The built `airbind` command against a running gateway: what it prints, what it writes, and how it ends.

import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { alarmSchema, madeBatchSchema } from '#codecs/api';
import { until } from './condition.js';
import { Household } from './household.js';
import { PlainDevice } from './plain-device.js';
import { build, type Ended, Program } from './program.js';

describe('the airbind command', () => {
  let household: Household;
  let folder: string;

  beforeAll(async () => {
    await build();
    household = await Household.open({ PUBLIC_URL: 'https://gas.example' });
    folder = await mkdtemp(join(tmpdir(), 'airbind-command-'));
  }, 240_000);

  afterAll(async () => {
    await household.close();
    await rm(folder, { recursive: true });
  });

  const airbind = (...words: string[]): Promise<Ended> =>
    Program.run(['dist/apps/cli/main.js', ...words], {
      AIRBIND_URL: household.gateway.url,
      AIRBIND_DATA: household.gateway.dataFolder,
    });

  /** What it prints with --json, which is one document and nothing else. */
  async function json(...words: string[]): Promise<unknown> {
    const { status, stdout, stderr } = await airbind(...words, '--json');
    expect({ words, status, stderr }).toEqual({ words, status: 0, stderr: '' });
    return JSON.parse(stdout);
  }

  it('makes a batch, shows its devices and tickets, and writes a label that a phone reads', async () => {
    expect(await json('products', 'list')).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'gas-sensor', bindingPolicy: 'button' })]),
    );
    const table = await airbind('products', 'list');
    expect(table.stdout).toMatch(/^PRODUCT .*\n(.*\n)*gas-sensor +Gas sensor +燃气探测器/);

    const { batch, devices } = madeBatchSchema.parse(
      await json('batches', 'create', '--product', 'gas-sensor', '--count', '3', '--out', '-'),
    );
    expect(batch).toMatchObject({ product: 'gas-sensor', count: 3 });
    expect(new Set(devices.map(({ secret }) => secret)).size).toBe(3);
    const [first] = devices;
    if (!first) throw new Error('no device was made');

    const all = await json('devices', 'list', '--all');
    for (const { id, serial } of devices) {
      expect(all).toEqual(
        expect.arrayContaining([expect.objectContaining({ id, serial, state: 'registered' })]),
      );
    }
    expect(JSON.stringify(all)).not.toContain(first.secret);
    expect(await json('tickets', 'show', '--device', first.id)).toMatchObject({
      ticket: first.ticket,
      url: first.url,
    });
    expect(await json('tickets', 'show', first.url)).toMatchObject({
      view: 'unbound',
      product: { id: 'gas-sensor' },
    });

    const png = join(folder, 'symbol.png');
    await json('labels', 'png', '--device', first.id, '--out', png);
    const { data, width, height } = PNG.sync.read(await readFile(png));
    expect(jsqr.default(new Uint8ClampedArray(data), width, height)?.data).toBe(first.url);
    expect(first.url).toBe(first.url.toUpperCase());

    const svg = join(folder, 'label.svg');
    await json('labels', 'svg', '--device', first.id, '--out', svg);
    expect(await readFile(svg, 'utf8')).toContain(first.serial);
  });

  it('writes secrets into a new file of its own, which only its owner can read', async () => {
    const out = join(folder, 'batch.csv');
    const batch = ['batches', 'create', '--product', 'door-contact', '--count', '2', '--out', out];
    const { status, stdout } = await airbind(...batch);
    expect(status).toBe(0);
    const [heading, ...rows] = (await readFile(out, 'utf8')).trim().split('\n');
    expect(heading).toBe('id,product,serial,mac,ticket,spoken,url,secret,pin');
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(stdout).not.toContain(row.split(',')[7]);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(await airbind(...batch)).toMatchObject({ status: 73, stdout: '' });
  });

  it('lists an alarm, acknowledges it, and resets it once its cause is gone', async () => {
    const made = await household.make('gas-sensor');
    const owner = await household.person('Lan');
    const device = await PlainDevice.connect(made, household.gateway.mqttPort);
    await device.event('button');
    await owner.bind(made.ticket, { by: 'button' }, 'Kitchen');
    await device.report({ 'gas.lel': 14 }, { 'gas.alarm': true });

    const [alarm] = alarmSchema.array().parse(await json('alarms', 'list', '--open'));
    expect(alarm).toMatchObject({ deviceId: made.id, deviceName: 'Kitchen', state: 'raised', kind: 'gas' });
    const id = alarm?.id ?? '';

    const tooEarly = await airbind('alarms', 'reset', id);
    expect(tooEarly).toMatchObject({ status: 75, stdout: '' });
    expect(await json('alarms', 'acknowledge', id)).toMatchObject({ id, state: 'acknowledged' });

    await until('the air is clear', async () => {
      await device.report({ 'gas.lel': 0 }, { 'gas.alarm': false });
      return (await owner.call('alarm', { params: { alarmId: id } })).state === 'latched';
    });
    expect(await json('alarms', 'reset', id)).toMatchObject({ id, state: 'cleared', endReason: 'reset' });
    expect(await json('alarms', 'list', '--open')).toEqual([]);
    expect(await airbind('alarms', 'reset', id)).toMatchObject({ status: 65, stdout: '' });
    await device.cut();
  });

  it.each([
    ['something that is not there', 65, ['devices', 'show', 'no-such-device', '--json']],
    ['a product that nobody declared', 65, ['batches', 'create', '--product', 'toaster', '--count', '1']],
    ['a code that is not ours', 65, ['tickets', 'show', 'x']],
    ['a command that there is not', 64, ['toast']],
    ['an option that is missing', 64, ['labels', 'png']],
    ['a number that is none', 64, ['batches', 'create', '--product', 'gas-sensor', '--count', 'many']],
    ['nothing at all', 64, ['alarms', 'show']],
  ])('ends with its own status and a sentence, not a stack, for %s', async (_, expected, words) => {
    const { status, stdout, stderr } = await airbind(...words);
    expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
    expect(stderr).toMatch(/\w{3,}/);
    expect(stderr).not.toMatch(/\n +at /);
  });

  it('ends with 69 and the address when no gateway answers', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const address = nobody.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address?.port}`;
    await new Promise(resolve => nobody.close(resolve));
    const { status, stdout, stderr } = await airbind('devices', 'list', '--gateway', url, '--json');
    expect({ status, stdout }).toEqual({ status: 69, stdout: '' });
    expect(stderr).toContain(url);
  });

  it('ends with 77 for somebody who is not signed in', async () => {
    const { status, stderr } = await Program.run(['dist/apps/cli/main.js', 'devices', 'list'], {
      AIRBIND_URL: household.gateway.url,
      AIRBIND_DATA: '',
      AIRBIND_TOKEN: 'a-token-that-nobody-ever-gave-out',
      XDG_CONFIG_HOME: folder,
    });
    expect({ status, stderr }).toEqual({ status: 77, stderr: expect.stringMatching(/sign in/i) });
  });
});
