// Stores with a fault each, which the model must find: what they write is not what was decided.
import type { CommitResult, IntakeBatch, IntakeStore } from '#domain/intake';
import { rebind } from '../../adapters/storage/contracts/samples.contract.js';
import type { Binding, BindingChange } from './binding.js';
import type { WritingStores } from './stored-line.fixture.js';

type Spoil = (change: BindingChange, stored: Binding) => BindingChange | 'lose';

class FaultyStore implements Pick<IntakeStore, 'commit'> {
  constructor(
    private readonly real: WritingStores,
    private readonly spoil: Spoil,
  ) {}

  async commit({ bindings: [change] }: IntakeBatch): Promise<CommitResult> {
    for (;;) {
      const stored = change && (await this.real.bindings.byDevice(change.next.deviceId));
      const spoilt = stored ? this.spoil(change, stored) : 'lose';
      if (spoilt === 'lose') return done;
      if (await rebind(this.real, spoilt.next, spoilt.ledger)) return done;
      // Whoever was overtaken writes all the same, where the fault is that nothing is compared.
      if (this.spoil !== faults[uncompared]) return { ok: false, stale: [spoilt.next.deviceId] };
    }
  }
}

const done: CommitResult = { ok: true, notices: [] };

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

export const faultyStore = (real: WritingStores, name: string): Pick<IntakeStore, 'commit'> =>
  new FaultyStore(real, faults[name] ?? (change => change));
