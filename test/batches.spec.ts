// Batches from the command to the paper: a maker's list, credentials that leave once, labels, and what is refused on the way.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type Outcome, typed } from '../apps/cli/typed.fixture.js';
import { startTestGateway, TestCaller, type TestGateway } from '../apps/gateway/gateway.fixture.js';
import { refusalOf } from './person.js';
import { PlainDevice } from './plain-device.js';

let gateway: TestGateway;
let operator: TestCaller;
let folder: string;

beforeAll(async () => {
  gateway = await startTestGateway({ PUBLIC_URL: 'https://gas.example' });
  operator = new TestCaller(gateway.url, gateway.cliToken);
});
afterAll(() => gateway.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'airbind-batches-'));
});
afterEach(() => rm(folder, { recursive: true }));

const inFolder = (name: string): string => join(folder, name);

function airbind(line: string, redraws = false): Promise<Outcome> {
  const environment = { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: gateway.cliToken };
  return typed(line.split(' '), { environment, redraws });
}

async function done(line: string): Promise<Outcome> {
  const outcome = await airbind(line);
  expect([line, outcome.status, outcome.err.match(/^airbind: .*/m)]).toEqual([line, 0, null]);
  return outcome;
}

const batchNamed = (batch: string) => operator.call('batch', { params: { batch } });
const devicesOf = (batch: string) => operator.call('batchDevices', { params: { batch } });

/** Rows of a CSV without quotes, by heading. */
async function rowsOf(file: string): Promise<Record<string, string>[]> {
  const [heading = '', ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  const names = heading.split(',');
  return lines.map(line => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
}

async function letIn({ id = '', secret = '' }: Record<string, string>): Promise<boolean> {
  return PlainDevice.connect({ id, secret }, gateway.mqttPort).then(
    async device => {
      await device.cut();
      return true;
    },
    () => false,
  );
}

async function listed(text: string): Promise<string> {
  const file = inFolder('units.csv');
  await writeFile(file, text);
  return file;
}

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
    const other = await startTestGateway();
    const words = ['batches', 'create', '--product', 'gas-sensor', '--count', '1'];
    const environment = { AIRBIND_URL: other.url, AIRBIND_TOKEN: other.cliToken };
    const { status, err } = await typed(words, { environment });
    await other.close();
    expect([status, err]).toEqual([78, expect.stringContaining('PUBLIC_URL is not set')]);
  });
});

