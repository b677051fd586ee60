// The tie to the gateway on a real broker: what is promised to survive, does.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StandInGateway } from './gateway.contract.js';
import { type Message, Outbox, type StoredMessage } from './outbox.js';
import { type Time, wallTime } from './time.js';
import { Uplink, type UplinkOptions } from './uplink.js';

const id = 'g-1';
const topic = `v1/devices/${id}/telemetry`;
const hastily = { firstMs: 5, mostMs: 20 };

let gateway: StandInGateway;
let uplinks: Uplink[];

beforeEach(async () => {
  gateway = await StandInGateway.start();
  uplinks = [];
});

afterEach(async () => {
  await Promise.all(uplinks.map(uplink => uplink.cut()));
  await gateway.stop();
});

function tied(outbox: Outbox, options: Partial<UplinkOptions> = {}): Uplink {
  const uplink = new Uplink({
    broker: gateway.url,
    credential: () => ({ id, secret: 'a secret' }),
    outbox,
    listensFor: [id],
    will: { deviceId: id, kind: 'status', payload: '{"online":false,"boot":1}' },
    greeting: () => [{ deviceId: id, kind: 'status', payload: '{"online":true,"boot":1}' }],
    time: wallTime,
    luck: () => 0.5,
    backoff: hastily,
    ...options,
  });
  uplinks.push(uplink);
  return uplink;
}

const reading = (seq: number): Message => ({
  deviceId: id,
  kind: 'telemetry',
  boot: 1,
  seq,
  payload: JSON.stringify({ boot: 1, seq, values: { 'gas.lel': seq } }),
});

const seqs = () => gateway.said<{ seq: number }>(topic).map(({ seq }) => seq);
const next = (uplink: Uplink, event: 'connected' | 'disconnected' | 'acknowledged') =>
  new Promise<void>(resolve => uplink.once(event, () => resolve()));
const emptied = async (uplink: Uplink, outbox: Outbox) => {
  while (outbox.waiting.length > 0) await next(uplink, 'acknowledged');
};

describe('a device at its gateway', () => {
  it('logs in with its id as client id and user name, and its secret as password', async () => {
    const uplink = tied(new Outbox());
    uplink.start();
    await next(uplink, 'connected');
    expect(gateway.logins).toEqual([{ id, user: id, password: 'a secret' }]);
  });

  it('greets with its retained status before anything else', async () => {
    const outbox = new Outbox();
    const uplink = tied(outbox);
    uplink.send(reading(0));
    uplink.start();
    await emptied(uplink, outbox);
    expect(gateway.heard.map(({ topic, retain }) => [topic, retain])).toEqual([
      [`v1/devices/${id}/status`, true],
      [topic, false],
    ]);
  });

  it('keeps in order what it says before there is a connection', async () => {
    const outbox = new Outbox();
    const uplink = tied(outbox);
    for (let seq = 0; seq < 20; seq += 1) uplink.send(reading(seq));
    uplink.start();
    await emptied(uplink, outbox);
    expect(seqs()).toEqual(Array.from({ length: 20 }, (_, seq) => seq));
  });

  it('sends again with the same boot and seq what was not acknowledged when the line was cut', async () => {
    const outbox = new Outbox();
    const uplink = tied(outbox);
    uplink.start();
    await next(uplink, 'connected');
    gateway.acknowledges = () => false;
    uplink.send(reading(7));
    await gateway.until(() => seqs().length === 1);
    gateway.acknowledges = () => true;
    gateway.dropEverybody();
    await emptied(uplink, outbox);
    const [first, second] = gateway.heard.filter(message => message.topic === topic);
    expect(second?.payload).toEqual(first?.payload);
    expect(seqs()).toEqual([7, 7]);
  });

  it('sends again after the broker was gone and came back on its port', async () => {
    const outbox = new Outbox();
    const uplink = tied(outbox);
    uplink.start();
    await next(uplink, 'connected');
    const { port } = gateway;
    await gateway.stop();
    uplink.send(reading(1));
    uplink.send(reading(2));
    gateway = await StandInGateway.start(port);
    await emptied(uplink, outbox);
    expect(seqs()).toEqual([1, 2]);
  });

  it('says which messages it sends again', async () => {
    const outbox = new Outbox([reading(3) as StoredMessage]);
    const uplink = tied(outbox);
    const published: [number | undefined, boolean][] = [];
    uplink.on('published', ({ seq }, again) => published.push([seq, again]));
    uplink.send(reading(4));
    uplink.start();
    await emptied(uplink, outbox);
    expect(published).toEqual([
      [3, true],
      [4, false],
    ]);
  });

  it('leaves its will when the power is cut', async () => {
    const uplink = tied(new Outbox());
    uplink.start();
    await next(uplink, 'connected');
    await uplink.cut();
    const statuses = () => gateway.said<{ online: boolean }>(`v1/devices/${id}/status`);
    await gateway.until(() => statuses().at(-1)?.online === false);
    expect(gateway.heard.at(-1)).toMatchObject({ retain: true });
  });

  it('says goodbye when it is switched off, and leaves no will', async () => {
    const uplink = tied(new Outbox());
    uplink.start();
    await next(uplink, 'connected');
    await uplink.stop([{ deviceId: id, kind: 'status', payload: '{"online":false,"boot":9}' }]);
    const later = tied(new Outbox(), { greeting: () => [] });
    later.start();
    await next(later, 'connected');
    expect(gateway.said(`v1/devices/${id}/status`)).toEqual([
      { online: true, boot: 1 },
      { online: false, boot: 9 },
    ]);
  });

  it('can be switched off at a gateway that acknowledges nothing', async () => {
    const uplink = tied(new Outbox(), { time: { ...wallTime, after: (_, run) => wallTime.after(0, run) } });
    uplink.start();
    await next(uplink, 'connected');
    gateway.acknowledges = () => false;
    uplink.send(reading(0));
    await uplink.stop([{ deviceId: id, kind: 'status', payload: '{"online":false,"boot":1}' }]);
    expect(uplink.connected).toBe(false);
  });

  it('waits longer after each refusal', async () => {
    gateway.open = false;
    const impatient: Time = { ...wallTime, after: (_, run) => wallTime.after(0, run) };
    const uplink = tied(new Outbox(), { time: impatient, backoff: { firstMs: 100, mostMs: 1000 } });
    const waits: number[] = [];
    const enough = new Promise<void>(resolve =>
      uplink.on('disconnected', ({ retryInMs, reason }) => {
        expect(reason).toMatch(/refused/i);
        waits.push(retryInMs);
        if (waits.length === 6) resolve();
      }),
    );
    uplink.start();
    await enough;
    expect(waits.slice(0, 6)).toEqual([75, 150, 300, 600, 750, 750]);
  });

  it('hears what it is told, whose child it is for, and nothing of a topic that is none', async () => {
    const uplink = tied(new Outbox(), { listensFor: [id, 'child-1'] });
    const heard: string[] = [];
    uplink.on('heard', (deviceId, kind) => heard.push(`${deviceId} ${kind}`));
    uplink.start();
    await next(uplink, 'connected');
    const told = new Promise<void>(resolve => uplink.on('heard', () => heard.length === 2 && resolve()));
    await gateway.tell('v1/devices/child-1/binding', {}, true);
    await gateway.tell(`v1/devices/${id}/nonsense`, {}, true);
    await gateway.tell(`v1/devices/${id}/binding`, {}, true);
    await told;
    expect(heard.sort()).toEqual(['child-1 binding', 'g-1 binding']);
  });
});
