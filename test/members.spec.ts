// Members of a real device: told of its alarms with its owner, shown what was granted, and out at once.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { apiPrefix, type Capability, deviceSchema, pathOf, streams } from '#codecs/api';
import type { SimulatedHome } from '#firmware-sim';
import { until } from './condition.js';
import { Household } from './household.js';
import { type Person, refusalOf } from './person.js';

interface Heard {
  readonly name: string;
  readonly data: unknown;
}

let household: Household;
let home: SimulatedHome;
let owner: Person;
let member: Person;
let deviceId: string;
let ends: AbortController;

beforeEach(async () => {
  household = await Household.open();
  ends = new AbortController();
  [owner, member] = [await household.person('Lan'), await household.person('Mei')];
  ({ home, deviceId } = await household.sensorOf(owner));
});

afterEach(async () => {
  jest.restoreAllMocks();
  ends.abort();
  await household.close();
});

async function letIn(person: Person, can: Capability[], end: number | null = null): Promise<string> {
  const params = { deviceId };
  const { url } = await owner.call('inviteToDevice', { params, body: { can, until: end } });
  const token = url.split('/').at(-1) ?? '';
  await person.call('acceptInvitation', { params: { token } });
  const { members } = await owner.call('deviceMembers', { params });
  return members.at(-1)?.id ?? '';
}

/** What the person's open page hears from now on. */
async function listening({ door, sessionToken }: Person): Promise<Heard[]> {
  const heard: Heard[] = [];
  const response = await fetch(door.url + apiPrefix + streams.events, {
    headers: { authorization: `Bearer ${sessionToken}` },
    signal: ends.signal,
  });
  const read = async () => {
    let text = '';
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, name = '', data = ''] = /^event: (.*)\ndata: (.*)$/m.exec(event) ?? [];
        if (name !== '') heard.push({ name, data: JSON.parse(data) });
      }
    }
  };
  read().catch(() => {});
  return heard;
}

const names = (heard: readonly Heard[]) => new Set(heard.map(({ name }) => name));
const status = async (call: Promise<Response>) => (await call).status;

describe('a member', () => {
  it('who has the alarms is told at once, answers, and the owner hears of it', async () => {
    await letIn(member, ['alerts']);
    home.device('gas').leak();
    const [{ notice }, { notice: ofOwner }] = await Promise.all([
      member.page.heard(({ step }) => step === 'raised'),
      owner.page.heard(({ step }) => step === 'raised'),
    ]);
    expect(notice).toMatchObject({ deviceId, class: 'L', alarmId: ofOwner.alarmId });
    // Both are told of one packet, in one batch.
    expect(notice.receivedAt).toBe(ofOwner.receivedAt);
    const params = { alarmId: notice.alarmId ?? '' };
    expect((await member.call('alarms')).map(({ id }) => id)).toEqual([notice.alarmId]);
    expect(await member.call('acknowledge', { params })).toMatchObject({ acknowledgedBy: 'Mei' });
    await owner.page.heard(({ step }) => step === 'acknowledged');
    // It concerns everybody, and was not granted.
    expect(await refusalOf(member.raw('reset', { params }))).toMatchObject({ code: 'not-found' });
    // And what the device measures is not theirs to see.
    expect(await member.call('devices')).toEqual([]);
    expect(await refusalOf(member.raw('device', { params: { deviceId } }))).toMatchObject({
      code: 'not-found',
    });
  });

  it('who may look sees the device live, and hears of no alarm', async () => {
    await letIn(member, ['view']);
    const heard = await listening(member);
    const [device] = await member.call('devices');
    expect(device).toMatchObject({ id: deviceId, standing: { as: 'member', may: ['look', 'picture'] } });
    const seen = await until('the page hears of the device', () =>
      heard.find(({ name }) => name === 'device'),
    );
    expect(deviceSchema.parse(seen.data)).toMatchObject({ id: deviceId, standing: { as: 'member' } });
    home.device('gas').leak();
    await owner.page.heard(({ step }) => step === 'raised');
    await until('the page sees that an alarm is open', () =>
      heard.some(({ name, data }) => name === 'device' && deviceSchema.parse(data).openAlarms === 1),
    );
    expect(names(heard)).toEqual(new Set(['device']));
    expect(await member.call('alarms')).toEqual([]);
    expect(await member.call('notices')).toEqual([]);
  });

  const losses: readonly (readonly [string, (grantId: string) => Promise<unknown>])[] = [
    ['sent away', grantId => owner.call('revokeOnDevice', { params: { deviceId, grantId } })],
    ['leaving', grantId => member.call('leave', { params: { grantId } })],
    ['whose owner gives the device away', () => owner.call('release', { params: { deviceId } })],
    [
      'whose device is reset by hand',
      async () => {
        home.device('gas').reset();
        await until('the reset counts', async () => (await owner.call('devices')).length === 0);
      },
    ],
  ];

  it.each(losses)(
    '%s is out: at every door from that moment on, and on the open page, which nobody asked to look again',
    async (_, lose) => {
      const everything: Capability[] = ['view', 'history', 'alerts', 'control', 'share'];
      const grantId = await letIn(member, everything);
      const heard = await listening(member);
      home.device('gas').press();
      await until('the page hears of the device', () => names(heard).has('device'));
      const ask = () =>
        Promise.all([
          status(member.raw('device', { params: { deviceId } })),
          status(member.raw('ledger', { params: { deviceId } })),
          status(member.raw('deviceMembers', { params: { deviceId } })),
          status(
            member.raw('history', {
              params: { deviceId },
              query: { reading: 'gas.lel', from: '0', to: '1', bucket: '1h' },
            }),
          ),
          status(member.raw('command', { params: { deviceId }, body: { name: 'valve-close' } })),
          status(
            fetch(household.gateway.url + pathOf(streams.snapshot, { deviceId }), {
              headers: { authorization: `Bearer ${member.sessionToken}` },
            }),
          ),
        ]);
      expect(await status(member.raw('device', { params: { deviceId } }))).toBe(200);
      await lose(grantId);
      expect(await ask()).toEqual([404, 404, 404, 404, 404, 404]);
      await until('the page is told to ask again', () => names(heard).has('devices'));
      expect(await member.call('devices')).toEqual([]);
      expect(await member.call('shares')).toEqual([]);
      // The device goes on speaking, and their page hears nothing of it.
      const before = heard.length;
      const spoken = await listening(owner);
      home.device('gas').leak();
      if ((await owner.call('devices')).length > 0)
        await until('the owner hears of it', () => names(spoken).has('device'));
      await household.operator.call('status');
      expect(heard.slice(before).filter(({ name }) => name !== 'devices' && name !== 'notice')).toEqual([]);
    },
  );

  it('whose time is over is out, and their page is told of it by itself', async () => {
    const end = Date.now() + 3_600_000;
    await letIn(member, ['view'], end);
    const heard = await listening(member);
    jest.spyOn(Date, 'now').mockReturnValue(end);
    await until('the page is told to ask again', () => names(heard).has('devices'));
    expect(await status(member.raw('device', { params: { deviceId } }))).toBe(404);
    const ledger = await owner.call('ledger', { params: { deviceId } });
    expect(ledger[0]).toMatchObject({ what: 'share-ended', by: 'gateway' });
  });
});

