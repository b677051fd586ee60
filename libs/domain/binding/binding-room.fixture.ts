// The binding room on a real store: people who scan, and devices whose button is pressed.
import type { Stores } from '#adapters/storage';
import type { MadeDevice, Product } from '#codecs/api';
import { createKeyRing } from '#codecs/ticket';
import { type Actor, Attempts } from '#domain/accounts';
import type { ManualClock } from '#domain/clock';
import { CredentialExports, Manufacture, Tickets } from '#domain/devices';
import { gasSensor } from '../../adapters/storage/contracts/samples.contract.js';
import type { BindingEvent } from './binding-event.js';
import type { BindingLine } from './binding-line.js';
import { Bindings } from './bindings.js';
import { Interventions } from './interventions.js';
import { Onlookers } from './onlookers.js';
import { Possession } from './possession.js';
import { Recoveries } from './recoveries.js';
import { Safekeeping } from './safekeeping.js';
import { Scans } from './scans.js';
import { StoredLine } from './stored-line.fixture.js';
import { Transfers } from './transfers.js';
import { windowMs } from './window.js';

export const start = 1_763_700_000_000;
export const minute = 60_000;
export const ring = createKeyRing(Buffer.alloc(32, 1), new Date(start));
export const keys = { current: () => ring };
export const publicUrl = { href: 'https://gw.example', isChosen: true };
export const address = '192.0.2.1';

export class BindingRoom<L extends BindingLine = StoredLine> {
  readonly tickets: Tickets;
  readonly scans: Scans;
  readonly possession: Possession;
  readonly bindings: Bindings;
  readonly transfers: Transfers;
  readonly recoveries: Recoveries;
  readonly safekeeping: Safekeeping;
  readonly interventions: Interventions;

  static on(stores: Stores, clock: ManualClock): BindingRoom {
    return new BindingRoom(stores, clock, new StoredLine(stores));
  }

  constructor(
    readonly stores: Pick<Stores, 'bindings' | 'products' | 'devices' | 'batches' | 'homes' | 'accounts'>,
    readonly clock: ManualClock,
    readonly line: L,
    readonly onlookers = new Onlookers(clock),
  ) {
    const { bindings, products, devices, homes, accounts } = stores;
    this.tickets = new Tickets(keys, publicUrl, devices);
    this.scans = new Scans(this.tickets, products, bindings, clock);
    const attempts = new Attempts(clock);
    this.possession = new Possession(bindings, keys, attempts, clock);
    this.bindings = new Bindings(
      bindings,
      homes,
      accounts,
      this.scans,
      this.possession,
      line,
      this.onlookers,
      clock,
    );
    this.transfers = new Transfers(bindings, devices, products, homes, line, clock);
    this.recoveries = new Recoveries(bindings, homes, this.scans, this.possession, line, clock);
    this.safekeeping = new Safekeeping(this.scans, attempts, line, clock);
    this.interventions = new Interventions(line, clock);
  }

  /** A device of a product of its own. */
  async made(bindingPolicy: Product['bindingPolicy'] = 'button'): Promise<MadeDevice> {
    const [first] = await this.batch(bindingPolicy, 1);
    if (first === undefined) throw new Error('no device was made');
    return first;
  }

  async batch(bindingPolicy: Product['bindingPolicy'], count = 100): Promise<MadeDevice[]> {
    const { stores, clock } = this;
    const product = { ...gasSensor(), bindingPolicy };
    await stores.products.put(product);
    const exports = new CredentialExports(stores.products, stores.batches, this.tickets, keys, clock);
    const manufacture = new Manufacture(
      stores.products,
      stores.devices,
      stores.batches,
      exports,
      keys,
      publicUrl,
      clock,
    );
    return (await manufacture.makeBatch(product.id, count)).devices;
  }

  /** What the intake does when something is done at the device. */
  async at({ id }: MadeDevice, event: BindingEvent): Promise<void> {
    await this.line.decide(id, event);
  }

  press(device: MadeDevice): Promise<void> {
    const at = this.clock.now();
    return this.at(device, { kind: 'window', at, until: at + windowMs, nonceHash: null });
  }

  claim({ url }: MadeDevice, by: Actor): Promise<{ nonce: string; expiresAt: number }> {
    return this.bindings.claim(url, by, { by: 'button' }, address);
  }

  async bind(device: MadeDevice, by: Actor): Promise<void> {
    await this.press(device);
    const { nonce } = await this.claim(device, by);
    await this.bindings.confirm(device.url, by, nonce, 'Kitchen');
  }
}
