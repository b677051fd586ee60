// A person's copy of their data over HTTP: all of theirs, nothing of anybody else's, and no secret.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type MadeDevice, pathOf, streams } from '#codecs/api';
import { hashToken } from '#domain/accounts';
import { BindingStore } from '#domain/binding';
import { SnapshotStore } from '#domain/devices';
import { type HistoryEvent, IntakeStore } from '#domain/intake';
import { ContactStore, EndpointStore } from '#domain/notices';
import { PersonalRecords } from '#domain/personal';
import {
  alarmOf,
  batchOf,
  contactOf,
  deliveryOf,
  endpointOf,
  inputOf,
  noticeOf,
} from '../../../libs/adapters/storage/contracts/samples.contract.js';
import { until } from '../../../test/condition.js';
import {
  bind,
  makeLamps,
  openProduct,
  password,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

const meter = {
  ...openProduct,
  readings: [{ name: 'co.ppm', label: openProduct.name, unit: 'ppm', min: 0, max: 9_999_999 }],
};
const start = 1_763_726_400_000;
/** More than a page. */
const measurements = 450;

interface Person {
  readonly caller: TestCaller;
  readonly id: string;
  /** Stands in every text of theirs. */
  readonly mark: string;
  readonly secrets: readonly string[];
}

type Line = Readonly<Record<string, unknown>> & { readonly what: string };

/** @param environment of the gateway, asked for when it starts */
export function copyOfOnesData(environment: () => Promise<Record<string, string>>): void {
  let gateway: TestGateway;
  let shared: MadeDevice;
  let anna: Person;
  let bela: Person;

  beforeAll(async () => {
    gateway = await startTestGateway(await environment());
    const [passedOn, annas, belas] = await makeLamps(gateway, 3);
    if (!passedOn || !annas || !belas) throw new Error('three lamps');
    const operator = new TestCaller(gateway.url, gateway.cliToken);
    await operator.call('putProduct', { params: { productId: meter.id }, body: meter });
    shared = passedOn;
    anna = await lived('anna', 1_111_111, annas);
    await anna.caller.call('release', { params: { deviceId: shared.id } });
    bela = await lived('bela', 2_222_222, belas);
    const { url } = await bela.caller.call('inviteToDevice', {
      params: { deviceId: belas.id },
      body: { can: ['view'] },
    });
    await anna.caller.call('acceptInvitation', { params: { token: url.split('/').at(-1) ?? '' } });
  });

  afterAll(() => gateway.close());

  /** Owns the shared device and one of their own, and has something in every table. */
  async function lived(mark: string, value: number, own: MadeDevice): Promise<Person> {
    const caller = await resident(gateway, `${mark}@example.org`);
    const { id } = (await caller.call('currentSession')).account;
    for (const [device, name] of [
      [shared, `${mark}-shared`],
      [own, `${mark}-own`],
    ] as const) {
      await bind(caller, device.ticket);
      await caller.call('changeDevice', { params: { deviceId: device.id }, body: { name } });
    }
    const [home] = await caller.call('homes');
    const homeId = home?.id ?? '';
    await caller.call('putRooms', { params: { homeId }, body: { rooms: [{ name: `${mark}-room` }] } });
    const secrets = ['secret', 'link-key', 'contact-secret', 'contact-link'].map(word => `${mark}-${word}`);
    const [secret = '', linkKey = '', contactSecret = '', contactLinkKey = ''] = secrets;
    const address = `https://example.org/${mark}-hook`;
    const endpoint = endpointOf(id, { address, secret, linkKey });
    await gateway.app.get(EndpointStore).insert(endpoint);
    const contact = contactOf(homeId, { name: `${mark}-contact` });
    const reached = endpointOf(null, {
      ...{ contactId: contact.id, channel: 'mail', address: `${mark}-contact@example.org` },
      ...{ secret: contactSecret, linkKey: contactLinkKey },
    });
    await gateway.app.get(ContactStore).insert(contact, reached);
    await recorded(id, mark, value, endpoint);
    return { caller, id, mark, secrets: [...secrets, caller.token ?? '', hashToken(caller.token ?? '')] };
  }

  async function recorded(
    accountId: string,
    mark: string,
    value: number,
    endpoint: ReturnType<typeof endpointOf>,
  ): Promise<void> {
    const deviceId = shared.id;
    const epoch = (await gateway.app.get(BindingStore).byDevice(deviceId))?.epoch ?? 0;
    const events: HistoryEvent[] = [{ at: start, name: `${mark}-event`, on: null }];
    const inputs = Array.from({ length: measurements }, (_, place) => {
      const at = start + place * 60_000;
      const values = { 'co.ppm': value };
      return {
        ...inputOf(deviceId, value + place, { epoch, at, body: { values } }),
        recorded: { values, events: place === 0 ? events : [] },
      };
    });
    const timeline = [{ at: start, what: 'commented' as const, by: accountId, text: `${mark}-remark` }];
    const alarm = alarmOf(deviceId, { epoch, timeline, clearedAt: start, acknowledgedBy: accountId });
    const told = { subjectId: alarm.id, deviceId, epoch, title: { zh: mark, en: `${mark}-notice` } };
    const notice = noticeOf(accountId, told);
    const rows = { inputs, alarms: [alarm], notices: [notice], deliveries: [deliveryOf(notice, endpoint)] };
    const result = await gateway.app.get(IntakeStore).commit(batchOf(rows));
    expect(result).toMatchObject({ ok: true });
    await gateway.app.get(SnapshotStore).put(deviceId, epoch, Buffer.from(`${mark}-picture`));
  }

  async function copyOf({ caller }: Person) {
    const response = await fetch(gateway.url + pathOf(streams.export), {
      headers: { authorization: `Bearer ${caller.token}` },
    });
    const text = await response.text();
    const lines = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Line);
    const of = (what: string) => lines.filter(line => line.what === what);
    return { response, text, lines, of };
  }

  it('begins with its format, and ends with the number of its records', async () => {
    const { response, lines } = await copyOf(anna);
    expect(response.headers.get('content-type')).toMatch('application/x-ndjson');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(lines[0]).toMatchObject({ what: 'export', format: 1 });
    expect(lines.at(-1)).toEqual({ what: 'end', records: lines.length - 2 });
  });

  it.each(['anna', 'bela'])('holds everything of %s', async mark => {
    const person = mark === 'anna' ? anna : bela;
    const { of } = await copyOf(person);
    expect(of('account')).toMatchObject([{ id: person.id, email: `${mark}@example.org` }]);
    expect(of('session')).toHaveLength(1);
    expect(of('home')).toHaveLength(1);
    expect(of('room')).toMatchObject([{ name: `${mark}-room` }]);
    expect(of('contact')).toMatchObject([{ name: `${mark}-contact` }]);
    expect(
      of('endpoint')
        .map(({ address }) => address)
        .sort(),
    ).toEqual([`${mark}-contact@example.org`, `https://example.org/${mark}-hook`].sort());
    expect(of('device').map(({ name }) => name)).toContain(`${mark}-own`);
    expect(of('hardware').length).toBe(of('device').length);
    expect(of('ledger').map(({ did }) => did)).toEqual(
      expect.arrayContaining(['claimed', 'bound', 'renamed']),
    );
    expect(of('notice')).toMatchObject([{ title: { en: `${mark}-notice` } }]);
    expect(of('receipt')).toMatchObject([{ channel: 'webhook' }]);
    expect(of('ownership').map(({ deviceId }) => deviceId)).toContain(shared.id);
    expect(of('alarm')).toMatchObject([
      { acknowledgedBy: 'you', timeline: [{ by: 'you', text: `${mark}-remark` }] },
    ]);
    expect(of('events')).toMatchObject([{ events: [{ name: `${mark}-event` }] }]);
  });

  it('holds each measurement once, over as many pages as it takes', async () => {
    const { of } = await copyOf(anna);
    const buckets = of('measurements').flatMap(
      ({ buckets }) => buckets as { stepMs: number; total: number }[],
    );
    const finest = Math.min(...buckets.map(({ stepMs }) => stepMs));
    const fine = buckets.filter(({ stepMs }) => stepMs === finest);
    expect(fine).toHaveLength(measurements);
    expect(new Set(fine.map(({ total }) => total))).toEqual(new Set([1_111_111]));
  });

  it('holds not a byte of the other, though they had the same device one after the other', async () => {
    for (const [own, other, value] of [
      [anna, bela, '2222222'],
      [bela, anna, '1111111'],
    ] as const) {
      const { text } = await copyOf(own);
      expect(text).toContain(own.mark);
      expect(text.toLowerCase()).not.toContain(other.mark);
      expect(text).not.toContain(other.id);
      expect(text).not.toContain(value);
      expect(text).not.toContain(Buffer.from(`${other.mark}-picture`).toString('base64'));
    }
    const { of } = await copyOf(bela);
    expect(of('picture')).toMatchObject([{ jpeg: Buffer.from('bela-picture').toString('base64') }]);
  });

  it('says what was granted by and to whom only as far as it is theirs', async () => {
    expect((await copyOf(anna)).of('grant-held')).toMatchObject([{ capabilities: ['view'] }]);
    expect((await copyOf(bela)).of('grant-given')).toMatchObject([{ capabilities: ['view'] }]);
  });

  it('says who came to look after the gateway, and who went, only as far as it is theirs', async () => {
    const machine = new TestCaller(gateway.url, gateway.cliToken);
    for (const { caller } of [anna, bela]) {
      const token = (await machine.call('makeOperatorLink')).url.split('/').at(-1) ?? '';
      await caller.call('becomeOperator', { params: { token } });
    }
    await anna.caller.call('removeOperator', { params: { accountId: bela.id } });
    const acts = async (person: Person) =>
      (await copyOf(person)).of('operator-act').map(({ did, happened, whom }) => [did ?? happened, whom]);
    expect(await acts(anna)).toEqual([
      ['joined', null],
      ['removed', 'somebody'],
    ]);
    expect(await acts(bela)).toEqual([
      ['joined', null],
      ['removed', 'you'],
    ]);
  });

  it('holds no password, token, key or hash of one', async () => {
    for (const person of [anna, bela]) {
      const { text } = await copyOf(person);
      for (const secret of [password, '$argon2', shared.secret, ...person.secrets])
        expect(text).not.toContain(secret);
      expect(text).not.toMatch(/hash|secret|token|linkKey|nonce/i);
    }
  });

  it('is given again to whoever left while it was being written', async () => {
    const leaving = new AbortController();
    const headers = { authorization: `Bearer ${anna.caller.token}` };
    const url = gateway.url + pathOf(streams.export);
    const left = await fetch(url, { headers, signal: leaving.signal });
    leaving.abort();
    await expect(left.text()).rejects.toThrow();
    await until('the next copy is whole', async () => (await copyOf(anna)).lines.at(-1)?.what === 'end');
  });

  it('is read once at a time by one person, and meanwhile by others', async () => {
    let goOn = () => {};
    const held = new Promise<void>(resolve => {
      goOn = resolve;
    });
    const records = jest.spyOn(gateway.app.get(PersonalRecords), 'of');
    records.mockImplementationOnce(async function* () {
      await held;
      yield [{ what: 'home' }];
    });
    const first = copyOf(anna);
    await until('it is being read', () => records.mock.calls.length > 0);
    expect((await copyOf(anna)).lines).toMatchObject([{ code: 'too-many-attempts' }]);
    expect((await copyOf(bela)).lines.at(-1)).toMatchObject({ what: 'end' });
    goOn();
    expect((await first).lines.at(-1)).toEqual({ what: 'end', records: 1 });
    records.mockRestore();
  });

  it('is for whoever is signed in alone', async () => {
    expect((await fetch(gateway.url + pathOf(streams.export))).status).toBe(401);
  });
}
