// Erasures by TypeORM: slice by slice in turns like everybody's, each counted in the transaction that takes it.
import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import type { ErasedCounts, ErasureCertificate } from '#codecs/api';
import { byGateway } from '#domain/accounts';
import { type LedgerRow, ledgerRow } from '#domain/binding';
import { type Erasure, ErasureStore, type PastPeriod } from '#domain/erasure';
import type { Database } from './database.js';
import { ErasureEntity, entitiesOf, LedgerRowEntity } from './entities/index.js';
import { blankInputs, type InputWindow, windowsOf } from './erasure-inputs.js';
import { noteLine } from './erasure-lines.js';
import { type ErasedKind, type Most, partsOn, type Taken } from './erasure-parts.js';
import { beginnings } from './personal-devices.js';
import { isEnded, SliceSizes, sliceOf } from './slices.js';

export class TypeormErasureStore extends ErasureStore {
  /** @param inputsOf the numbers of rows within a window, found without keeping anybody from writing */
  constructor(
    private readonly database: Database,
    private readonly inputsOf: (window: InputWindow) => Promise<number[]>,
  ) {
    super();
  }

  async pastOf(accountId: string): Promise<PastPeriod[]> {
    const began = await this.database.read(manager =>
      manager.find(LedgerRowEntity, { where: { accountId, what: In(beginnings) }, order: { id: 'DESC' } }),
    );
    const periods: PastPeriod[] = [];
    for (const row of began) periods.push(...(await this.#ended(accountId, row)));
    return periods;
  }

  async period(accountId: string, deviceId: string, epoch: number): Promise<PastPeriod | null> {
    const began = await this.database.read(manager =>
      manager.findOneBy(LedgerRowEntity, { accountId, deviceId, epoch, what: In(beginnings) }),
    );
    const [period = null] = began ? await this.#ended(accountId, began) : [];
    return period;
  }

  /** The next epoch's first line is its end. */
  async #ended(accountId: string, { deviceId, epoch, at: from }: LedgerRow): Promise<PastPeriod[]> {
    const next = await this.database.read(manager =>
      manager.findOne(LedgerRowEntity, {
        where: { deviceId, epoch: MoreThan(epoch) },
        order: { id: 'ASC' },
      }),
    );
    return next === null ? [] : [{ deviceId, epoch, accountId, from, to: next.at }];
  }

  ofPerson(accountId: string): Promise<Erasure[]> {
    return this.database.read(manager => manager.findBy(ErasureEntity, { accountId }));
  }

  byPeriod(deviceId: string, epoch: number): Promise<Erasure | null> {
    return this.database.read(manager => manager.findOneBy(ErasureEntity, { deviceId, epoch }));
  }

  async ask(line: LedgerRow): Promise<void> {
    await this.database.write(manager => noteLine(manager, this.database.dialect, line));
  }

  unfinished(): Promise<Erasure[]> {
    return this.database.read(manager =>
      manager.find(ErasureEntity, { where: { erasedAt: IsNull() }, order: { askedAt: 'ASC' } }),
    );
  }

  async erase(period: PastPeriod, signal: AbortSignal): Promise<boolean> {
    const sizes = new SliceSizes<ErasedKind>();
    for (const part of partsOn(this.database.dialect))
      while (isSome(await this.#slice(period, sizes, (manager, most) => part(manager, period, most))))
        if (await isEnded(signal)) return false;
    if (!(await this.#blankInputs(period, sizes, signal))) return false;
    await this.database.emptyLog();
    return true;
  }

  async #blankInputs(
    period: PastPeriod,
    sizes: SliceSizes<ErasedKind>,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (const window of windowsOf(period, await this.#log())) {
      const ids = await this.inputsOf(window);
      while (ids.length > 0) {
        const some = ids.splice(0, sizes.of('inputs'));
        await this.#slice(period, sizes, async manager => ({
          inputs: await blankInputs(manager, this.database.dialect, some),
        }));
        if (await isEnded(signal)) return false;
      }
      if (signal.aborted) return false;
    }
    return true;
  }

  async #log(): Promise<{ first: number; last: number }> {
    const { inputs } = entitiesOf(this.database.dialect);
    return this.database.read(async manager => {
      const [first, last] = [await manager.minimum(inputs, 'id'), await manager.maximum(inputs, 'id')];
      return { first: Number(first ?? 1), last: Number(last ?? 0) };
    });
  }

  async #slice(
    period: PastPeriod,
    sizes: SliceSizes<ErasedKind>,
    take: (manager: EntityManager, most: Most) => Promise<Taken>,
  ): Promise<Taken> {
    const { taken, tookMs } = await sliceOf(this.database, async manager => {
      const some = await take(manager, kind => sizes.of(kind));
      if (isSome(some)) await count(manager, period, some);
      return some;
    });
    for (const [kind, rows] of Object.entries(taken) as [ErasedKind, number][])
      sizes.took(kind, rows, tookMs);
    return taken;
  }

  async countPicture(period: PastPeriod): Promise<void> {
    await this.database.write(async manager => {
      const erasure = await manager.findOneByOrFail(ErasureEntity, keyOf(period));
      const erased = { ...erasure.erased, pictures: 1 };
      await manager.update(ErasureEntity, keyOf(period), { erased });
    });
  }

  async finish(period: PastPeriod, at: number, certificate: ErasureCertificate): Promise<void> {
    const { deviceId, epoch } = period;
    const line = ledgerRow(byGateway, { deviceId, epoch, at, what: 'erased' });
    await this.database.write(async manager => {
      const open = { ...keyOf(period), erasedAt: IsNull() };
      const { affected } = await manager.update(ErasureEntity, open, { erasedAt: at, certificate });
      if (affected === 1) await noteLine(manager, this.database.dialect, line);
    });
  }
}

async function count(manager: EntityManager, period: PastPeriod, taken: Taken): Promise<void> {
  const { erased } = await manager.findOneByOrFail(ErasureEntity, keyOf(period));
  const sums: ErasedCounts = { ...erased };
  for (const [kind, rows] of Object.entries(taken) as [keyof ErasedCounts, number][]) sums[kind] += rows;
  await manager.update(ErasureEntity, keyOf(period), { erased: sums });
}

const keyOf = ({ deviceId, epoch }: PastPeriod) => ({ deviceId, epoch });

const isSome = (taken: Taken): boolean => Object.keys(taken).length > 0;
