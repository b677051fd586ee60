// The rooms of a home in their order: added, moved up, taken away.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Body, HomeView, RoomView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { Section } from '../../parts/section.js';

type Draft = Body<'putRooms'>['rooms'][number];

export function Rooms({ home }: { home: HomeView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const put = useMutation({
    mutationFn: (rooms: Draft[]) => call('putRooms', { params: { homeId: home.id }, body: { rooms } }),
    onSuccess: () => {
      for (const queryKey of [keys.homes, keys.devices, keys.details])
        void cache.invalidateQueries({ queryKey });
    },
  });
  const { rooms } = home;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate([...rooms, { name: name.trim() }], { onSuccess: () => setName('') });
  };
  return (
    <Section title={t('sharing.rooms')}>
      {rooms.length === 0 && <p className="quiet">{t('sharing.noRooms')}</p>}
      <ol className="rows">
        {rooms.map((room, place) => (
          <li key={room.id} className="member">
            <strong>{room.name}</strong>
            <div className="row">
              {place > 0 && (
                <ActionButton
                  look="plain"
                  busy={put.isPending}
                  onClick={() => put.mutate(raised(rooms, place))}
                >
                  {t('sharing.up')}
                  <span className="only-read"> {room.name}</span>
                </ActionButton>
              )}
              <ActionButton
                look="plain"
                busy={put.isPending}
                onClick={() => put.mutate(rooms.filter(({ id }) => id !== room.id))}
              >
                {t('sharing.remove')}
                <span className="only-read"> {room.name}</span>
              </ActionButton>
            </div>
          </li>
        ))}
      </ol>
      <FailureNote fault={put.error} />
      <form className="form" onSubmit={submit}>
        <Field
          label={t('sharing.roomName')}
          value={name}
          onChange={event => setName(event.target.value)}
          required
          maxLength={80}
          pattern=".*\S.*"
        />
        <ActionButton type="submit" look="plain" busy={put.isPending}>
          {t('sharing.addRoom')}
        </ActionButton>
      </form>
    </Section>
  );
}

/** The room at this place before the one above it. */
function raised(rooms: readonly RoomView[], place: number): RoomView[] {
  const [room, above] = [rooms[place], rooms[place - 1]];
  if (!room || !above) return [...rooms];
  return rooms.toSpliced(place - 1, 2, room, above);
}
