// Plans of modes by TypeORM.
import { In, MoreThanOrEqual } from 'typeorm';
import { type Home, type ModeChangeRow, type ModePlan, ModePlanStore } from '#domain/homes';
import { inChunks } from './chunks.js';
import type { Database } from './database.js';
import { HomeEntity, ModeChangeEntity, ModePlanEntity } from './entities/index.js';

export class TypeormModePlanStore extends ModePlanStore {
  constructor(private readonly database: Database) {
    super();
  }

  ofHome(homeId: string): Promise<ModePlan | null> {
    return this.database.read(manager => manager.findOneBy(ModePlanEntity, { homeId }));
  }

  async put(plan: ModePlan): Promise<void> {
    await this.database.write(manager => manager.upsert(ModePlanEntity, plan, ['homeId']));
  }

  async all(): Promise<{ plan: ModePlan; home: Home }[]> {
    const plans = await this.database.read(manager => manager.find(ModePlanEntity));
    const homes: Home[] = [];
    for (const some of inChunks(plans.map(({ homeId }) => homeId)))
      homes.push(...(await this.database.read(manager => manager.findBy(HomeEntity, { id: In(some) }))));
    const byId = new Map(homes.map(home => [home.id, home]));
    return plans.flatMap(plan => {
      const home = byId.get(plan.homeId);
      return home ? [{ plan, home }] : [];
    });
  }

  async changes(homeId: string, since: number, limit: number): Promise<ModeChangeRow[]> {
    const newest = await this.database.read(manager =>
      manager.find(ModeChangeEntity, {
        where: { homeId, since: MoreThanOrEqual(since) },
        order: { since: 'DESC' },
        take: limit,
      }),
    );
    return newest.reverse();
  }
}
