// Where a device stands: one of the owner's homes, and a room in it or none.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { homesQuery } from '../../gateway/queries.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';

export function Place({ device }: { device: DeviceView }) {
  const { t } = useTranslation();
  const id = useId();
  const cache = useQueryClient();
  const { data: homes = [] } = useQuery(homesQuery);
  const put = useMutation({
    mutationFn: (place: string) => {
      const [homeId = '', roomId = ''] = place.split(' ');
      return call('placeDevice', {
        params: { deviceId: device.id },
        body: { homeId, roomId: roomId === '' ? null : roomId },
      });
    },
    onSuccess: () => applyLiveEvent(cache, { name: 'devices' }),
  });
  const own = homes.filter(({ standing }) => standing.as === 'owner');
  if (own.length < 2 && own.every(({ rooms }) => rooms.length === 0)) return null;
  const present = placeOf(device.homeId ?? '', device.roomId);
  return (
    <Section title={t('sharing.place')}>
      <div className="field terms">
        <label htmlFor={id}>{t('sharing.placeLabel')}</label>
        <select
          id={id}
          value={put.isPending ? put.variables : present}
          onChange={({ target }) => put.mutate(target.value)}
        >
          {own.map(home => (
            <optgroup key={home.id} label={home.name}>
              <option value={placeOf(home.id, null)}>{t('sharing.noRoom', { home: home.name })}</option>
              {home.rooms.map(room => (
                <option key={room.id} value={placeOf(home.id, room.id)}>
                  {room.name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      <FailureNote fault={put.error} />
    </Section>
  );
}

const placeOf = (homeId: string, roomId: string | null) => `${homeId} ${roomId ?? ''}`;