it('a member of a home has its rights on every device in it, and switches its mode', async () => {
  const [ownHome] = await owner.call('homes');
  const params = { homeId: ownHome?.id ?? '' };
  const { url } = await owner.call('inviteToHome', { params, body: { can: ['view', 'control'] } });
  await member.call('acceptInvitation', { params: { token: url.split('/').at(-1) ?? '' } });
  expect((await member.call('devices')).map(({ id }) => id)).toEqual([deviceId]);
  expect(await member.call('changeMode', { params, body: { mode: 'away' } })).toMatchObject({
    mode: 'away',
    standing: { as: 'member', may: ['look', 'picture', 'command'] },
  });
  expect(await refusalOf(member.raw('changeHome', { params, body: { name: 'Mine' } }))).toMatchObject({
    code: 'not-found',
  });
});

it('a home that its owner removes is nothing to its member from that moment, and their page is told', async () => {
  const [first] = await owner.call('homes');
  const params = { homeId: first?.id ?? '' };
  const cottage = await owner.call('makeHome', { body: { name: 'Cottage', timeZone: 'UTC' } });
  const { url } = await owner.call('inviteToHome', { params, body: { can: ['view'] } });
  await member.call('acceptInvitation', { params: { token: url.split('/').at(-1) ?? '' } });
  const heard = await listening(member);
  expect(await refusalOf(owner.raw('removeHome', { params }))).toMatchObject({ code: 'home-occupied' });
  await owner.call('removeHome', { params, query: { moveTo: cottage.id } });
  expect(await status(member.raw('device', { params: { deviceId } }))).toBe(404);
  expect((await member.call('homes')).map(({ id }) => id)).not.toContain(params.homeId);
  await until('the page is told to ask again', () => names(heard).has('devices'));
  expect(await owner.call('devices')).toMatchObject([{ id: deviceId, homeId: cottage.id }]);
  expect(await refusalOf(owner.raw('removeHome', { params: { homeId: cottage.id } }))).toMatchObject({
    code: 'last-home',
  });
});

it('no token of an invitation stands in the log', async () => {
  const { url } = await owner.call('inviteToDevice', { params: { deviceId }, body: { can: ['view'] } });
  const token = url.split('/').at(-1) ?? '';
  await member.call('invitation', { params: { token } });
  await member.call('acceptInvitation', { params: { token } });
  expect(token).toHaveLength(43);
  expect(household.gateway.log.join('\n')).not.toContain(token);
});
