// From a batch to the paper: labels, PINs, and the label that takes the place of another.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { typed } from '../apps/cli/typed.fixture.js';
import { TestCaller } from '../apps/gateway/gateway.fixture.js';
import { airbind, devicesOf, done, folder, gateway, inFolder, rowsOf, sitDown } from './maker.js';
import { refusalOf } from './person.js';

sitDown();

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
