// An hour in which providers do what they like and the gateway crashes: everybody is told as was promised all the same.
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { type Product, productSchema } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import type { Device } from '#domain/devices';
import { Chance } from '#domain/notices';
import {
  bind,
  contactOf,
  devicesOf,
  endpointOf,
  someone,
} from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { minute, Process, second, start } from './stage.contract.js';
import { brokenPromises, type ToldHistory } from './told-history.fixture.js';
import { UnrulyChannels } from './unruly-channels.fixture.js';

/** Ten alarms each; more with `CHAOS_DEVICES`. */
const deviceCount = Number(process.env.CHAOS_DEVICES ?? 30);
const seed = Number(process.env.CHAOS_SEED ?? 4711);
const peopleCount = Math.max(12, Math.ceil(deviceCount / 10));
const stepMs = 10 * second;
const hourMs = 60 * minute;
const crashesAt = [11 * minute, 27 * minute, 44 * minute];

const text = { zh: '探测器', en: 'Detector' };
const bits = Array.from({ length: 10 }, (_, i) => `smoke${i}.alarm`);
/** A smoke alarm a bit; each told again once. */
const product: Product = productSchema.parse({
  id: 'chaos',
  name: text,
  icon: 'gas',
  readings: [],
  bits: bits.map(name => ({ name, label: text, on: text, off: text })),
  commands: [],
  intervalS: 86_400,
  power: 'mains',
  safetyClass: 'L',
  bindingPolicy: 'button',
  rules: bits.map((bit, i) => ({ id: `smoke${i}`, kind: 'smoke', bit, repeatAfterS: [300, 86_400] })),
  page: { about: text },
});

describe('an hour of chaos', () => {
  let stores: Stores;

  afterEach(() => stores.close());

  it(`keeps every promise about ${deviceCount * bits.length} alarms`, async () => {
    stores = await openTemporarySqlite();
    const hour = await Hour.prepare(stores, seededChance(seed));
    await hour.live();
    const history = await hour.history();
    expect(history.alarms).toHaveLength(deviceCount * bits.length);
    expect(history.alarms.filter(({ acknowledgedAt }) => acknowledgedAt === null).length).toBeGreaterThan(0);
    // The chaos has taken place: there were duplicates, dead ends, and steps of an escalation.
    expect(history.taken.length).toBeGreaterThan(new Set(history.taken.map(({ id }) => id)).size);
    expect(history.deliveries.some(({ state }) => state === 'refused')).toBe(true);
    expect(brokenPromises(history)).toEqual([]);
  }, 1_800_000);
});

class Hour {
  private readonly clock = new ManualClock(start);
  private readonly channels: UnrulyChannels;
  private process: Process;
  /** What happens at which step. */
  private readonly plan = new Map<number, (() => Promise<unknown>)[]>();
  private readonly owed = new Map<string, { accountIds: string[]; endpointIds: string[] }>();
  private seq = 0;

  private constructor(
    private readonly stores: Stores,
    private readonly chance: () => number,
    private readonly devices: readonly { readonly device: Device; readonly owner: Account }[],
    private readonly firstChannels: ReadonlyMap<string, string[]>,
  ) {
    this.channels = new UnrulyChannels(chance);
    this.process = this.born();
  }

  static async prepare(stores: Stores, chance: () => number): Promise<Hour> {
    await stores.products.put(product);
    const people = [];
    const firstChannels = new Map<string, string[]>();
    for (let i = 0; i < peopleCount; i++) {
      const person = await someone(stores, `person-${i}`);
      people.push(person);
      const endpoints = (['web-push', 'webhook', 'mail'] as const).map(channel =>
        endpointOf(person.account.id, { channel }),
      );
      for (const endpoint of endpoints) await stores.endpoints.insert(endpoint);
      firstChannels.set(
        person.account.id,
        endpoints.filter(({ channel }) => channel !== 'mail').map(({ id }) => id),
      );
      const contact = contactOf(person.home.id);
      const reached = endpointOf(person.account.id, {
        accountId: null,
        contactId: contact.id,
        channel: 'mail',
      });
      if (i % 3 === 0) await stores.contacts.insert(contact, reached);
    }
    const devices = await devicesOf(stores, product, deviceCount);
    const owned = [];
    for (const [i, device] of devices.entries()) {
      const person = people[i % people.length];
      if (person === undefined) continue;
      await bind(stores, device.id, person.account, person.home);
      owned.push({ device, owner: person.account });
    }
    return new Hour(stores, chance, owned, firstChannels);
  }

