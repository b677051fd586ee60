// `npm run sim` without a terminal: where its devices come from, what keys do, and what a stranger is told.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StandInGateway } from '../device/gateway.contract.js';
import { type SimOptions, simCommand } from './options.js';
import { readRoster } from './registration.js';
import { simulate } from './simulate.js';

const text = { zh: '报警器', en: 'Alarm' };
const product = {
  id: 'kitchen-9000',
  name: text,
  icon: 'gas',
  readings: [],
  bits: [],
  commands: [],
  intervalS: 30,
  power: 'mains',
  safetyClass: 'L',
  bindingPolicy: 'button',
  rules: [],
  page: { about: text },
};
const made = (id: string, productId: string) => ({
  id,
  product: productId,
  serial: 'S-1',
  secret: 'very secret',
  ticket: 'TICKET',
  url: 'HTTP://X/D/TICKET',
});

let folder: string;
let gateway: StandInGateway;
let registry: Server;
let asked: string[];
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sim-'));
  gateway = await StandInGateway.start();
  asked = [];
  lines = [];
  registry = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
    const told = { name: null, made: 1, exported: 1, createdAt: 1, confirmedAt: 1 };
    const batch = { id: 1, product: product.id, count: 1, ...told };
    const answer = request.method === 'GET' ? [product] : { batch, devices: [made('g-1', product.id)] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>(resolve => registry.listen(0, '127.0.0.1', resolve));
  await writeFile(join(folder, 'cli-token'), 'a-token\n');
});

afterEach(async () => {
  await gateway.stop();
  await new Promise(resolve => registry.close(resolve));
  await rm(folder, { recursive: true });
});

async function options(...words: string[]): Promise<SimOptions> {
  const given = [
    ...['--state', join(folder, 'data', 'sim.json')],
    ...['--token-file', join(folder, 'cli-token')],
    ...['--gateway', `http://127.0.0.1:${(registry.address() as AddressInfo).port}`],
    ...['--broker', gateway.url],
    '--provisioned',
    '--fast',
    ...words,
  ];
  return new Promise((resolve, reject) => {
    simCommand(async parsed => resolve(parsed))
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .parseAsync(given, { from: 'user' })
      .catch(reject);
  });
}

/** Runs it, presses the keys once everybody is connected, and waits for its end. */
async function run(keys: string, ...words: string[]): Promise<void> {
  const before = gateway.heard.length;
  const reports = () => gateway.heard.slice(before).some(({ topic }) => topic.endsWith('telemetry'));
  await simulate(await options(...words), {
    write: line => lines.push(line),
    listen: key => {
      void gateway.until(reports).then(() => [...keys].forEach(key));
      return () => {};
    },
  });
}

describe('npm run sim', () => {
  it('makes its devices at the gateway the first time, of the product with the right picture', async () => {
    await run('q', '--gas', '1');
    expect(asked).toEqual([
      'GET /api/v1/products Bearer a-token ',
      'POST /api/v1/batches Bearer a-token {"product":"kitchen-9000","count":1}',
    ]);
    expect(gateway.logins).toEqual([{ id: 'g-1', user: 'g-1', password: 'very secret' }]);
  });

  it('takes them from its state file the second time', async () => {
    await run('q', '--gas', '1');
    asked = [];
    await run('q');
    expect(asked).toEqual([]);
    expect(gateway.logins).toHaveLength(2);
  });

  it('does what the keys say', async () => {
    await run('blq', '--gas', '1');
    expect(lines).toEqual(
      expect.arrayContaining(['Gas sensor (g-1): button pressed', 'Gas sensor (g-1): gas leaks']),
    );
    expect(gateway.said('v1/devices/g-1/event')).toMatchObject([{ event: 'button' }]);
  });

  it('says when a key means nobody', async () => {
    await run('dq', '--gas', '1');
    expect(lines).toContain('there is no door device in this home');
  });

  it('writes no secret, ticket or password to the terminal', async () => {
    await run('bq', '--gas', '1', '--wifi-password', 'wifi secret');
    expect(lines.join('\n')).not.toMatch(/very secret|wifi secret|TICKET/);
    expect(await readFile(join(folder, 'data', 'sim.json'), 'utf8')).toContain('very secret');
  });

  it.each([
    ['nobody', [], /say who shall, for example --gas 1/],
    ['no token', ['--gas', '1', '--token-file', '/nowhere'], /start the gateway first/],
    ['no gateway', ['--gas', '1', '--gateway', 'http://127.0.0.1:1'], /no gateway answers/],
    ['no such product', ['--camera', '1'], /no product of the kind camera/],
    ['no such file', ['--identities', '/nowhere'], /no file \/nowhere/],
  ])('says what to do with %s', async (_, words, sentence) => {
    await expect(run('q', ...words)).rejects.toThrow(sentence);
  });

  it.each([
    ['--gas', 'many'],
    ['--ack-port', '70000'],
    ['--nonsense', '1'],
  ])('refuses %s %s', async (option, value) => {
    await expect(options(option, value)).rejects.toThrow();
  });
});

describe('a file of identities', () => {
  async function roster(...devices: object[]): Promise<string> {
    const path = join(folder, 'batch.json');
    await writeFile(path, JSON.stringify({ batch: {}, devices }));
    return path;
  }

  it('tells the kind from the product, and numbers the names', async () => {
    const path = await roster(made('a', 'gas-alarm'), made('b', 'gas-alarm'), made('c', 'door-contact'));
    expect((await readRoster(path)).map(({ kind, name }) => `${kind}: ${name}`)).toEqual([
      'gas: Gas sensor',
      'gas: Gas sensor 2',
      'door: Door contact',
    ]);
  });

  it('may say the kind and the name itself', async () => {
    const path = await roster({ ...made('a', 'x-1'), kind: 'camera', name: 'Garden' });
    expect(await readRoster(path)).toMatchObject([{ id: 'a', kind: 'camera', name: 'Garden' }]);
  });

  it('must say the kind when the product does not', async () => {
    await expect(readRoster(await roster(made('a', 'x-1')))).rejects.toThrow(
      /write "kind" beside the device/,
    );
  });

  it('must be what the command line printed', async () => {
    await expect(readRoster(await roster())).rejects.toThrow(
      /is not what "airbind batches create --out - --json" prints/,
    );
  });
});
