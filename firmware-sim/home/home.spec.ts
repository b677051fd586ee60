// A whole home on a real broker: what its devices say, and do when told.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeUpward, isUpward, parseTopic, type Snapshot } from '#codecs/wire';
import { StandInGateway } from '../device/gateway.contract.js';
import type { Identity, Pace } from '../device/index.js';
import { type HomeOptions, type SimulatedHome, startHome } from './home.js';

const wifi = { ssid: '家里', password: 'correct horse' };
const quick: Pace = { speed: 20, tickMs: 10, reportEveryMs: 60, troubledEveryMs: 20 };

const gas: Identity = { id: 'gas-1', secret: 's1', kind: 'gas', name: 'Kitchen' };
const co: Identity = { id: 'co-1', secret: 's2', kind: 'co', name: 'Boiler' };
const door: Identity = { id: 'door-1', secret: 's3', kind: 'door', name: 'Front door' };
const camera: Identity = { id: 'camera-1', secret: 's4', kind: 'camera', name: 'Garden' };
const hub: Identity = {
  id: 'hub-1',
  secret: 's5',
  kind: 'hub',
  name: 'Cellar',
  children: [{ id: 'gas-9', kind: 'gas', name: 'Cellar gas' }],
};

interface Telemetry {
  boot: number;
  seq: number;
  at?: number;
  values: Record<string, number>;
  bits: Record<string, boolean>;
}

let gateway: StandInGateway;
let homes: SimulatedHome[];

beforeEach(async () => {
  gateway = await StandInGateway.start();
  homes = [];
});

afterEach(async () => {
  await Promise.all(homes.map(home => home.cut()));
  await gateway.stop();
});

async function home(
  identities: readonly Identity[],
  options: Partial<HomeOptions> = {},
): Promise<SimulatedHome> {
  const started = await startHome({
    identities,
    broker: gateway.url,
    wifi,
    provisioned: true,
    pace: quick,
    seed: 7,
    ...options,
  });
  homes.push(started);
  return started;
}

const topic = (id: string, kind: string) => `v1/devices/${id}/${kind}`;
const telemetry = (id: string) => gateway.said<Telemetry>(topic(id, 'telemetry'));
const heardOf = (id: string, kind: string) =>
  gateway.heard.filter(message => message.topic === topic(id, kind));

function command(id: string, name: string, more: object = {}): Promise<void> {
  return gateway.tell(topic(id, 'command'), { id: name, name, epoch: 0, ...more });
}

/** Waits until a device listens to its commands, which a connection alone does not say. */
async function listening(id: string): Promise<void> {
  await gateway.tell(topic(id, 'binding'), { state: 'unbound', epoch: 0 }, true);
  const device = homes.at(-1)?.device(id);
  if (device && !device.binding) await new Promise<void>(resolve => device.once('told', () => resolve()));
}

