// Alarms by TypeORM; they are written by the intake's commit alone.
import type { SelectQueryBuilder } from 'typeorm';
import { type Alarm, AlarmStore } from '#domain/alarms';
import type { Database } from './database.js';
import { AlarmEntity, BindingEntity } from './entities/index.js';

type Query = SelectQueryBuilder<Alarm>;

export class TypeormAlarmStore extends AlarmStore {
  constructor(private readonly database: Database) {
    super();
  }

  byId(id: string): Promise<Alarm | null> {
    return this.database.read(manager => manager.findOneBy(AlarmEntity, { id }));
  }

  ofPerson(ownerId: string, sharedDeviceIds: readonly string[], limit: number): Promise<Alarm[]> {
    const whose =
      sharedDeviceIds.length === 0
        ? 'binding.ownerId = :ownerId'
        : '(binding.ownerId = :ownerId OR binding.deviceId IN (:...sharedDeviceIds))';
    return this.#openThenNewest(limit, query =>
      query.innerJoin(
        BindingEntity.options.name,
        'binding',
        `binding.deviceId = alarm.deviceId AND binding.epoch = alarm.epoch AND binding.state = 'bound' AND ${whose}`,
        { ownerId, sharedDeviceIds },
      ),
    );
  }

  latest(limit: number): Promise<Alarm[]> {
    return this.#openThenNewest(limit, query => query);
  }

  ofDevice(deviceId: string, epoch: number, limit: number): Promise<Alarm[]> {
    return this.#openThenNewest(limit, query =>
      query.andWhere('alarm.deviceId = :deviceId AND alarm.epoch = :epoch', { deviceId, epoch }),
    );
  }

  /** Two queries, each with an index: one ordered by "is it open" would sort every alarm there ever was. */
  async #openThenNewest(limit: number, among: (query: Query) => Query): Promise<Alarm[]> {
    const newest = (which: string, most: number): Promise<Alarm[]> =>
      this.database.read(manager =>
        among(manager.createQueryBuilder(AlarmEntity, 'alarm').where(which))
          .orderBy('alarm.raisedAt', 'DESC')
          .addOrderBy('alarm.id', 'DESC')
          .limit(most)
          .getMany(),
      );
    const open = await newest('alarm.clearedAt IS NULL', limit);
    if (open.length === limit) return open;
    return [...open, ...(await newest('alarm.clearedAt IS NOT NULL', limit - open.length))];
  }
}
