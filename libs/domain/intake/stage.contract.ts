// A gateway's heart on a real store, put together by hand, with devices that speak and people who act.
import type { Stores } from '#adapters/storage';
import { type Product, productSchema } from '#codecs/api';
import type { UpwardMessage } from '#codecs/wire';
import { type Account, type Actor, hashToken } from '#domain/accounts';
import type { Alarm } from '#domain/alarms';
import { type BindingLine, type Bindings, Onlookers, windowMs } from '#domain/binding';
import { ManualClock } from '#domain/clock';
import { type Device, Products, type Tickets } from '#domain/devices';
import type { Home } from '#domain/homes';
import { Chance, type Channels, Dispatcher, type Notice } from '#domain/notices';
import { Places, Rights } from '#domain/sharing';
import { devicesOf, someone } from '../../adapters/storage/contracts/samples.contract.js';
import { BindingRoom } from '../binding/binding-room.fixture.js';
import { Aftermath } from './aftermath.js';
import { BindingChanges } from './binding-changes.js';
import { MemberChanges } from './changes-elsewhere.js';
import { Destinations } from './destinations.js';
import type { Taken } from './entry.js';
import { FileRoom } from './file-room.js';
import { Intake } from './intake.js';
import { Listening } from './listening.js';
import { Matters } from './matters.js';
import { FileProductChanges } from './product-changes.js';
import { Recipients } from './recipients.js';
import { GatedStore, NoChannels, RecordedFeed, RecordedLink } from './recorders.fixture.js';
import { Views } from './views.js';
import { Watches } from './watches.js';

export const start = 1_763_700_000_000;
export const second = 1000;
export const minute = 60 * second;

const text = { zh: '探测器', en: 'Detector' };
const bit = (name: string) => ({ name, label: text, on: text, off: text });

/** Everything that rules can bind to, in one device. */
export const detector: Product = productSchema.parse({
  id: 'detector',
  name: text,
  icon: 'gas',
  readings: [{ name: 'gas.lel', label: text, unit: '%LEL', min: 0, max: 100 }],
  bits: [bit('gas.alarm'), bit('door.open')],
  commands: [],
  intervalS: 60,
  power: 'mains',
  safetyClass: 'L',
  bindingPolicy: 'button',
  rules: [
    { id: 'leak', kind: 'gas', reading: 'gas.lel', bit: 'gas.alarm' },
    { id: 'door', kind: 'left-open', bit: 'door.open' },
    { id: 'thief', kind: 'intrusion', bit: 'door.open' },
    { id: 'silent', kind: 'silence' },
  ],
  page: { about: text },
});

/** A process: all that lives in memory between a start and an end of the gateway. */
export class Process {
  readonly store: GatedStore;
  readonly files: FileRoom;
  readonly feed = new RecordedFeed();
  readonly link = new RecordedLink();
  readonly onlookers: Onlookers;
  readonly listening: Listening;
  readonly rights: Rights;
  readonly views: Views;
  readonly intake: Intake;
  readonly matters: Matters;
  /** Where people scan, bind and give away. */
  readonly room: BindingRoom<BindingLine>;
  readonly bindings: Bindings;
  readonly places: Places;
  readonly tickets: Tickets;
  readonly products: Products;

  readonly dispatcher: Dispatcher;

  constructor(
    stores: Stores,
    clock: ManualClock,
    channels: Channels = new NoChannels(),
    chance = new Chance(),
  ) {
    this.store = new GatedStore(stores.intake);
    const files = new FileRoom(this.store);
    this.files = files;
    const listening = new Listening(clock);
    this.listening = listening;
    this.rights = new Rights(stores.sharing, stores.bindings, stores.homes, clock);
    this.onlookers = new Onlookers(clock);
    const views = new Views(
      files,
      stores.bindings,
      stores.devices,
      stores.alarms,
      stores.accounts,
      stores.contacts,
      this.rights,
      listening,
      clock,
    );
    this.views = views;
    this.dispatcher = new Dispatcher(stores.outbox, channels, clock, chance);
    const aftermath = new Aftermath(
      this.feed,
      this.dispatcher,
      this.link,
      this.onlookers,
      views,
      new Watches(clock),
      clock,
    );
    this.intake = new Intake(
      this.store,
      files,
      stores.alarms,
      this.rights,
      aftermath,
      views,
      listening,
      clock,
    );
    this.products = new Products(stores.products, stores.devices, new FileProductChanges(files), clock);
    const recipients = new Recipients(stores.endpoints, stores.preferences);
    this.matters = new Matters(this.intake, recipients, clock);
    const { homes, bindings, sharing, endpoints, rooms } = stores;
    const destinations = new Destinations(homes, bindings, sharing, endpoints, recipients, clock);
    const line = new BindingChanges(this.intake, bindings, recipients, destinations, this.matters);
    this.places = new Places(
      homes,
      rooms,
      bindings,
      line,
      sharing,
      new MemberChanges(files, aftermath),
      clock,
    );
    this.room = new BindingRoom(stores, clock, line, this.onlookers);
    ({ bindings: this.bindings, tickets: this.tickets } = this.room);
  }
}

