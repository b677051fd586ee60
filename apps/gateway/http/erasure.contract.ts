// Giving a device away with or without its history, over HTTP: what is erased is gone for everybody, and certified.
import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MadeDevice, pathOf, streams } from '#codecs/api';
import { BindingStore } from '#domain/binding';
import { SnapshotStore } from '#domain/devices';
import { certificateText, isGenuine, readCertificate } from '#domain/erasure';
import { IntakeStore } from '#domain/intake';
import {
  alarmOf,
  batchOf,
  inputOf,
  noticeOf,
} from '../../../libs/adapters/storage/contracts/samples.contract.js';
import { until } from '../../../test/condition.js';
import {
  bind,
  firstOperator,
  makeLamps,
  resident,
  startTestGateway,
  type TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

/** @param environment of the gateway, asked for when it starts; a second start finds what the first one left */
export function erasingOnesPast(environment: () => Promise<Record<string, string>>): void {
  let gateway: TestGateway;
  let settings: Record<string, string>;
  let lamps: readonly MadeDevice[];
  let anna: TestCaller;
  let bela: TestCaller;
  let operator: TestCaller;

  beforeAll(async () => {
    settings = await environment();
    gateway = await startTestGateway(settings);
    lamps = await makeLamps(gateway, 8);
    operator = await firstOperator(gateway);
    anna = await resident(gateway, 'anna@example.org');
    bela = await resident(gateway, 'bela@example.org');
  });
  afterAll(() => gateway.close());

  /** A lamp that Anna has owned for a while. */
  async function lived(
    place: number,
  ): Promise<{ deviceId: string; epoch: number; id: string; mark: string }> {
    const lamp = lamps[place];
    if (!lamp) throw new Error('no such lamp');
    await bind(anna, lamp.ticket);
    const deviceId = lamp.id;
    const epoch = (await gateway.app.get(BindingStore).byDevice(deviceId))?.epoch ?? 0;
    const mark = `mark-${deviceId}`;
    const { account } = await anna.call('currentSession');
    const at = Date.now();
    const input = inputOf(deviceId, 1, { epoch, at, receivedAt: at, body: { text: mark } });
    const recorded = { values: {}, events: [{ at, name: mark, on: null }] };
    const timeline = [{ at, what: 'commented' as const, by: account.id, text: mark }];
    const alarm = alarmOf(deviceId, { epoch, timeline, raisedAt: at });
    const notice = noticeOf(account.id, {
      ...{ subjectId: alarm.id, deviceId, epoch, title: { zh: mark, en: mark }, createdAt: at },
    });
    const rows = { inputs: [{ ...input, recorded }], alarms: [alarm], notices: [notice] };
    await gateway.app.get(IntakeStore).commit(batchOf(rows));
    await gateway.app.get(SnapshotStore).put(deviceId, epoch, Buffer.from(mark));
    return { deviceId, epoch, id: `${deviceId}.${epoch}`, mark };
  }

  const release = (deviceId: string, query: Record<string, string> = {}) =>
    anna.call('release', { params: { deviceId }, query });

  const erasureOf = (pastId: string, by = anna) => by.call('erasure', { params: { pastId } });

  async function certified(pastId: string) {
    await until('it is erased', async () => (await erasureOf(pastId)).erasedAt !== null);
    const { certificate } = await erasureOf(pastId);
    if (certificate === null) throw new Error('no certificate');
    return certificate;
  }

  /** All that Anna is shown of it anywhere. */
  async function shown(mark: string): Promise<boolean[]> {
    const headers = { authorization: `Bearer ${anna.token}` };
    const copy = await (await fetch(gateway.url + pathOf(streams.export), { headers })).text();
    const notices = JSON.stringify(await anna.call('notices'));
    return [copy, copy.replaceAll(Buffer.from(mark).toString('base64'), '\n'), notices].map((text, place) =>
      place === 1 ? text !== copy : text.includes(mark),
    );
  }

  it('keeps the history of who gives a device away and says nothing about it', async () => {
    const { deviceId, id, mark } = await lived(0);
    await release(deviceId);
    expect(await anna.call('past')).toMatchObject([{ id, deviceId, erasure: null }]);
    expect(await shown(mark)).toEqual([true, true, true]);
    await expect(erasureOf(id)).rejects.toThrow('404');
  });

  it('erases it with the release when its owner wants that, and certifies it', async () => {
    const { deviceId, epoch, id, mark } = await lived(1);
    expect(await shown(mark)).toEqual([true, true, true]);
    await release(deviceId, { history: 'erase' });
    const certificate = await certified(id);
    expect(await shown(mark)).toEqual([false, false, false]);
    expect(certificate).toMatchObject({
      gateway: gateway.publicUrl,
      device: { id: deviceId, serial: lamps[1]?.serial },
      epoch,
      askedBy: (await anna.call('currentSession')).account.id,
      erased: { events: 1, alarms: 1, pictures: 1, measurements: 0 },
    });
    expect(certificate.erased.inputs).toBeGreaterThan(0);
    // One of the alarm, and one that it ended with the change of owner.
    expect(certificate.erased.notices).toBe(2);
    const lines = await operator.call('ledger', { params: { deviceId } });
    expect(lines.slice(0, 3)).toMatchObject([
      { what: 'erased', epoch, by: 'gateway' },
      { what: 'erasure-asked', epoch, by: 'somebody' },
      { what: 'released', epoch: epoch + 1 },
    ]);
  });

  it('gives a file that is verified by the keys which it serves to anybody, and fails with a byte changed', async () => {
    const [{ erasure } = { erasure: null }] = (await anna.call('past')).filter(past => past.erasure);
    const certificate = erasure?.certificate;
    if (!certificate) throw new Error('no certificate');
    const keys = (await (await fetch(gateway.url + pathOf('/certificate-keys'))).json()) as {
      keyId: number;
      publicKey: string;
    }[];
    const key = createPublicKey(keys.find(({ keyId }) => keyId === certificate.keyId)?.publicKey ?? '');
    const text = certificateText(certificate);
    expect(isGenuine(certificate, key)).toBe(true);
    expect(readCertificate(text)).toEqual(certificate);
    const changed = readCertificate(text.replace(/"events": 1/, '"events": 2'));
    expect(changed && isGenuine(changed, key)).toBe(false);
  });

  it('erases it later too, once; whoever asks again gets the same', async () => {
    const { deviceId, id, mark } = await lived(2);
    await release(deviceId);
    const asked = await anna.call('erasePast', { params: { pastId: id } });
    expect(asked).toMatchObject({ erasedAt: null, certificate: null });
    const certificate = await certified(id);
    expect(await shown(mark)).toEqual([false, false, false]);
    const again = await anna.call('erasePast', { params: { pastId: id } });
    expect(again).toEqual({ ...asked, erasedAt: Date.parse(certificate.erasedAt), certificate });
  });

  it('erases nothing of the present, and says what to do first', async () => {
    const { id, mark } = await lived(3);
    const refused = await anna.raw('erasePast', { params: { pastId: id } });
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'still-yours' }]);
    expect(await shown(mark)).toEqual([true, true, true]);
    expect((await anna.call('past')).map(past => past.id)).not.toContain(id);
  });

  it('answers everybody else as if there were nothing, the next owner and operators among them', async () => {
    const { deviceId, id, mark } = await lived(4);
    await release(deviceId);
    const ticket = lamps[4]?.ticket ?? '';
    await bind(bela, ticket);
    const absent = await (await bela.raw('erasePast', { params: { pastId: 'NOBODYS.1' } })).json();
    for (const caller of [bela, operator])
      for (const pastId of [id, 'NOBODYS.1', `${deviceId}.0`, `${deviceId}.999`, deviceId, '..', `${id}.1`])
        for (const call of ['erasePast', 'erasure'] as const) {
          const response = await caller.raw(call, { params: { pastId } });
          expect([pastId, call, response.status, await response.json()]).toEqual([pastId, call, 404, absent]);
        }
    expect(await bela.call('past')).toEqual([]);
    expect(await shown(mark)).toEqual([true, true, true]);
  });

  it('erases what was handed over when it is taken, and not before', async () => {
    const { deviceId, id, mark } = await lived(5);
    const { url } = await anna.call('offerTransfer', { params: { deviceId }, query: { history: 'erase' } });
    await expect(erasureOf(id)).rejects.toThrow('404');
    expect(await anna.call('device', { params: { deviceId } })).toMatchObject({ offerErases: true });
    expect(await shown(mark)).toEqual([true, true, true]);
    const token = url.split('/').at(-1) ?? '';
    await bela.call('acceptTransfer', { body: { token: decodeURIComponent(token) } });
    await certified(id);
    expect(await shown(mark)).toEqual([false, false, false]);
    // That it was taken she still reads: it says whose the device is.
    const told = await anna.call('notices');
    expect(told.filter(notice => notice.deviceId === deviceId)).toMatchObject([{ about: 'transferred' }]);
  });

  it('goes on after a restart with what was asked for before', async () => {
    const { deviceId, id, mark } = await lived(6);
    await release(deviceId, { history: 'erase' });
    await gateway.close();
    gateway = await startTestGateway(settings);
    const token = anna.token;
    anna = Object.assign(Object.create(Object.getPrototypeOf(anna)), { url: gateway.url, token });
    await certified(id);
    expect(await shown(mark)).toEqual([false, false, false]);
  });
}
