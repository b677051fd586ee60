// Stores with a fault each, which the model must find: what they write is not what was decided.
import type { Binding, BindingChange } from './binding.js';
import { BindingStore } from './binding.store.js';
import type { LedgerRow } from './ledger.js';

type Spoil = (change: BindingChange, stored: Binding) => BindingChange | 'lose';

class FaultyStore extends BindingStore {
  constructor(
    private readonly real: BindingStore,
    private readonly spoil: Spoil,
  ) {
    super();
  }

  async compareAndSet(change: BindingChange): Promise<boolean> {
    for (;;) {
      const stored = await this.real.byDevice(change.next.deviceId);
      const spoilt = stored && this.spoil(change, stored);
      if (spoilt === 'lose' || spoilt === null) return true;
      if (await this.real.compareAndSet(spoilt)) return true;
      // Whoever was overtaken writes all the same, where the fault is that nothing is compared.
      if (this.spoil !== faults[uncompared]) return false;
    }
  }

  byDevice = (id: string) => this.real.byDevice(id);
  byDevices = (ids: readonly string[]) => this.real.byDevices(ids);
  ofOwner = (id: string) => this.real.ofOwner(id);
  inHome = (id: string) => this.real.inHome(id);
  recovering = () => this.real.recovering();
  note = (row: LedgerRow) => this.real.note(row);
  ledger = (id: string, limit: number) => this.real.ledger(id, limit);
}

const writing =
  (news: (next: Binding, stored: Binding) => Partial<Binding>): Spoil =>
  ({ next, ledger }, stored) => ({ ledger, next: { ...next, ...news(next, stored) } });

const isLoss = (next: Binding, stored: Binding) => stored.ownerId !== null && next.ownerId === null;

const uncompared = 'does not compare before it sets';

export const faults: Readonly<Record<string, Spoil>> = {
  [uncompared]: writing((_, stored) => ({ version: stored.version + 1 })),
  'keeps the owner of what was released': writing((next, stored) =>
    isLoss(next, stored) ? { ownerId: stored.ownerId, homeId: stored.homeId } : {},
  ),
  'does not raise the epoch': writing((_, stored) => ({ epoch: stored.epoch })),
  'keeps a nonce that was used': writing((next, stored) =>
    stored.windowNonceHash !== null && next.pending !== null
      ? { windowNonceHash: stored.windowNonceHash, windowUntil: stored.windowUntil }
      : {},
  ),
  'keeps an offer that was taken': writing((next, stored) =>
    next.epoch === stored.epoch ? {} : { offer: stored.offer },
  ),
  'forgets that a device is locked': writing(next => (next.state === 'locked' ? { state: 'bound' } : {})),
  'leaves no line in the ledger': ({ next }) => ({ next, ledger: [] }),
  'writes nothing and says that it did': () => 'lose',
};

export const faultyStore = (real: BindingStore, name: string): BindingStore =>
  new FaultyStore(real, faults[name] ?? (change => change));