describe('a simulated home', () => {
  it('speaks the contract, every device of it', async () => {
    await home([gas, co, door, camera, hub]);
    const kinds = ['telemetry', 'status', 'info'];
    await gateway.until(() =>
      ['gas-1', 'co-1', 'door-1', 'camera-1', 'hub-1', 'gas-9'].every(id =>
        kinds.every(kind => heardOf(id, kind).length > 0),
      ),
    );
    for (const { topic, payload } of gateway.heard) {
      const parsed = parseTopic(topic);
      expect(parsed && isUpward(parsed.kind) && decodeUpward(parsed.kind, payload)).toMatchObject({
        ok: true,
      });
    }
  });

  it('numbers its messages without a gap', async () => {
    await home([gas]);
    await gateway.until(() => telemetry('gas-1').length >= 5);
    expect(
      telemetry('gas-1')
        .map(({ boot, seq }) => `${boot}.${seq}`)
        .slice(0, 5),
    ).toEqual(['1.0', '1.1', '1.2', '1.3', '1.4']);
  });

  it('leaks until the valve is closed by command, and then the level falls', async () => {
    const { devices } = await home([gas]);
    await listening('gas-1');
    devices[0]?.leak();
    await gateway.until(() => telemetry('gas-1').at(-1)?.bits['gas.alarm'] === true);
    await command('gas-1', 'valve-close');
    await gateway.until(() => telemetry('gas-1').at(-1)?.bits['gas.alarm'] === false);
    expect(telemetry('gas-1').at(-1)?.bits['valve.closed']).toBe(true);
    expect(gateway.said(topic('gas-1', 'reply'))).toEqual([{ id: 'valve-close', ok: true }]);
  });

  it('reports more often while something is wrong', async () => {
    const { devices } = await home([gas], { pace: { ...quick, reportEveryMs: 600_000 } });
    await gateway.until(() => telemetry('gas-1').length === 1);
    devices[0]?.leak();
    await gateway.until(() => telemetry('gas-1').length >= 4);
    expect(telemetry('gas-1')[1]?.values['gas.lel']).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ['a command that it does not know', 'fly', {}, 'unknown-command'],
    ['a command whose time is over', 'valve-close', { until: 1 }, 'too-late'],
    ['a command of an earlier owner', 'valve-close', { epoch: 2 }, 'earlier-owner'],
  ])('refuses %s, and says so', async (_, name, more, code) => {
    await home([gas]);
    await listening('gas-1');
    await gateway.tell(topic('gas-1', 'binding'), { state: 'bound', epoch: 3 }, true);
    await command('gas-1', name, { epoch: 3, ...more });
    await gateway.until(() => heardOf('gas-1', 'reply').length > 0);
    expect(gateway.said(topic('gas-1', 'reply'))).toMatchObject([{ id: name, ok: false, error: { code } }]);
  });

  it('does a command that comes twice once, and answers twice', async () => {
    await home([camera]);
    await listening('camera-1');
    await gateway.until(() => heardOf('camera-1', 'snapshot').length === 1);
    await command('camera-1', 'snapshot');
    await command('camera-1', 'snapshot');
    await gateway.until(
      () => heardOf('camera-1', 'reply').length === 2 && heardOf('camera-1', 'snapshot').length === 2,
    );
    await command('camera-1', 'snapshot', { id: 'another' });
    await gateway.until(() => heardOf('camera-1', 'snapshot').length === 3);
    expect(heardOf('camera-1', 'reply')).toHaveLength(3);
  });

  it('sends a picture with the event when something moves', async () => {
    const { devices } = await home([camera]);
    await gateway.until(() => heardOf('camera-1', 'snapshot').length === 1);
    devices[0]?.move();
    await gateway.until(() => heardOf('camera-1', 'snapshot').length === 2);
    expect(gateway.said(topic('camera-1', 'event'))).toMatchObject([{ event: 'motion' }]);
    const payload = heardOf('camera-1', 'snapshot').at(-1)?.payload ?? new Uint8Array();
    const decoded = decodeUpward('snapshot', payload);
    expect(decoded.ok && (decoded.message.body as Snapshot).image.length).toBeGreaterThan(1000);
  });

  it('takes its time and its interval from the gateway, and declares the interval', async () => {
    await home([gas]);
    await listening('gas-1');
    const nextYear = Date.now() + 365 * 86_400_000;
    await gateway.tell(topic('gas-1', 'config'), { now: nextYear, epoch: 4, intervalS: 17 });
    await gateway.until(() => (telemetry('gas-1').at(-1)?.at ?? 0) >= nextYear);
    expect(gateway.said(topic('gas-1', 'info')).at(-1)).toMatchObject({ intervalS: 17, epoch: 4 });
    expect(telemetry('gas-1')[0]).not.toHaveProperty('at');
  });

  it.each([
    ['button', 'press'],
    ['reset', 'reset'],
    ['test', 'test'],
  ] as const)('says "%s" when a person does %s', async (event, act) => {
    const { devices } = await home([gas]);
    devices[0]?.[act]();
    await gateway.until(() => heardOf('gas-1', 'event').length > 0);
    expect(gateway.said(topic('gas-1', 'event'))).toMatchObject([{ event, boot: 1 }]);
  });

  it('speaks for the children of a hub on their own topics, over the one connection', async () => {
    const { devices } = await home([hub]);
    devices[0]?.act('leak', 'gas-9');
    await gateway.until(() => telemetry('gas-9').at(-1)?.bits['gas.alarm'] === true);
    expect(new Set(gateway.heard.map(({ from }) => from))).toEqual(new Set(['hub-1']));
    expect(gateway.said(topic('gas-9', 'status'))).toEqual([{ online: true, boot: 1 }]);
  });

  it('refuses what cannot happen to a device', async () => {
    const { devices } = await home([door]);
    expect(() => devices[0]?.leak()).toThrow('door-1 is a device to which "leak" cannot happen');
  });
});