describe('airbind batches export', () => {
  it('writes credentials that work into a file for its owner alone, once, until they are confirmed', async () => {
    const out = inFolder('secrets.csv');
    await done('batches create --product door-contact --count 2300 --name doors');
    const { out: said, err } = await done(`batches export doors --out ${out}`);
    const rows = await rowsOf(out);
    expect(rows.map(({ id }) => id)).toEqual(await devicesIdsOf('doors', 2300));
    expect(new Set(rows.map(({ secret }) => secret)).size).toBe(2300);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secrets.csv']);
    for (const { secret = '', pin = '' } of rows.slice(0, 3))
      expect(said + err).not.toMatch(`${secret}|${pin}`);
    for (const at of [0, 1999, 2000, 2299]) expect(await letIn(rows[at] ?? {})).toBe(true);

    expect((await airbind(`batches export doors --out ${out}`)).status).toBe(73);
    const elsewhere = await airbind(`batches export doors --out ${inFolder('other.csv')}`);
    expect([elsewhere.status, elsewhere.err]).toEqual([65, expect.stringContaining('--again')]);
    expect(await readdir(folder)).toEqual(['secrets.csv']);

    await done(`batches export doors --out ${inFolder('again.csv')} --again`);
    expect(await letIn(rows[0] ?? {})).toBe(false);
    const [again = {}] = await rowsOf(inFolder('again.csv'));
    expect(await letIn(again)).toBe(true);

    // Files that are there are somebody's secrets: not even beginning again writes over them.
    expect((await airbind(`batches export doors --out ${out} --again`)).status).toBe(73);
    expect(await letIn(again)).toBe(true);

    await done('batches confirm doors --yes');
    await done('batches confirm doors --yes');
    for (const more of ['', ' --again']) {
      const { status } = await airbind(`batches export doors --out ${inFolder('third.csv')}${more}`);
      expect(status).toBe(65);
    }
    expect(await letIn(again)).toBe(true);
    expect(await readdir(folder)).toEqual(['again.csv', 'secrets.csv']);
  });

  it('cannot be confirmed before it is done', async () => {
    await done('batches create --product gas-sensor --count 2 --name unexported');
    const { status, err } = await airbind('batches confirm unexported --yes');
    expect([status, err]).toEqual([65, expect.stringContaining('0 of its 2 credentials')]);
  });

  it('goes on where it was broken off, and what was on its way then does not work', async () => {
    const out = inFolder('broken.csv');
    await done('batches create --product gas-sensor --count 4500 --name broken');
    // The first slice arrived, is written and noted; the second was written, but its note was not.
    const params = { batch: 'broken' };
    const first = await operator.call('exportCredentials', { params, body: { after: 0, receipt: null } });
    const lost = await operator.call('exportCredentials', {
      params,
      body: { after: 2000, receipt: first.receipt },
    });
    const heading = 'id,product,serial,mac,ticket,spoken,url,secret,pin\n';
    const held = heading + first.devices.map(({ id, secret }) => `${id},,,,,,,${secret},\n`).join('');
    await writeFile(`${out}.part`, `${held}torn,line`);
    const { id } = await batchNamed('broken');
    const note = {
      version: 1,
      batch: id,
      form: 'csv',
      after: 2000,
      receipt: first.receipt,
      bytes: held.length,
    };
    await writeFile(`${out}.export`, JSON.stringify(note));

    const { err } = await done(`batches export broken --out ${out}`);
    expect(err).not.toContain('2000 of 4500');
    const rows = await rowsOf(out);
    expect(rows.map(({ id }) => id)).toEqual(await devicesIdsOf('broken', 4500));
    expect(await letIn(rows[0] ?? {})).toBe(true);
    expect(await letIn(rows[2000] ?? {})).toBe(true);
    expect(rows[2000]?.id).toBe(lost.devices[0]?.id);
    expect(await letIn({ ...lost.devices[0] } as never)).toBe(false);
  });

  it('encrypts to the maker’s keys of age, as CSV in parts and as a file a device', async () => {
    const identities = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
    const [first = '', second = ''] = await Promise.all(identities.map(identityToRecipient));
    await writeFile(inFolder('keys.txt'), `# the factory\n${second}\n`);
    const open = async (file: string, identity = identities[0]) => {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity ?? '');
      return decrypter.decrypt(await readFile(file), 'text');
    };

    await done('batches create --product door-contact --count 3 --name sealed');
    await done(
      `batches export sealed --out ${inFolder('few.csv.age')} --age ${first} --age-recipients ${inFolder('keys.txt')}`,
    );
    for (const identity of identities) {
      expect(await open(inFolder('few.csv.age'), identity)).toMatch(/^id,product,(.*\n){4}$/);
    }
    await done(`batches export sealed --out ${inFolder('each')} --each --age ${first} --again`);
    const names = await readdir(inFolder('each'));
    expect(names).toHaveLength(3);
    const device = JSON.parse(await open(join(inFolder('each'), names[0] ?? '')));
    expect(await letIn(device)).toBe(true);

    await done('batches create --product door-contact --count 2100 --name parts');
    await done(`batches export parts --out ${inFolder('many.csv.age')} --age ${first}`);
    const parts = (await readdir(folder)).filter(name => name.startsWith('many'));
    expect(parts).toEqual(['many-000001.csv.age', 'many-002001.csv.age']);
    const over = `batches export sealed --out ${inFolder('many.csv.age')} --age ${first} --again`;
    expect((await airbind(over)).status).toBe(73);
    const lines = (await open(inFolder('many-002001.csv.age'))).split('\n');
    expect(lines[0]).toMatch(/^id,product/);
    expect(lines[1]).toMatch(/-2001,door-contact,/);

    const { status, err } = await airbind(`batches export parts --out ${inFolder('x')} --age age1wrong`);
    expect([status, err]).toEqual([64, expect.stringContaining('begins with age1')]);
  });

  it('gives each device a certificate beside its secret, once there is an authority', async () => {
    const line = 'batches create --product gas-sensor --count 2 --name certified --certificates --out';
    expect((await airbind(`${line} ${inFolder('early.csv')}`)).status).toBe(65);
    expect((await refusalOf(operator.raw('batch', { params: { batch: 'certified' } }))).status).toBe(404);
    await operator.call('makeAuthority', { body: {} });
    const { out } = await done(`${line} - --json`);
    for (const device of JSON.parse(out).devices) {
      expect(device).toMatchObject({
        secret: expect.stringMatching(/^[\w-]{43}$/),
        certificate: expect.stringContaining('BEGIN CERTIFICATE'),
        privateKey: expect.stringContaining('PRIVATE KEY'),
      });
    }
    const many = 'batches create --product gas-sensor --count 120 --name many-certified --certificates';
    const { status, err } = await airbind(`${many} --out ${inFolder('certified.csv')}`);
    expect({ status, err }).toEqual({ status: 0, err: expect.stringContaining('100 of 120') });
    const file = await readFile(inFolder('certified.csv'), 'utf8');
    expect(file.match(/BEGIN CERTIFICATE/g)).toHaveLength(120);
  });
});