  async live(): Promise<void> {
    await this.process.intake.start();
    for (const { device, owner } of this.devices)
      for (const bit of bits) this.at(this.chance() * hourMs, () => this.raise(device, owner, bit));
    for (const crash of crashesAt) this.at(crash, () => this.crash());
    await this.pass(hourMs, stepMs);
    this.channels.isUnruly = false;
    // Whoever is to be given up is given up within an hour and a half.
    await this.pass(150 * minute, minute);
  }

  async history(): Promise<ToldHistory> {
    const alarms = await this.stores.alarms.latest(100_000);
    const people = new Set(this.devices.map(({ owner }) => owner.id));
    const notices = await Promise.all([...people].map(id => this.stores.notices.after(id, 0, 1_000_000)));
    const deliveries = [];
    for (const { id } of alarms)
      for (const accountId of this.owed.get(id)?.accountIds ?? [])
        deliveries.push(...(await this.stores.outbox.ofAlarm(accountId, id)));
    return { alarms, owed: this.owed, notices: notices.flat(), deliveries, taken: this.channels.taken };
  }

  private born(): Process {
    const { chance } = this;
    const dice = new (class extends Chance {
      override next(): number {
        return chance();
      }
    })();
    return new Process(this.stores, this.clock, this.channels, dice);
  }

  private at(ms: number, act: () => Promise<unknown>): void {
    const step = Math.floor((this.clock.now() - start + ms) / stepMs);
    this.plan.set(step, [...(this.plan.get(step) ?? []), act]);
  }

  private async pass(ms: number, byMs: number): Promise<void> {
    for (const until = this.clock.now() + ms; this.clock.now() < until; ) {
      const from = Math.floor((this.clock.now() - start) / stepMs);
      this.clock.advance(byMs);
      const to = Math.floor((this.clock.now() - start) / stepMs);
      const due = Array.from({ length: to - from }, (_, i) => this.plan.get(from + i) ?? []).flat();
      await Promise.all(due.map(act => act()));
      await this.process.intake.tick();
      await this.quiet();
      this.channels.giveUp();
      await this.quiet();
    }
  }

  /** Nothing moves any more but what hangs. */
  private async quiet(): Promise<void> {
    await this.process.dispatcher.run();
    while (this.process.dispatcher.underWayNow > this.channels.open) await new Promise(setImmediate);
    await this.process.dispatcher.run();
  }

  private say(device: Device, bit: string, on: boolean): Promise<unknown> {
    const body = { boot: 1, seq: ++this.seq, values: {}, bits: { [bit]: on } };
    const message = { kind: 'telemetry', body } as const;
    return this.process.intake.receive({ deviceId: device.id, message, receivedAt: this.clock.now() });
  }

  private async raise(device: Device, owner: Account, bit: string): Promise<void> {
    await this.say(device, bit, true);
    const alarm = (await this.stores.alarms.ofDevice(device.id, 1, 100)).find(
      ({ rule }) => `${rule}.alarm` === bit,
    );
    if (alarm === undefined) throw new Error(`${bit} raised nothing`);
    this.owed.set(alarm.id, {
      accountIds: [owner.id],
      endpointIds: this.firstChannels.get(owner.id) ?? [],
    });
    if (this.chance() < 0.3) return;
    const seenAfter = 5 * second + this.chance() * 5 * minute;
    this.at(seenAfter, () => this.process.intake.acknowledge(alarm.id, owner));
    for (let after = 1; after < 10; after++)
      this.at(seenAfter + after * minute, () => this.say(device, bit, false));
    this.at(seenAfter + 10 * minute, () => this.process.intake.reset(alarm.id, owner));
  }

  /** In the middle of sending: what was taken then is not known to have been. */
  private async crash(): Promise<void> {
    this.channels.isCrashing = true;
    await this.process.intake.tick();
    await this.process.dispatcher.run();
    // It begins nothing more, and hears no answer: all that it had in hand is lost.
    void this.process.dispatcher.stop();
    this.channels.isCrashing = false;
    this.channels.process++;
    this.process = this.born();
    await this.process.intake.start();
  }
}

/** mulberry32: the same hour every time. */
function seededChance(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
