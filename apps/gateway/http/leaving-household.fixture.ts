// Somebody who is about to leave, with something in every table, and a neighbour who stays.
import type { MadeDevice } from '#codecs/api';
import { newId } from '#domain/accounts';
import { BindingStore } from '#domain/binding';
import { IntakeStore } from '#domain/intake';
import { ContactStore, EndpointStore } from '#domain/notices';
import { RightsChanges } from '#domain/sharing';
import {
  alarmOf,
  batchOf,
  contactOf,
  deliveryOf,
  endpointOf,
  inputOf,
  noticeOf,
} from '../../../libs/adapters/storage/contracts/samples.contract.js';
import { bind, makeLamps, password, TestCaller, type TestGateway } from '../gateway.fixture.js';

/** Stands in every text of the leaver's: name, addresses, names of homes and rooms; others are told the name of a device. */
export const newMark = (): string => `quetzal${newId()}`;

export class LeavingHousehold {
  private constructor(
    readonly gateway: TestGateway,
    readonly mark: string,
    readonly leaver: TestCaller,
    readonly leaverId: string,
    readonly neighbour: TestCaller,
    /** The leaver's, who has let the neighbour in. */
    readonly own: MadeDevice,
    /** It was the leaver's before. */
    readonly given: MadeDevice,
    /** The neighbour's, who has let the leaver in. */
    readonly shared: MadeDevice,
  ) {}

  static async open(gateway: TestGateway, mark = newMark()): Promise<LeavingHousehold> {
    const [own, given, shared, other] = await makeLamps(gateway, 4);
    if (!own || !given || !shared || !other) throw new Error('four lamps');
    const [leaver, neighbour] = [await signUp(gateway, mark, mark), await signUp(gateway, newId(), 'Bela')];
    const { account } = await leaver.call('currentSession');
    const household = new LeavingHousehold(gateway, mark, leaver, account.id, neighbour, own, given, shared);
    await bind(leaver, given.ticket);
    await household.recorded(given);
    await leaver.call('release', { params: { deviceId: given.id } });
    await bind(leaver, own.ticket);
    await leaver.call('changeDevice', { params: { deviceId: own.id }, body: { name: 'Hall' } });
    for (const lamp of [shared, other]) await bind(neighbour, lamp.ticket);
    await household.furnish();
    await household.recorded(own);
    await household.share();
    await leaver.call('askIn', { params: { ticket: other.ticket } });
    return household;
  }

  get farewellBody() {
    return { password };
  }

  get email(): string {
    return `${this.mark}@example.org`;
  }

  private async furnish(): Promise<void> {
    const { leaver, leaverId, mark, gateway } = this;
    const homeId = await this.homeId();
    await leaver.call('changeHome', { params: { homeId }, body: { name: `${mark}-home`, mode: 'away' } });
    await leaver.call('makeHome', { body: { name: `${mark}-cottage`, timeZone: 'UTC' } });
    await leaver.call('putRooms', { params: { homeId }, body: { rooms: [{ name: `${mark}-room` }] } });
    const switches = [{ days: [1, 2], at: '22:30', mode: 'night' as const }];
    await leaver.call('putModePlan', { params: { homeId }, body: { switches } });
    const contact = contactOf(homeId, { name: `${mark}-aunt` });
    const address = `${mark}-aunt@example.org`;
    const reached = endpointOf(null, { contactId: contact.id, channel: 'mail', address });
    await gateway.app.get(ContactStore).insert(contact, reached);
    const hook = endpointOf(leaverId, { address: `https://example.org/${mark}` });
    await gateway.app.get(EndpointStore).insert(hook);
    const notice = noticeOf(leaverId, { deviceId: this.own.id, subjectId: newId() });
    // Long due, and its turn has not come: an hour from now.
    const deliveries = [deliveryOf(notice, hook, Date.now() + 3_600_000)];
    await gateway.app.get(IntakeStore).commit(batchOf({ notices: [notice], deliveries }));
  }

  /** The neighbour comes into home and lamp, and an invitation stays open; the leaver sees to the neighbour's alarm. */
  private async share(): Promise<void> {
    const { leaver, neighbour, own, shared, gateway } = this;
    const can = ['view', 'alerts'] as const;
    const homeId = await this.homeId();
    const link = await leaver.call('inviteToHome', { params: { homeId }, body: { can: [...can] } });
    await neighbour.call('acceptInvitation', { params: { token: tokenOf(link.url) } });
    const lamp = { params: { deviceId: own.id }, body: { can: [...can] } };
    const second = await leaver.call('inviteToDevice', lamp);
    await neighbour.call('acceptInvitation', { params: { token: tokenOf(second.url) } });
    await leaver.call('inviteToDevice', lamp);
    const theirs = await neighbour.call('inviteToDevice', { ...lamp, params: { deviceId: shared.id } });
    await leaver.call('acceptInvitation', { params: { token: tokenOf(theirs.url) } });
    const alarm = await this.raise(shared);
    await leaver.call('acknowledge', { params: { alarmId: alarm } });
    await leaver.call('comment', { params: { alarmId: alarm }, body: { text: 'the valve is shut' } });
    await this.raise(own);
    await gateway.app.get(RightsChanges).changed([own.id, shared.id], []);
  }

  private async raise({ id }: MadeDevice): Promise<string> {
    const { app } = this.gateway;
    const epoch = (await app.get(BindingStore).byDevice(id))?.epoch ?? 0;
    const alarm = alarmOf(id, { epoch });
    await app.get(IntakeStore).commit(batchOf({ alarms: [alarm] }));
    await app.get(RightsChanges).changed([id], []);
    return alarm.id;
  }

  private async recorded({ id }: MadeDevice): Promise<void> {
    const { app } = this.gateway;
    const epoch = (await app.get(BindingStore).byDevice(id))?.epoch ?? 0;
    const at = Date.now();
    const values = { 'co.ppm': 5 };
    const events = [{ at, name: `${this.mark}-event`, on: null }];
    const inputs = [{ ...inputOf(id, 1, { epoch, at, body: { values } }), recorded: { values, events } }];
    await app.get(IntakeStore).commit(batchOf({ inputs }));
  }

  private async homeId(): Promise<string> {
    const [home] = await this.leaver.call('homes');
    return home?.id ?? '';
  }
}

async function signUp({ url }: TestGateway, mail: string, name: string): Promise<TestCaller> {
  const body = { email: `${mail}@example.org`, password, name };
  const { token } = await new TestCaller(url).call('signUp', { body, query: { token: 'true' } });
  return new TestCaller(url, token);
}

const tokenOf = (url: string): string => url.split('/').at(-1) ?? '';
