// What a home remembers from one start to the next, on a real broker and a real file.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StandInGateway } from '../device/gateway.contract.js';
import type { Identity, Pace } from '../device/index.js';
import { type HomeOptions, type SimulatedHome, startHome } from './home.js';

const wifi = { ssid: 'home', password: 'correct horse' };
const quick: Pace = { speed: 20, tickMs: 10, reportEveryMs: 60, troubledEveryMs: 20 };

const gas: Identity = { id: 'gas-1', secret: 's1', kind: 'gas', name: 'Kitchen' };
const co: Identity = { id: 'co-1', secret: 's2', kind: 'co', name: 'Boiler' };
const door: Identity = { id: 'door-1', secret: 's3', kind: 'door', name: 'Front door' };

let gateway: StandInGateway;
let homes: SimulatedHome[];
let folder: string;
let stateFile: string;

beforeEach(async () => {
  gateway = await StandInGateway.start();
  homes = [];
  folder = await mkdtemp(join(tmpdir(), 'home-'));
  stateFile = join(folder, 'home.json');
});

afterEach(async () => {
  await Promise.all(homes.map(home => home.cut()));
  await gateway.stop();
  await rm(folder, { recursive: true });
});

async function home(
  identities: readonly Identity[] | undefined,
  options: Partial<HomeOptions> = {},
): Promise<SimulatedHome> {
  const common = { broker: gateway.url, wifi, provisioned: true, pace: quick, stateFile };
  const started = await startHome({ ...common, identities, ...options });
  homes.push(started);
  return started;
}

const heardOf = (id: string) => gateway.heard.filter(({ topic }) => topic === `v1/devices/${id}/telemetry`);
const telemetry = (id: string) => gateway.said<{ boot: number; seq: number }>(`v1/devices/${id}/telemetry`);

describe('the memory of a simulated home', () => {
  it('sends again, with the same boot and seq, what was not acknowledged before the process ended', async () => {
    gateway.acknowledges = heard => !heard.endsWith('telemetry');
    const first = await home([gas]);
    await gateway.until(() => telemetry('gas-1').length === 1);
    await first.cut();
    gateway.acknowledges = () => true;
    const before = heardOf('gas-1').length;
    await home([gas]);
    await gateway.until(() => telemetry('gas-1').some(({ boot }) => boot === 2));
    const [unheard] = heardOf('gas-1');
    expect(heardOf('gas-1')[before]?.payload).toEqual(unheard?.payload);
    expect(telemetry('gas-1').filter(({ boot, seq }) => boot === 1 && seq === 0)).toHaveLength(2);
  });

  it('forgets what was acknowledged', async () => {
    const first = await home([door], { pace: { ...quick, reportEveryMs: 600_000 } });
    await new Promise<void>(resolve => first.once('acknowledged', () => resolve()));
    await first.stop();
    await home([door]);
    await gateway.until(() => telemetry('door-1').some(({ boot }) => boot === 2));
    expect(telemetry('door-1').filter(({ boot }) => boot === 1)).toHaveLength(1);
  });

  it('knows who lived in it, its Wi-Fi and its owner, and keeps that to itself', async () => {
    const first = await home([gas]);
    await gateway.tell('v1/devices/gas-1/binding', { state: 'unbound', epoch: 0 }, true);
    await new Promise<void>(resolve => first.once('told', () => resolve()));
    await first.stop();
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    const again = await home(undefined, { provisioned: false });
    await again.all('connected');
    expect(again.devices.map(({ identity }) => identity)).toEqual([gas]);
    expect(again.device('gas').binding).toEqual({ state: 'unbound', epoch: 0 });
  });

  it('keeps the credentials of those who are not at home this time', async () => {
    await (await home([gas, co])).stop();
    await (await home([gas])).stop();
    const kept = JSON.parse(await readFile(stateFile, 'utf8')) as { devices: { identity: Identity }[] };
    expect(kept.devices.map(({ identity }) => identity.id)).toEqual(['gas-1', 'co-1']);
  });

  it('says what is wrong with a file that is not its own', async () => {
    await expect(home([gas], { stateFile: join(import.meta.dirname, 'home.ts') })).rejects.toThrow(
      /is not the file of a simulated home/,
    );
  });
});
