// Every threat to a binding, by its name, against the real gateway: what the rule for it promises, people and devices get.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MadeDevice, pathOf, streams } from '#codecs/api';
import { starterProducts } from '#domain/devices';
import type { SimulatedHome } from '#firmware-sim';
import { until } from './condition.js';
import { Household } from './household.js';
import { LiveEvents } from './live-events.js';
import { type Person, refusalOf } from './person.js';
import { PlainDevice } from './plain-device.js';

const second = 1_000;
const hour = 3_600 * second;

let house: Household;
let count = 0;
const realNow = Date.now;

beforeEach(async () => {
  house = await Household.open();
  for (const bindingPolicy of ['provisioned', 'none'] as const) {
    const [gas] = starterProducts;
    if (!gas) throw new Error('no product to begin with');
    const product = { ...gas, id: bindingPolicy, bindingPolicy, safetyClass: 'S' as const, rules: [] };
    await house.operator.call('putProduct', { params: { productId: product.id }, body: product });
  }
});
afterEach(async () => {
  jest.restoreAllMocks();
  await house.close();
});

const someone = () => house.person(`Person${++count}`);

/** The gateway's clock, and everybody's, moves on. */
function later(byMs: number): void {
  const now = Date.now();
  const begun = realNow();
  jest.spyOn(Date, 'now').mockImplementation(() => now + byMs + (realNow() - begun));
}

const unbound = (person: Person, { ticket }: MadeDevice) =>
  person.call('ticket', { params: { ticket } }).then(view => (view.view === 'unbound' ? view : null));

async function pressed(home: SimulatedHome, made: MadeDevice, by: Person): Promise<void> {
  home.device(made.id).press();
  await until('the window is open', async () => (await unbound(by, made))?.windowUntil ?? null);
}

const claim = (person: Person, { ticket }: MadeDevice, proof: Parameters<Person['bind']>[1]) =>
  person.raw('claim', { params: { ticket }, body: { proof } });

const button = { by: 'button' } as const;

/** A gas sensor that is connected, and whose it is. */
async function bound(name = 'Kitchen') {
  const made = await house.make('gas-sensor');
  const home = await house.running(made);
  const owner = await someone();
  await pressed(home, made, owner);
  await owner.bind(made.ticket, button, name);
  return { made, home, device: home.device(made.id), owner };
}

const show = (person: Person, deviceId: string) => person.raw('device', { params: { deviceId } });
const ledgerOf = (person: Person, deviceId: string) => person.call('ledger', { params: { deviceId } });

