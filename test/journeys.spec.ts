// The three journeys of a device: onto the Wi-Fi, scanned and bound, and from its alarm to a person.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TicketView } from '#codecs/api';
import type { Told } from '#firmware-sim';
import { typed } from '../apps/cli/typed.fixture.js';
import { TestCaller } from '../apps/gateway/gateway.fixture.js';
import { until } from './condition.js';
import { freeUdpPort } from './free-port.js';
import { Household, wifi } from './household.js';
import { refusalOf } from './person.js';
import { isGenuine, WebhookReceiver } from './webhook-receiver.js';

let household: Household;

beforeEach(async () => {
  household = await Household.open();
});

afterEach(() => household.close());

describe('onto the Wi-Fi', () => {
  it('joins devices that hear AirKiss through loss and foreign traffic, and connects each with its own credential', async () => {
    const made = [await household.make('gas-sensor'), await household.make('door-contact')];
    const ports = [await freeUdpPort(), await freeUdpPort()];
    const [ackPort = 0] = ports;
    const home = await household.homeOf(made, {
      provisioned: false,
      airkissPorts: ports,
      ackPort,
      radio: { loss: 0.15, foreign: 0.5, sequenceGaps: 0.02, repeats: 0.05 },
    });
    const decoded: { ssid: string; right: boolean }[] = [];
    home.on('decoded', (_, { ssid, right }) => decoded.push({ ssid, right }));
    await home.start();
    await home.all('sniffing');
    expect(await household.operator.call('status')).toMatchObject({ connections: 0 });

    const { status, out, err } = await typed([
      ...['provision', '--ssid', wifi.ssid, '--password', wifi.password, '--to', '127.255.255.255'],
      ...ports.flatMap(port => ['--port', String(port)]),
      ...['--ack-port', String(ackPort), '--expect', '2', '--no-discovery', '--json'],
    ]);
    expect({ status, err }).toEqual({ status: 0, err: expect.any(String) });
    const { ended, joined } = JSON.parse(out);
    expect(ended).toBe('all-joined');
    expect(joined).toHaveLength(2);
    expect(joined).toEqual(
      expect.arrayContaining(
        home.devices.map(({ mac }, i) => ({
          mac: mac.replaceAll(':', ''),
          address: `127.0.0.${10 + i}`,
        })),
      ),
    );
    expect(decoded.filter(({ right }) => right).map(({ ssid }) => ssid)).toEqual([wifi.ssid, wifi.ssid]);

    await home.all('connected');
    const fleet = await until('both are heard', async () => {
      const devices = await household.operator.call('devices', { query: { all: 'true' } });
      return devices.filter(({ presence }) => presence.state === 'online').length === 2 && devices;
    });
    expect(fleet.map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
  });
});

describe('scan and bind', () => {
  const look = (who: TestCaller, ticket: string): Promise<TicketView> =>
    who.call('ticket', { params: { ticket } });

  it('takes a press of the button at the device, and shows each person their own screen of one code', async () => {
    const made = await household.make('gas-sensor');
    const { ticket } = made;
    const home = await household.homeOf([made]);
    const bindings: unknown[] = [];
    home.on('told', (_, told: Told) => told.kind === 'binding' && bindings.push(told.body));
    await home.start();
    await home.all('connected');
    const [owner, neighbour] = [await household.person('Lan'), await household.person('Bao')];
    const passerBy = new TestCaller(household.gateway.url);

    const page = await look(passerBy, ticket);
    expect(page).toMatchObject({ view: 'product', product: { id: 'gas-sensor', bindingPolicy: 'button' } });
    expect(Object.keys(page).sort()).toEqual(['product', 'view']);
    expect(await look(owner, ticket)).toMatchObject({ view: 'unbound', windowUntil: null });
    const claim = { params: { ticket }, body: { proof: { by: 'button' } } } as const;
    expect(await refusalOf(owner.raw('claim', claim))).toMatchObject({
      status: 403,
      code: 'possession-not-shown',
    });

    home.device('gas').press();
    await until('the page shows the press', async () => {
      const view = await look(owner, ticket);
      return view.view === 'unbound' && view.windowUntil !== null;
    });
    expect(await owner.bind(ticket, { by: 'button' }, '厨房')).toBe(made.id);

    expect(await look(owner, ticket)).toMatchObject({ view: 'owner', deviceId: made.id });
    expect(await owner.call('devices')).toMatchObject([
      { id: made.id, name: '厨房', state: 'bound', epoch: 1 },
    ]);
    await until('the device is told', () => bindings.length > 0 && bindings.at(-1));
    expect(bindings.at(-1)).toEqual({ state: 'bound', epoch: 1 });

    const theirs = await look(neighbour, ticket);
    expect(theirs).toMatchObject({ view: 'stranger', asked: false, recoveryDueAt: null });
    expect(Object.keys(theirs).sort()).toEqual(['asked', 'product', 'recoveryDueAt', 'view']);
    expect(await refusalOf(neighbour.raw('claim', claim))).toMatchObject({
      status: 409,
      code: 'already-bound',
    });
    expect(await neighbour.call('devices')).toEqual([]);
    expect(await look(passerBy, ticket)).toEqual(page);
  });

  it('takes the PIN from the box and no other, and writes a wrong one into the ledger', async () => {
    const { id, ticket, pin = '' } = await household.make('door-contact');
    expect(pin).toMatch(/^\d{6,12}$/);
    const wrong = String((Number(pin) + 1) % 10 ** pin.length).padStart(pin.length, '0');
    const guess = { params: { ticket }, body: { proof: { by: 'pin', pin: wrong } } } as const;
    const owner = await household.person('Lan');

    expect(await refusalOf(owner.raw('claim', guess))).toMatchObject({
      status: 403,
      code: 'possession-refused',
    });
    expect(await look(owner, ticket)).toMatchObject({ view: 'unbound' });
    expect(await owner.call('devices')).toEqual([]);

    expect(await owner.bind(ticket, { by: 'pin', pin })).toBe(id);
    const ledger = await owner.call('ledger', { params: { deviceId: id } });
    expect(ledger.map(({ what, proof }) => ({ what, proof }))).toEqual([
      { what: 'bound', proof: 'pin' },
      { what: 'claimed', proof: 'pin' },
      { what: 'proof-refused', proof: 'pin' },
    ]);
  });
});

describe('alert to person', () => {
  it('tells the owner, live and by a signed webhook, from raised to cleared in order, and nobody else', async () => {
    const receiver = await WebhookReceiver.open();
    try {
      const [owner, neighbour] = [await household.person('Lan'), await household.person('Bao')];
      const webhook = await owner.call('makeWebhook', { body: { url: receiver.url } });
      const { made, home } = await household.sensorOf(owner);
      const gas = home.device('gas');

      // It cannot take the first one for a while: what comes later has to wait for that.
      let isUp = false;
      receiver.answer = ({ data }) => (data.step === 'raised' && !isUp ? 503 : 204);
      gas.leak();
      const { notice } = await owner.page.heard(({ step }) => step === 'raised');
      const alarmId = notice.alarmId ?? '';
      const params = { alarmId };
      expect(notice).toMatchObject({ deviceId: made.id, class: 'L', severity: 'critical' });
      expect(notice.receivedAt).toBeLessThanOrEqual(Date.now());
      expect(await owner.call('alarms')).toMatchObject([{ id: alarmId, kind: 'gas', state: 'raised' }]);
      expect(await refusalOf(owner.raw('reset', { params }))).toMatchObject({
        status: 409,
        code: 'alarm-not-calm',
      });

      await owner.page.heard(({ step }) => step === 'repeat');
      const acknowledged = await owner.call('acknowledge', { params });
      expect(acknowledged).toMatchObject({ state: 'acknowledged', clearedAt: null });
      expect(receiver.taken).toEqual([]);
      isUp = true;

      for (const name of ['alarm', 'acknowledge', 'reset', 'receipts'] as const) {
        const refusal = await refusalOf(neighbour.raw(name, { params }));
        expect([name, refusal.status, refusal.code]).toEqual([name, 404, 'not-found']);
        expect(refusal).toEqual(
          await refusalOf(neighbour.raw(name, { params: { alarmId: 'no-such-alarm' } })),
        );
      }
      const seeDevice = neighbour.raw('device', { params: { deviceId: made.id } });
      expect(await refusalOf(seeDevice)).toMatchObject({ status: 404, code: 'not-found' });
      expect(await neighbour.call('alarms')).toEqual([]);

      gas.closeValve();
      await owner.page.heard(({ step }) => step === 'calm');
      expect(await owner.call('alarm', { params })).toMatchObject({ state: 'latched', clearedAt: null });
      expect(await owner.call('reset', { params })).toMatchObject({ state: 'cleared', endReason: 'reset' });
      await owner.page.heard(({ step }) => step === 'cleared');
      await until('the webhook is told of the end', () =>
        receiver.taken.some(({ event }) => event.data.step === 'cleared'),
      );

      const inTheApp = owner.page.notices.map(({ notice: { step } }) => step);
      expect(withoutRepeats(inTheApp)).toEqual(['raised', 'acknowledged', 'calm', 'cleared']);
      expect(inTheApp.lastIndexOf('repeat')).toBeLessThan(inTheApp.indexOf('acknowledged'));
      const counters = owner.page.notices.map(({ notice: { counter } }) => counter);
      expect(counters).toEqual(counters.map((_, i) => (counters[0] ?? 0) + i));
      expect((await owner.call('notices')).map(({ counter }) => counter).reverse()).toEqual(counters);

      const posted = receiver.taken.map(({ event }) => event.data.step);
      expect(receiver.posted[0]).toMatchObject({ status: 503, event: { data: { step: 'raised' } } });
      expect(posted).toEqual(inTheApp);
      expect(new Set(receiver.taken.map(({ event }) => event.id)).size).toBe(posted.length);
      for (const post of receiver.posted) {
        expect(post.event.subject).toBe(alarmId);
        expect(isGenuine(post, webhook.secret ?? '')).toBe(true);
        expect(isGenuine({ ...post, body: `${post.body} ` }, webhook.secret ?? '')).toBe(false);
      }
      expect(neighbour.page.notices).toEqual([]);
      expect(await neighbour.call('notices')).toEqual([]);
    } finally {
      await receiver.close();
    }
  });
});

const withoutRepeats = <T extends string>(steps: readonly T[]): T[] =>
  steps.filter(step => step !== 'repeat');
