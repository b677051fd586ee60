import { describe, expect, it } from '@jest/globals';
import { typed } from '../apps/cli/typed.fixture.js';
import { startTestGateway, TestCaller } from '../apps/gateway/gateway.fixture.js';
import { airbind, batchNamed, devicesOf, done, listed, operator, sitDown } from './maker.js';
import { refusalOf } from './person.js';

sitDown();

describe('airbind batches create', () => {
  it('makes devices, says how far it is, and the second time that it is done', async () => {
    const line = 'batches create --product gas-sensor --count 2500 --name first';
    const { out, err } = await done(line);
    expect(out).toContain('2500 devices of gas-sensor are made');
    expect(err.split('\n')).toContain('Making devices: 1000 of 2500');
    expect((await done(line)).out).toMatch(/^Batch first is done since .* Nothing was made now/);
    expect(await batchNamed('first')).toMatchObject({ made: 2500, count: 2500, exported: 0 });
  });

  it('draws a bar over itself where somebody watches, and takes it away', async () => {
    const { err } = await airbind('batches create --product gas-sensor --count 1500 --name watched', true);
    expect(err).toMatch(/\rMaking devices \[#+\.*\] 1000 of 1500/);
    expect(err).not.toContain('\n');
    expect(err).toMatch(/\r +\r$/);
  });

  it('without a name never makes twice what was meant once', async () => {
    const line = 'batches create --product co-sensor --count 3';
    await done(line);
    await done(line);
    expect(await batchNamed('co-sensor-3')).toMatchObject({ made: 3 });
  });

  it('refuses another batch of the same name, and a product that nobody declared', async () => {
    await done('batches create --product gas-sensor --count 3 --name mine');
    const other = await airbind('batches create --product gas-sensor --count 4 --name mine');
    expect([other.status, other.err]).toEqual([65, expect.stringContaining('3 devices of gas-sensor')]);
    expect((await airbind('batches create --product toaster --count 4')).status).toBe(65);
  });

  it('takes serial numbers and MAC addresses from a list, as a spreadsheet writes it', async () => {
    const file = await listed('\ufeffSerial,MAC\r\nGA-1,02-00-00-00-00-A1\r\nGA-2,0200000000A2\r\n');
    await done(`batches create --product gas-sensor --csv ${file} --name listed`);
    const units = (await devicesOf('listed')).map(({ serial, mac }) => [serial, mac]);
    expect(units).toEqual([
      ['GA-1', '02:00:00:00:00:a1'],
      ['GA-2', '02:00:00:00:00:a2'],
    ]);
    expect((await done(`batches create --product gas-sensor --csv ${file} --name listed`)).out).toContain(
      'done',
    );
  });

  it.each([
    [
      'a serial number twice',
      'serial\nX-1\nX-2\nX-1\n',
      /line 4: the serial number X-1 is that of line 2 too/,
    ],
    [
      'a MAC address twice',
      'mac\n020000000001\n02:00:00:00:00:01\n',
      /line 3: the MAC address .* line 2 too/,
    ],
    ['what no MAC address is', 'serial,mac\nX-1,\nX-2,0200\n', /line 3: the MAC address takes the six bytes/],
    ['what no serial number is', 'serial\n=cmd()\n', /line 2: the serial number takes/],
    ['columns that nobody knows', 'number\n1\n', /neither a column "serial" nor a column "mac"/],
    ['no device', 'serial\n', /lists no device/],
    ['what is no CSV', 'serial,mac\n"X-1,1\n', /is not CSV/],
  ])('refuses a list with %s, by its line, and makes nothing', async (_, text, sentence) => {
    const { status, err } = await airbind(
      `batches create --product gas-sensor --csv ${await listed(text)} --name refused`,
    );
    expect([status, err]).toEqual([65, expect.stringMatching(sentence)]);
    expect((await refusalOf(operator.raw('batch', { params: { batch: 'refused' } }))).status).toBe(404);
  });

  it('names the lines whose numbers devices of the gateway have, and makes nothing', async () => {
    const serials = Array.from({ length: 600 }, (_, i) => `S-${i}`);
    await done(
      `batches create --product gas-sensor --csv ${await listed(`serial\n${serials.slice(500, 502).join('\n')}\n`)} --name before`,
    );
    const { status, err } = await airbind(
      `batches create --product gas-sensor --csv ${await listed(`serial\n${serials.join('\n')}\n`)} --name after`,
    );
    expect(status).toBe(65);
    expect(err).toContain('line 502: the serial number S-500 belongs to a device of this gateway already.');
    expect(err).toContain('line 503: the serial number S-501');
    expect((await refusalOf(operator.raw('batch', { params: { batch: 'after' } }))).status).toBe(404);
  });

  it('waits until somebody chose PUBLIC_URL, which stands in every code', async () => {
    const other = await startTestGateway({ PUBLIC_URL: '' });
    const words = ['batches', 'create', '--product', 'gas-sensor', '--count', '1'];
    const environment = { AIRBIND_URL: other.url, AIRBIND_TOKEN: other.cliToken };
    const { status, err } = await typed(words, { environment });
    const program = new TestCaller(other.url, other.cliToken);
    const refused = await refusalOf(program.raw('makeBatch', { body: { product: 'gas-sensor', count: 1 } }));
    const batches = await program.call('batches');
    await other.close();
    expect([status, err]).toEqual([78, expect.stringContaining('PUBLIC_URL is not set')]);
    expect(refused).toMatchObject({ code: 'public-url-unset' });
    expect(batches).toEqual([]);
  });
});

describe('airbind products rm', () => {
  it('removes a product of which nothing was made, and no other', async () => {
    await done('products rm camera --yes');
    expect((await done('products list')).out).not.toContain('camera');
    await done('batches create --product co-sensor --count 1 --name one');
    const { status, err } = await airbind('products rm co-sensor --yes');
    expect([status, err]).toEqual([65, expect.stringContaining('Devices were made of it')]);
  });
});
