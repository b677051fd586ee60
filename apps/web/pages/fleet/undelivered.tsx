// The messages to people that could not be delivered, and sending them once more.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DeadNoticeView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { deadNoticesQuery, keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { Clock } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';
import { saidText } from '../../texts/said-texts.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

export function Undelivered() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data: dead, error } = useQuery(deadNoticesQuery);
  const replay = useMutation({
    mutationFn: (ids: string[] | null) => call('replayNotices', { body: { ids } }),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.deadNotices }),
  });
  const sent = replay.data?.replayed;
  return (
    <Section title={t('telling.undelivered.title')}>
      <FailureNote fault={error ?? replay.error} />
      {dead?.length === 0 && <p className="quiet">{t('telling.undelivered.none')}</p>}
      {dead && dead.length > 0 && <p>{t('telling.undelivered.text')}</p>}
      <p role="status">
        {sent !== undefined &&
          (sent === 0 ? t('telling.undelivered.gone') : t('telling.undelivered.sent', { count: sent }))}
      </p>
      <ul className="rows">
        {dead?.map(notice => (
          <Message
            key={notice.id}
            notice={notice}
            busy={replay.isPending}
            again={() => replay.mutate([notice.id])}
          />
        ))}
      </ul>
      {dead && dead.length > 1 && (
        <ActionButton look="plain" busy={replay.isPending} onClick={() => replay.mutate(null)}>
          {t('telling.undelivered.all')}
        </ActionButton>
      )}
    </Section>
  );
}

interface Props {
  readonly notice: DeadNoticeView;
  readonly busy: boolean;
  readonly again: () => void;
}

function Message({ notice, busy, again }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { channel, class: of, state, attempts, detail, at } = notice;
  return (
    <li className="way">
      <p className="way-name">
        {wordText(locale, 'channel', channel)} · {t(`telling.class.${of}`)}
      </p>
      <p className="hint">
        <strong className={`receipt-${state}`}>{wordText(locale, 'receipt', state)}</strong> ·{' '}
        {t('telling.undelivered.attempts', { count: attempts })}
        {at !== null && (
          <>
            {' · '}
            <Clock at={at} />
          </>
        )}
      </p>
      {detail !== null && <p className="quiet">{saidText(locale, detail)}</p>}
      <div className="row">
        <ActionButton look="plain" busy={busy} onClick={again}>
          {t('telling.undelivered.again')}
        </ActionButton>
      </div>
    </li>
  );
}
