// From an alarm to a person over real HTTP: links that show and act, what was seen, wishes, and dead letters.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apiPrefix } from '#codecs/api';
import { newId } from '#domain/accounts';
import { type Alarm, AlarmStore } from '#domain/alarms';
import { BindingStore } from '#domain/binding';
import { IntakeStore } from '#domain/intake';
import {
  ContactStore,
  type Endpoint,
  EndpointStore,
  OutboxStore,
  RecipientChanges,
  signLink,
} from '#domain/notices';
import {
  alarmOf,
  batchOf,
  contactOf,
  deliveryOf,
  endpointOf,
  noticeOf,
  settlementOf,
} from '../../../libs/adapters/storage/contracts/samples.contract.js';
import {
  bind,
  firstOperator,
  makeLamps,
  resident,
  startTestGateway,
  type TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

describe('from an alarm to a person', () => {
  let gateway: TestGateway;
  let owner: TestCaller;
  let operator: TestCaller;
  let accountId: string;
  let homeId: string;
  let deviceId: string;
  let epoch: number;
  let alarm: Alarm;

  beforeAll(async () => {
    gateway = await startTestGateway();
    operator = await firstOperator(gateway);
    owner = await resident(gateway);
    accountId = (await owner.call('currentSession')).account.id;
    const [lamp] = await makeLamps(gateway);
    if (!lamp) throw new Error('no lamp was made');
    await bind(owner, lamp.ticket);
    deviceId = lamp.id;
    const binding = await gateway.app.get(BindingStore).byDevice(deviceId);
    epoch = binding?.epoch ?? 0;
    homeId = binding?.homeId ?? '';
  });

  afterAll(() => gateway.close());

  /** Raised behind the intake's back, which reads the device anew. */
  beforeEach(async () => {
    alarm = alarmOf(deviceId, {
      epoch,
      rule: newId(),
      raisedAt: Date.now(),
      repeatAt: null,
      escalateAt: null,
    });
    await gateway.app.get(IntakeStore).commit(batchOf({ alarms: [alarm] }));
    await gateway.app.get(RecipientChanges).homeChanged(homeId);
  });

  const link = ({ id: endpointId, linkKey }: Endpoint, subject = alarm.id) =>
    signLink({ endpointId, purpose: 'acknowledge', subject, sentAt: Date.now() }, linkKey);
  const follow = (method: string, token: string) =>
    fetch(`${gateway.url}${apiPrefix}/message-links/${token}`, { method });
  const stored = async () => gateway.app.get(AlarmStore).byId(alarm.id);

  async function ownEndpoint(): Promise<Endpoint> {
    const endpoint = endpointOf(accountId);
    await gateway.app.get(EndpointStore).insert(endpoint);
    return endpoint;
  }

  it('a link shows little and does nothing, however often a scanner looks at it', async () => {
    const token = link(await ownEndpoint());
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) await follow(method, token);
    const shown = await (await follow('GET', token)).json();
    expect(shown).toEqual({
      purpose: 'acknowledge',
      channel: 'webhook',
      address: expect.any(String),
      locale: expect.any(String),
      about: expect.any(String),
      alarm: { title: { zh: '燃气泄漏', en: 'Gas leak' }, raisedAt: alarm.raisedAt, state: 'raised' },
      isDone: false,
    });
    expect(await stored()).toMatchObject({ acknowledgedAt: null });
  });

  it('posted, it acknowledges once, in the name of whom the message went to, and proves the way', async () => {
    const endpoint = await ownEndpoint();
    const token = link(endpoint);
    expect(await (await follow('POST', token)).json()).toMatchObject({ isDone: true });
    const first = await stored();
    expect(first).toMatchObject({ acknowledgedBy: accountId });
    expect((await follow('POST', token)).status).toBe(200);
    expect(await stored()).toEqual(first);
    expect(await gateway.app.get(EndpointStore).byId(endpoint.id)).toMatchObject({
      provenAt: expect.any(Number),
    });
  });

  it('of a contact acknowledges too, and the owner reads who it was', async () => {
    const contact = contactOf(homeId, { name: 'Aunt Wang' });
    const endpoint = { ...endpointOf(accountId), accountId: null, contactId: contact.id };
    await gateway.app.get(ContactStore).insert(contact, endpoint);
    await gateway.app.get(RecipientChanges).homeChanged(homeId);
    expect((await follow('POST', link(endpoint))).status).toBe(200);
    expect(await owner.call('alarm', { params: { alarmId: alarm.id } })).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: 'Aunt Wang',
    });
  });

  it('forged, for another alarm, of somebody who is told no more, it shows and does nothing', async () => {
    const endpoint = await ownEndpoint();
    const stranger = await resident(gateway, `${newId()}@example.org`);
    const { account } = await stranger.call('currentSession');
    const theirs = endpointOf(account.id);
    await gateway.app.get(EndpointStore).insert(theirs);
    const forged = link({ ...endpoint, linkKey: 'guessed' });
    expect((await follow('POST', forged)).status).toBe(410);
    expect((await follow('POST', link(endpoint, 'no-such-alarm'))).status).toBe(410);
    for (const method of ['GET', 'POST']) expect((await follow(method, link(theirs))).status).toBe(410);
    expect(await stored()).toMatchObject({ acknowledgedAt: null });
  });

  it('what a person has opened is seen, and acknowledged by nobody', async () => {
    const notice = noticeOf(accountId, { subjectId: alarm.id, deviceId });
    await gateway.app.get(IntakeStore).commit(batchOf({ notices: [notice] }));
    const params = { alarmId: alarm.id };
    const seen = async () => (await owner.call('receipts', { params }))[0]?.seenAt ?? null;
    expect(await seen()).toBeNull();
    await owner.call('seeAlarm', { params });
    const at = await seen();
    expect(at).toBeGreaterThan(0);
    await owner.call('seeAlarm', { params });
    expect(await seen()).toBe(at);
    expect(await stored()).toMatchObject({ acknowledgedAt: null });
  });

  it('every attempt can be read by the person it was meant for', async () => {
    const endpoint = await ownEndpoint();
    const notice = noticeOf(accountId, { subjectId: alarm.id, deviceId, createdAt: Date.now() });
    const delivery = deliveryOf(notice, endpoint, 0);
    await gateway.app.get(IntakeStore).commit(batchOf({ notices: [notice], deliveries: [delivery] }));
    const outbox = gateway.app.get(OutboxStore);
    const ended = await until(async () => {
      const [row] = await outbox.ofAlarm(accountId, alarm.id);
      return row?.attempts ? row : null;
    });
    const receipts = await owner.call('receipts', { params: { alarmId: alarm.id } });
    expect(receipts.find(({ channel }) => channel === 'webhook')).toMatchObject({
      state: ended.state,
      endpointId: endpoint.id,
      tries: [{ outcome: expect.any(String), detail: expect.any(String), tookMs: expect.any(Number) }],
    });
  });

  it('keeps how a person wants to be told, and refuses what is no time', async () => {
    const quiet = { from: '22:00', to: '07:00', timeZone: 'Asia/Shanghai' };
    expect(await owner.call('preferences')).toEqual({ channels: {}, quiet: null, digest: null });
    const wanted = { channels: { T: ['mail' as const] }, quiet, digest: null };
    expect(await owner.call('changePreferences', { body: wanted })).toEqual(wanted);
    expect(await owner.call('preferences')).toEqual(wanted);
    const bad = { ...wanted, quiet: { ...quiet, from: '25:00' } };
    expect((await owner.raw('changePreferences', { body: bad })).status).toBe(400);
  });

  it('an operator sees what could not be delivered, and sends it once more', async () => {
    const endpoint = await ownEndpoint();
    const notice = noticeOf(accountId, { subjectId: newId(), createdAt: Date.now() });
    const later = Date.now() + 3_600_000;
    const delivery = deliveryOf(notice, endpoint, later);
    await gateway.app.get(IntakeStore).commit(batchOf({ notices: [notice], deliveries: [delivery] }));
    const outbox = gateway.app.get(OutboxStore);
    for (const leased of await outbox.lease(later, 1_000, 100))
      await outbox.settle(leased, settlementOf('dead', 'gave up'), Date.now());
    expect(await operator.call('deadNotices')).toContainEqual(
      expect.objectContaining({ id: delivery.id, state: 'dead', detail: 'gave up' }),
    );
    const body = { ids: [delivery.id] };
    expect(await operator.call('replayNotices', { body })).toEqual({ replayed: 1 });
    expect((await owner.raw('deadNotices')).status).toBe(404);
    expect((await operator.call('deadNotices')).map(({ id }) => id)).not.toContain(delivery.id);
  });
});

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await new Promise(setImmediate);
  }
}