describe('binding holds against', () => {
  it('two people at once', async () => {
    const made = await house.make('gas-sensor');
    const home = await house.running(made);
    const people = await Promise.all([someone(), someone()]);
    await pressed(home, made, people[0] as Person);
    const answers = await Promise.all(people.map(person => claim(person, made, button)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const winner = people[answers.findIndex(({ ok }) => ok)] as Person;
    const loser = people.find(person => person !== winner) as Person;
    const lost = JSON.stringify(await refusalOf(claim(loser, made, button)));
    expect(lost).toContain('claim-lost');
    expect(lost).not.toContain(winner.accountId);
    const { nonce } = await winner.call('claim', {
      params: { ticket: made.ticket },
      body: { proof: button },
    });
    const confirm = () => winner.call('confirm', { params: { ticket: made.ticket }, body: { nonce } });
    expect(await confirm()).toEqual(await confirm());
    expect(await refusalOf(claim(loser, made, button))).toMatchObject({ code: 'already-bound' });
  });

  it('stolen or photographed code', async () => {
    const thief = await someone();
    const nonce = 'f'.repeat(32);
    const made = {
      button: await house.make('gas-sensor'),
      pin: await house.make('camera'),
      provisioned: await house.make('provisioned'),
    };
    const refused = async (device: MadeDevice, proof: Parameters<Person['bind']>[1]) =>
      (await refusalOf(claim(thief, device, proof))).code;
    expect(await refused(made.button, button)).toBe('possession-not-shown');
    expect(await refused(made.button, { by: 'none' })).toBe('possession-not-shown');
    expect(await refused(made.pin, { by: 'pin', pin: '00000000' })).toBe('possession-refused');
    expect(await refused(made.provisioned, { by: 'provisioned', nonce })).toBe('possession-not-shown');
    for (const device of Object.values(made))
      expect((await refusalOf(show(thief, device.id))).code).toBe('not-found');
    const [gas] = starterProducts;
    const harmless = house.operator.raw('putProduct', {
      params: { productId: 'gas-sensor' },
      body: { ...(gas as NonNullable<typeof gas>), bindingPolicy: 'none' },
    });
    expect(await refusalOf(harmless)).toMatchObject({ code: 'invalid-request' });
  });

  it('claimed before the buyer', async () => {
    const { made, device, owner: squatter } = await bound();
    device.reset();
    await until('the squatter is told', async () =>
      (await squatter.call('notices')).some(({ about }) => about === 'reset-at-device'),
    );
    expect(await refusalOf(show(squatter, made.id))).toMatchObject({ code: 'not-found' });
    const buyer = await someone();
    expect(await unbound(buyer, made)).not.toBeNull();
    await until('the device came back', () => device.state === 'connected');
    device.press();
    await until('the window is open', async () => (await unbound(buyer, made))?.windowUntil ?? null);
    await buyer.bind(made.ticket, button);
    expect((await ledgerOf(buyer, made.id))[0]).toMatchObject({ what: 'bound', by: 'you', epoch: 3 });
  });

  it('wrong proof', async () => {
    const made = await house.make('camera');
    const [thief, buyer] = [await someone(), await someone()];
    const wrong = { by: 'pin', pin: '00000000' } as const;
    const codes: string[] = [];
    for (let tries = 0; tries < 7; tries++) codes.push((await refusalOf(claim(thief, made, wrong))).code);
    expect(codes).toEqual([...Array(5).fill('possession-refused'), ...Array(2).fill('too-many-attempts')]);
    // The device is counted too: whoever comes from elsewhere waits as well, and the right PIN is right afterwards.
    const right = { by: 'pin', pin: made.pin ?? '' } as const;
    const waiting = await refusalOf(claim(buyer, made, right));
    expect(waiting).toMatchObject({ code: 'too-many-attempts' });
    later((waiting.retryAfterS ?? 0) * second + second);
    await buyer.bind(made.ticket, right);
    const rows = await ledgerOf(buyer, made.id);
    expect(rows.filter(({ what }) => what === 'proof-refused')).toHaveLength(5);
    expect(rows[0]).toMatchObject({ what: 'bound', epoch: 1 });
  });

  it('replay of an old proof', async () => {
    const made = await house.make('provisioned');
    const device = await PlainDevice.connect(made, house.gateway.mqttPort);
    const [lin, bo] = [await someone(), await someone()];
    const nonce = 'ab'.repeat(16);
    const proof = { by: 'provisioned', nonce } as const;
    await publish(device, 100, nonce);
    const params = { ticket: made.ticket };
    const first = await lin.call('claim', { params, body: { proof } });
    const confirm = (person: Person, used: string) =>
      person.raw('confirm', { params, body: { nonce: used } });
    expect(await refusalOf(confirm(bo, first.nonce))).toMatchObject({ code: 'claim-expired' });
    later(121 * second);
    expect(await refusalOf(confirm(lin, first.nonce))).toMatchObject({ code: 'claim-expired' });
    expect(await refusalOf(claim(bo, made, proof))).toMatchObject({ code: 'possession-not-shown' });
    await publish(device, 101, 'cd'.repeat(16));
    expect(await refusalOf(claim(bo, made, proof))).toMatchObject({ code: 'possession-refused' });
    await lin.bind(made.ticket, { by: 'provisioned', nonce: 'cd'.repeat(16) });
    await lin.call('release', { params: { deviceId: made.id } });
    expect(await refusalOf(confirm(lin, first.nonce))).toMatchObject({ code: 'claim-expired' });
  });

  it('the old owner after a resale', async () => {
    const { made, device, owner } = await bound('Old kitchen');
    const buyer = await someone();
    const { url } = await owner.call('offerTransfer', { params: { deviceId: made.id } });
    const token = url.split('/').at(-1) ?? '';
    const secrets: string[] = [];
    device.on('told', told => {
      if (told.kind === 'command' && told.body.name === 'credential')
        secrets.push(String(told.body.args?.secret));
    });
    const pages = { old: await LiveEvents.of(owner), new: await LiveEvents.of(buyer) };
    await buyer.call('acceptTransfer', { body: { token, name: 'New kitchen' } });
    // What he asks for.
    const query = { reading: 'gas.lel', from: '0', to: '1', bucket: '1d' };
    for (const call of ['device', 'history', 'ledger'] as const) {
      const answer = owner.raw(call, { params: { deviceId: made.id }, query });
      expect([call, (await refusalOf(answer)).code]).toEqual([call, 'not-found']);
    }
    const picture = fetch(house.gateway.url + pathOf(streams.snapshot, { deviceId: made.id }), {
      headers: { authorization: `Bearer ${owner.sessionToken}` },
    });
    expect((await picture).status).toBe(404);
    // What he is told: that something is gone, and nothing of what the device does in its new owner's time.
    await until('the new owner sees the device speak', () => pages.new.named('device').length > 1);
    await until('the old owner hears that one is gone', () => pages.old.named('devices').length > 0);
    const names = pages.old.heard.map(({ name }) => name);
    expect(names.slice(names.indexOf('devices'))).not.toContain('device');
    for (const page of Object.values(pages)) page.close();
    expect((await owner.call('notices')).map(({ about }) => about)).toContain('transferred');
    // What he may have read out of the device.
    expect(secrets.length).toBeGreaterThan(0);
    await until('the device is back', () => device.state === 'connected');
    await expect(
      PlainDevice.connect({ id: made.id, secret: made.secret }, house.gateway.mqttPort),
    ).rejects.toThrow();
    for (const secret of secrets) expect(house.gateway.log.join('')).not.toContain(secret);
  });

  it('reset while offline', async () => {
    const made = await house.make('gas-sensor');
    const owner = await someone();
    const online = await PlainDevice.connect(made, house.gateway.mqttPort, 1);
    await online.event('button');
    await owner.bind(made.ticket, button);
    await online.cut();
    // Held long while nobody heard it: three hours later it is still a reset.
    const heldAt = Date.now();
    later(3 * hour);
    const back = await PlainDevice.connect(made, house.gateway.mqttPort, 2);
    await back.say('event', JSON.stringify({ boot: 2, seq: 1, at: heldAt, event: 'reset' }));
    expect(await refusalOf(show(owner, made.id))).toMatchObject({ code: 'not-found' });
    expect((await owner.call('notices')).map(({ about }) => about)).toContain('reset-at-device');
    // A press that was kept as long opens nothing.
    await back.closed;
    const other = await house.make('gas-sensor');
    const late = await PlainDevice.connect(other, house.gateway.mqttPort, 1);
    await late.say('event', JSON.stringify({ boot: 1, seq: 1, at: heldAt, event: 'button' }));
    expect(await refusalOf(claim(owner, other, button))).toMatchObject({ code: 'possession-not-shown' });
    await late.cut();
  });

  it('owner lost the account, device cannot be reset', async () => {
    const { made, device, owner } = await bound();
    const holder = await someone();
    const ask = () => holder.raw('askRecovery', { params: { ticket: made.ticket }, body: { proof: button } });
    expect(await refusalOf(ask())).toMatchObject({ code: 'possession-not-shown' });
    device.press();
    await until('it is in hand', async () => (await ask()).ok);
    expect((await owner.call('notices')).map(({ about }) => about)).toContain('recovery-asked');
    await owner.call('vetoRecovery', { params: { deviceId: made.id } });
    expect((await holder.call('notices')).map(({ about }) => about)).toContain('recovery-vetoed');
    expect((await show(owner, made.id)).status).toBe(200);
    await until('it is asked again', async () => (await ask()).ok);
    const complete = () =>
      holder.raw('completeRecovery', { params: { ticket: made.ticket }, body: { proof: button } });
    expect(await refusalOf(complete())).toMatchObject({ code: 'recovery-not-due' });
    later(72 * hour + second);
    expect(await refusalOf(complete())).toMatchObject({ code: 'possession-not-shown' });
    device.press();
    await until('it is in hand once more', async () => (await complete()).ok);
    expect(await refusalOf(show(owner, made.id))).toMatchObject({ code: 'not-found' });
    expect((await owner.call('notices')).map(({ about }) => about)).toContain('recovered');
  });

  it('sharing', async () => {
    const { made, owner } = await bound();
    const params = { deviceId: made.id };
    const [member, friend] = [await someone(), await someone()];
    const { url } = await owner.call('inviteToDevice', { params, body: { can: ['view'], until: null } });
    const invitation = { token: url.split('/').at(-1) ?? '' };
    await member.call('acceptInvitation', { params: invitation });
    expect(await refusalOf(friend.raw('acceptInvitation', { params: invitation }))).toMatchObject({
      code: 'link-spent',
    });
    expect((await show(member, made.id)).status).toBe(200);
    const command = { params, body: { name: 'valve-close' } };
    for (const refused of [
      member.raw('command', command),
      member.raw('ledger', { params }),
      member.raw('offerTransfer', { params }),
      member.raw('inviteToDevice', { params, body: { can: ['view'], until: null } }),
    ])
      expect(await refusalOf(refused)).toMatchObject({ code: 'not-found' });
    await owner.call('release', { params });
    expect(await refusalOf(show(member, made.id))).toMatchObject({ code: 'not-found' });
  });

  it('unbinding with an alarm open', async () => {
    const { made, device, owner } = await bound();
    device.leak();
    const [alarm] = await until('the alarm', async () => {
      const open = (await owner.call('alarms')).filter(({ deviceId }) => deviceId === made.id);
      return open.length > 0 && open;
    });
    const { url } = await owner.call('offerTransfer', { params: { deviceId: made.id } });
    const buyer = await someone();
    await buyer.call('acceptTransfer', { body: { token: url.split('/').at(-1) ?? '' } });
    for (const side of [owner, buyer])
      await until('both sides are told that it is over', async () =>
        (await side.call('notices')).some(({ alarmId, step }) => alarmId === alarm?.id && step === 'cleared'),
      );
  });

  it('a copy of the credential', async () => {
    const made = await house.make('gas-sensor');
    const takeOvers = async () => (await house.operator.call('status')).counters.takeovers ?? 0;
    const before = await takeOvers();
    const device = await PlainDevice.connect(made, house.gateway.mqttPort);
    const copy = await PlainDevice.connect(made, house.gateway.mqttPort);
    await device.closed;
    await until('it is counted', async () => (await takeOvers()) > before);
    const { secret } = await house.operator.call('reissueDevice', { params: { deviceId: made.id } });
    await copy.closed;
    await expect(PlainDevice.connect(made, house.gateway.mqttPort)).rejects.toThrow();
    const renewed = await PlainDevice.connect({ id: made.id, secret }, house.gateway.mqttPort);
    await renewed.cut();
  });
});

/** What a device does with the nonce that it was handed over the local network. */
async function publish(device: PlainDevice, seq: number, nonce: string): Promise<void> {
  await device.say('event', JSON.stringify({ boot: 1, seq, event: 'provisioned', nonce }));
}
