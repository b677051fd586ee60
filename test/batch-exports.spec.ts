// The credentials of a batch from the command: they leave once, into a file for its owner alone.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import {
  airbind,
  batchNamed,
  devicesIdsOf,
  done,
  folder,
  inFolder,
  letIn,
  operator,
  rowsOf,
  sitDown,
} from './maker.js';
import { refusalOf } from './person.js';

sitDown();

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
