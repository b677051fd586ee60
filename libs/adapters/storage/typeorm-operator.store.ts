// Operators by TypeORM: who they are changes in one order, and each change stands beside the line that tells of it.
import { type EntityManager, In, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import { type Dismissal, type OneTimeLink, type OperatorAct, OperatorStore } from '#domain/accounts';
import type { Database } from './database.js';
import { AccountEntity, FarewellEntity, OneTimeLinkEntity, OperatorActEntity } from './entities/index.js';
import { cancelWithoutOwner } from './lost-rights.js';
import { oneAtATime } from './one-at-a-time.js';

const purpose = 'operator';
const role = 'operator';

export class TypeormOperatorStore extends OperatorStore {
  constructor(private readonly database: Database) {
    super();
  }

  offer(link: OneTimeLink, act: OperatorAct): Promise<void> {
    return this.#change(async manager => {
      await manager.delete(OneTimeLinkEntity, { purpose });
      await manager.insert(OneTimeLinkEntity, link);
      await manager.insert(OperatorActEntity, { ...act });
    });
  }

  offered(now: number): Promise<OneTimeLink | null> {
    return this.database.read(manager =>
      manager.findOneBy(OneTimeLinkEntity, { purpose, expiresAt: MoreThan(now) }),
    );
  }

  withdraw(act: OperatorAct): Promise<boolean> {
    return this.#change(async manager => {
      await manager.delete(OneTimeLinkEntity, { purpose, expiresAt: LessThanOrEqual(act.at) });
      const { affected } = await manager.delete(OneTimeLinkEntity, { purpose });
      if (!affected) return false;
      await manager.insert(OperatorActEntity, { ...act });
      return true;
    });
  }

  appoint(tokenHash: string, accountId: string, act: OperatorAct): Promise<boolean> {
    return this.#change(async manager => {
      const link = { tokenHash, purpose, expiresAt: MoreThan(act.at) } as const;
      if (!(await manager.existsBy(OneTimeLinkEntity, link))) return false;
      // Whoever has asked to leave signs in no more, whatever a call on its way still says.
      if (await manager.existsBy(FarewellEntity, { accountId })) return false;
      const { affected } = await manager.update(AccountEntity, { id: accountId, role: Not(role) }, { role });
      if (affected !== 1) return false;
      await manager.delete(OneTimeLinkEntity, { purpose: In([purpose, 'first-operator']) });
      await manager.insert(OperatorActEntity, { ...act });
      return true;
    });
  }

  dismiss(accountId: string, act: OperatorAct): Promise<Dismissal> {
    return this.#change(async manager => {
      const operators = await manager.findBy(AccountEntity, { role });
      if (!operators.some(({ id }) => id === accountId)) return 'none';
      if (operators.length === 1) return 'last';
      await manager.update(AccountEntity, { id: accountId }, { role: 'resident' });
      await manager.delete(OneTimeLinkEntity, { purpose });
      const others = In(operators.map(({ id }) => id));
      await manager.delete(OneTimeLinkEntity, { purpose: 'sign-in', accountId: others });
      await cancelWithoutOwner(manager, this.database.dialect, accountId, act.at);
      await manager.insert(OperatorActEntity, { ...act });
      return 'dismissed';
    });
  }

  acts(atMost: number): Promise<OperatorAct[]> {
    return this.database.read(async manager => {
      const rows = await manager.find(OperatorActEntity, { order: { id: 'DESC' }, take: atMost });
      return rows.map(({ id: _, ...act }) => act);
    });
  }

  #change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.write(async manager => {
      await operatorsTurn(this.database, manager);
      return work(manager);
    });
  }
}

/** Of two who go at the same moment the second waits here, and then is the last one. */
export function operatorsTurn(database: Database, manager: EntityManager): Promise<void> {
  return oneAtATime(database, manager, 'operators');
}

/** To be asked in the turn. */
export async function isLastOperator(manager: EntityManager, accountId: string): Promise<boolean> {
  const operators = await manager.findBy(AccountEntity, { role });
  return operators.length === 1 && operators[0]?.id === accountId;
}
