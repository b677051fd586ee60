// Farewells by TypeORM: each step is one transaction, and counts in it what it takes.
import { type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import { type FarewellCertificate, type RemovedCounts, removedKinds } from '#codecs/api';
import type { OperatorAct } from '#domain/accounts';
import { type Beginning, type Farewell, FarewellStore } from '#domain/farewell';
import type { Database } from './database.js';
import {
  AccountEntity,
  BindingEntity,
  FarewellEntity,
  HomeEntity,
  NoticeEntity,
  OperatorActEntity,
} from './entities/index.js';
import { emptyAccount, type Removed, removePerson, shutAccount } from './leaving-accounts.js';
import { type Mention, mentionsAfter, ownNotices } from './leaving-messages.js';
import { locked } from './locked.js';
import { isEnded, SliceSizes, sliceOf } from './slices.js';
import { isLastOperator, operatorsTurn } from './typeorm-operator.store.js';

export class TypeormFarewellStore extends FarewellStore {
  constructor(private readonly database: Database) {
    super();
  }

  begin(farewell: Farewell): Promise<Beginning> {
    const { accountId } = farewell;
    return this.database.erase(async manager => {
      await operatorsTurn(this.database, manager);
      const account = await manager.findOneBy(AccountEntity, { id: accountId });
      if (account === null || (await manager.existsBy(FarewellEntity, { accountId })))
        return { ok: false, because: 'gone' };
      if (await isLastOperator(manager, accountId)) return { ok: false, because: 'last-operator' };
      await manager.insert(FarewellEntity, { ...farewell });
      if (account.role === 'operator') await manager.insert(OperatorActEntity, departureOf(farewell));
      const { sessions, removed } = await shutAccount(manager, accountId);
      await count(manager, accountId, removed);
      return { ok: true, sessions };
    });
  }

  byAccount(accountId: string): Promise<Farewell | null> {
    return this.database.read(manager => manager.findOneBy(FarewellEntity, { accountId }));
  }

  byToken(tokenHash: string): Promise<Farewell | null> {
    return this.database.read(manager => manager.findOneBy(FarewellEntity, { tokenHash }));
  }

  unfinished(): Promise<Farewell[]> {
    return this.database.read(manager =>
      manager.find(FarewellEntity, { where: { certificate: IsNull() }, order: { askedAt: 'ASC' } }),
    );
  }

  async sweep(accountId: string, signal: AbortSignal): Promise<boolean> {
    const sizes = new SliceSizes<'notices' | 'mentions'>();
    while (await this.#takeNotices(accountId, sizes)) if (await isEnded(signal)) return false;
    const account = await this.database.read(manager => manager.findOneBy(AccountEntity, { id: accountId }));
    if (account === null) return true;
    let last: Mention | null = { id: '' };
    while (last !== null) {
      const after: Mention = last;
      const { taken, tookMs } = await sliceOf(this.database, manager =>
        mentionsAfter(manager, after, account.name, sizes.of('mentions')),
      );
      sizes.took('mentions', taken.count, tookMs);
      last = taken.last;
      if (last !== null && (await isEnded(signal))) return false;
    }
    return true;
  }

  async remove(accountId: string, at: number): Promise<boolean> {
    const isGone = await this.database.erase(async manager => {
      // Whoever would bring a device into one of them waits for this.
      const where = { ownerId: accountId };
      const homes = await manager.find(HomeEntity, { where, ...locked(this.database, 'pessimistic_write') });
      if (await manager.existsBy(BindingEntity, where)) return false;
      if (await manager.existsBy(NoticeEntity, { accountId })) return false;
      const removed = await emptyAccount(
        manager,
        homes.map(({ id }) => id),
      );
      await removePerson(manager, accountId);
      await count(manager, accountId, removed);
      await manager.update(FarewellEntity, { accountId }, { removedAt: at });
      return true;
    });
    if (isGone) await this.database.emptyLog();
    return isGone;
  }

  async finish(accountId: string, certificate: FarewellCertificate): Promise<void> {
    const open = { accountId, certificate: IsNull() };
    await this.database.write(manager => manager.update(FarewellEntity, open, { certificate }));
  }

  async prune(at: number): Promise<void> {
    const over = { removedAt: LessThan(at), certificate: Not(IsNull()) };
    await this.database.write(manager => manager.delete(FarewellEntity, over));
  }

  /** @returns false when there was none left */
  async #takeNotices(accountId: string, sizes: SliceSizes<'notices' | 'mentions'>): Promise<boolean> {
    const { taken, tookMs } = await sliceOf(this.database, async manager => {
      const removed = await ownNotices(manager, this.database.dialect, accountId, sizes.of('notices'));
      if (removed !== null) await count(manager, accountId, removed);
      return removed;
    });
    if (taken === null) return false;
    sizes.took('notices', Math.max(taken.notices ?? 0, taken.receipts ?? 0), tookMs);
    return true;
  }
}

/** Of an operator who leaves the gateway altogether. */
function departureOf({ accountId, askedAt: at, via }: Farewell): OperatorAct {
  return { at, what: 'left', accountId, concernsId: null, via, address: null };
}

async function count(manager: EntityManager, accountId: string, more: Removed): Promise<void> {
  const { removed } = await manager.findOneByOrFail(FarewellEntity, { accountId });
  const sums = removedKinds.map(kind => [kind, removed[kind] + (more[kind] ?? 0)]);
  await manager.update(FarewellEntity, { accountId }, { removed: Object.fromEntries(sums) as RemovedCounts });
}
