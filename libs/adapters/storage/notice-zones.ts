// By which clocks a notice tells its times: those of the home in which its device stands.
import { type EntityManager, In } from 'typeorm';
import type { Notice } from '#domain/notices';
import { BindingEntity, HomeEntity } from './entities/index.js';

/** The time zone for each notice's id; none for a device without a home, or that has become another person's since. */
export async function zonesOf(
  manager: EntityManager,
  notices: readonly Notice[],
): Promise<ReadonlyMap<string, string>> {
  const deviceIds = [...new Set(notices.map(({ deviceId }) => deviceId))];
  const bindings = await manager.findBy(BindingEntity, { deviceId: In(deviceIds) });
  const homeIds = bindings.flatMap(({ homeId }) => homeId ?? []);
  const homes = await manager.findBy(HomeEntity, { id: In(homeIds) });
  const zones = new Map(homes.map(({ id, timeZone }) => [id, timeZone]));
  return new Map(
    notices.flatMap(({ id, deviceId, epoch }): [string, string][] => {
      const binding = bindings.find(each => each.deviceId === deviceId && each.epoch === epoch);
      const zone = zones.get(binding?.homeId ?? '');
      return zone === undefined ? [] : [[id, zone]];
    }),
  );
}