describe('airbind labels', () => {
  const pagesOf = async (file: string) =>
    Array.from((await readFile(file, 'latin1')).matchAll(/\/Type \/Page\n/g)).length;

  beforeAll(async () => {
    await done('batches create --product door-contact --count 140 --name boxes');
  });

  it('draws a batch on sheets and rolls, and the PINs for one pair of eyes', async () => {
    expect((await done(`labels sheet --batch boxes --out ${inFolder('a.pdf')}`)).out).toContain('140 labels');
    expect(await pagesOf(inFolder('a.pdf'))).toBe(3);
    await done(`labels sheet --batch boxes --sheet letter-2x5 --skip 9 --out ${inFolder('b.pdf')}`);
    expect(await pagesOf(inFolder('b.pdf'))).toBe(15);
    await done(`labels roll --batch boxes --size 50x30 --from 11 --to 14 --out ${inFolder('c.pdf')}`);
    expect(await pagesOf(inFolder('c.pdf'))).toBe(4);
    await done(`labels pins --batch boxes --out ${inFolder('pins.pdf')}`);
    expect((await stat(inFolder('pins.pdf'))).mode & 0o777).toBe(0o600);
    expect(await pagesOf(inFolder('pins.pdf'))).toBe(3);
    expect((await readdir(folder)).sort()).toEqual(['a.pdf', 'b.pdf', 'c.pdf', 'pins.pdf']);
  });

  it('draws from a list without a secret, without asking the gateway', async () => {
    const list = inFolder('list.csv');
    await done(`batches devices boxes --out ${list}`);
    const [row = {}] = await rowsOf(list);
    expect(Object.keys(row)).not.toContain('secret');
    const labels = `labels zpl --csv ${list} --size 50x30 --language en --out ${inFolder('l.zpl')}`;
    const { status, err } = await typed(labels.split(' '), { environment: {} });
    expect([status, err]).toEqual([0, '']);
    const zpl = await readFile(inFolder('l.zpl'), 'utf8');
    expect(zpl.match(/\^XA/g)).toHaveLength(140);
    expect(zpl).toContain('Door contact');
    expect(zpl).toContain(row.serial);
  });

  it('says that a list holds secrets, and which line has no code', async () => {
    await writeFile(inFolder('l.csv'), 'serial,secret,url\nA,x,https://else.example/\n');
    const { status, err } = await airbind(
      `labels sheet --csv ${inFolder('l.csv')} --out ${inFolder('l.pdf')}`,
    );
    expect(status).toBe(65);
    expect(err).toMatch(/holds secrets[\s\S]*line 2: there is no code/);
    expect(await readdir(folder)).toEqual(['l.csv']);
  });

  it('draws single labels, and a folder of them', async () => {
    const [{ id } = { id: '' }] = await devicesOf('boxes');
    await done(`labels svg --device ${id} --out ${inFolder('one.svg')}`);
    expect(await readFile(inFolder('one.svg'), 'utf8')).toContain('门磁');
    await done(`labels png --batch boxes --to 5 --out ${inFolder('many')}`);
    expect(await readdir(inFolder('many'))).toHaveLength(5);
  });

  it('has no PINs for a product that is bound by its button', async () => {
    await done('batches create --product gas-sensor --count 1 --name buttons');
    const { status, err } = await airbind(`labels pins --batch buttons --out ${inFolder('pins.pdf')}`);
    expect([status, err]).toEqual([65, expect.stringContaining('have no PIN')]);
  });
});

describe('airbind devices reprint', () => {
  it('makes the next label, and the one before says that it is old, to everybody', async () => {
    await done('batches create --product gas-sensor --count 1 --name reprinted');
    const [old] = await devicesOf('reprinted');
    if (!old) throw new Error('one device');
    const { out } = await done(`devices reprint ${old.id} --yes --json`);
    const fresh = JSON.parse(out);
    expect(fresh).toMatchObject({ generation: 1 });
    const nobody = new TestCaller(gateway.url);
    const look = (ticket: string) => nobody.raw('ticket', { params: { ticket } });
    expect(await refusalOf(look(old.ticket))).toMatchObject({ status: 410, code: 'old-label' });
    expect((await look(fresh.ticket)).status).toBe(200);
    expect((await devicesOf('reprinted'))[0]?.url).toBe(fresh.url);
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

async function devicesIdsOf(batch: string, count: number): Promise<string[]> {
  const { id } = await batchNamed(batch);
  return Array.from({ length: count }, (_, i) => `d${id}-${i + 1}`);
}
