// How an alarm went, step by step.
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '#codecs/api';
import { Clock, useClockText } from '../../parts/clock.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';
import { useActorName } from './use-actor-name.js';

export function Timeline({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  const clock = useClockText();
  const locale = useLocale();
  const nameOf = useActorName();
  return (
    <ol className="timeline">
      {alarm.timeline.map(({ at, what, by, text, until }) => (
        <li key={`${at} ${what} ${text}`}>
          <strong>{wordText(locale, 'alarm', what)}</strong>
          {by !== null && <span>{nameOf(by)}</span>}
          {by !== null && text !== undefined && <q>{text}</q>}
          {until !== undefined && <span>{t('alarm.until', { time: clock(until) })}</span>}
          <Clock at={at} />
        </li>
      ))}
    </ol>
  );
}