export class Stage {
  readonly clock = new ManualClock(start);
  process: Process;

  private constructor(
    readonly stores: Stores,
    readonly owner: Actor,
    readonly home: Home,
  ) {
    this.process = new Process(stores, this.clock);
  }

  static async open(stores: Stores): Promise<Stage> {
    await stores.products.put(detector);
    const { account, home } = await someone(stores);
    return new Stage(stores, account, home);
  }

  get intake(): Intake {
    return this.process.intake;
  }

  /** The process ends without a word, and another one starts on the same store. */
  async restart(channels?: Channels): Promise<void> {
    this.process = new Process(this.stores, this.clock, channels);
    await this.intake.start();
  }

  async device(product = detector, parentId: string | null = null): Promise<Device> {
    const [device] = await devicesOf(this.stores, product, 1, device => ({
      ...device,
      parentId,
      secretHash: hashToken(`${device.batch}`),
    }));
    if (device === undefined) throw new Error('no device was made');
    return device;
  }

  /** A device in the hands of the stage's owner, bound by its button. */
  async boundDevice(owner = this.owner): Promise<Device> {
    const device = await this.device();
    await this.bind(device, owner);
    return device;
  }

  async bind(device: Device, owner = this.owner): Promise<void> {
    const { bindings, tickets } = this.process;
    await this.event(device, 'button');
    const { url } = tickets.of(device);
    const { nonce } = await bindings.claim(url, owner, { by: 'button' }, '192.0.2.1');
    await bindings.confirm(url, owner, nonce, 'Kitchen');
  }

  private seq = 0;

  say({ id }: Pick<Device, 'id'>, message: UpwardMessage, receivedAt = this.clock.now()): Promise<Taken> {
    return this.intake.receive({ deviceId: id, message, receivedAt });
  }

  gas(device: Pick<Device, 'id'>, lel: number, stamp: { boot?: number; seq?: number; at?: number } = {}) {
    return this.say(device, {
      kind: 'telemetry',
      body: { boot: 1, seq: ++this.seq, ...stamp, values: { 'gas.lel': lel } },
    });
  }

  door(device: Device, open: boolean): Promise<Taken> {
    return this.say(device, {
      kind: 'telemetry',
      body: { boot: 1, seq: ++this.seq, values: {}, bits: { 'door.open': open } },
    });
  }

  event(device: Device, event: string): Promise<Taken> {
    return this.say(device, { kind: 'event', body: { boot: 1, seq: ++this.seq, event } });
  }

  /** Two samples over the threshold. @returns the alarm that they raise. */
  async leak(device: Device): Promise<Alarm> {
    await Promise.all([this.gas(device, 20), this.gas(device, 20)]);
    const [alarm] = await this.alarms(device);
    if (alarm === undefined) throw new Error('nothing was raised');
    return alarm;
  }

  /** Time passes, and the gateway's clock strikes. */
  async wait(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.intake.tick();
  }

  /** The device reports this every half minute for so long. */
  async keep(device: Device, lel: number, ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 30 * second) {
      this.clock.advance(30 * second);
      await this.gas(device, lel);
    }
  }

  /** Of every epoch, the open ones first. */
  async alarms({ id }: Device): Promise<Alarm[]> {
    return (await this.stores.alarms.latest(1000)).filter(({ deviceId }) => deviceId === id);
  }

  /** What this person was told, oldest first, as step and number. */
  async told({ id }: Account): Promise<string[]> {
    return (await this.notices(id)).map(({ step, number }) => `${step} ${number}`);
  }

  notices(accountId: string): Promise<Notice[]> {
    return this.stores.notices.after(accountId, 0, 1000);
  }
}

/** The stamps that the store has of a device, oldest first. */
export async function storedStamps(stores: Stores, deviceId: string): Promise<number[]> {
  const [file] = await stores.intake.load([deviceId]);
  return (file?.recentStamps ?? []).flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  );
}

export const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

export { windowMs };
