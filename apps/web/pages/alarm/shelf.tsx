// No repeats for a while, and a remark for those who come later: what else a person can do about an open alarm.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { shelfChoices, shelvedUntil } from '../../model/shelf.js';
import { ActionButton } from '../../parts/action-button.js';
import { useClockText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { useNow } from '../../parts/use-now.js';

interface Props {
  readonly alarm: AlarmView;
}

function useChanged(): (changed: AlarmView) => void {
  const cache = useQueryClient();
  return changed => applyLiveEvent(cache, { name: 'alarm', data: changed });
}

export function Shelf({ alarm }: Props) {
  const { t } = useTranslation();
  const clock = useClockText();
  const id = useId();
  const choices = shelfChoices[alarm.class];
  const [minutes, setMinutes] = useState(choices[0]);
  const until = shelvedUntil(alarm, useNow(10_000));
  const shelve = useMutation({
    mutationFn: () => call('shelve', { params: { alarmId: alarm.id }, body: { minutes } }),
    onSuccess: useChanged(),
  });
  return (
    <div className="alarm-more">
      <p role="status">{until !== null && t('alarm.shelvedUntil', { time: clock(until) })}</p>
      <div className="alarm-more-line">
        <label htmlFor={id}>{t('alarm.shelfFor')}</label>
        <select id={id} value={minutes} onChange={({ target }) => setMinutes(Number(target.value))}>
          {choices.map(choice => (
            <option key={choice} value={choice}>
              {choice < 60
                ? t('alarm.minutes', { count: choice })
                : t('alarm.hours', { count: Math.round(choice / 60) })}
            </option>
          ))}
        </select>
        <ActionButton look="plain" busy={shelve.isPending} onClick={() => shelve.mutate()}>
          {t('alarm.shelve')}
        </ActionButton>
      </div>
      <p className="hint">{t('alarm.shelfText')}</p>
      <FailureNote fault={shelve.error} />
    </div>
  );
}

export function Remark({ alarm }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const changed = useChanged();
  const comment = useMutation({
    mutationFn: () => call('comment', { params: { alarmId: alarm.id }, body: { text } }),
    onSuccess: after => {
      setText('');
      changed(after);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && !comment.isPending) comment.mutate();
  };
  return (
    <form className="alarm-more" onSubmit={send}>
      <label htmlFor={id}>{t('alarm.remark')}</label>
      <div className="alarm-more-line">
        <input id={id} value={text} maxLength={500} onChange={({ target }) => setText(target.value)} />
        <ActionButton type="submit" look="plain" busy={comment.isPending}>
          {t('alarm.remarkAdd')}
        </ActionButton>
      </div>
      <FailureNote fault={comment.error} />
    </form>
  );
}
