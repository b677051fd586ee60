// How an alarm went, step by step.
import type { AlarmView } from '#codecs/api';
import { Clock } from '../../parts/clock.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';
import { useActorName } from './use-actor-name.js';

export function Timeline({ alarm }: { alarm: AlarmView }) {
  const locale = useLocale();
  const nameOf = useActorName();
  return (
    <ol className="timeline">
      {alarm.timeline.map(({ at, what, by, text }) => (
        <li key={`${at} ${what} ${text}`}>
          <strong>{wordText(locale, 'alarm', what)}</strong>
          {by !== null && <span>{nameOf(by)}</span>}
          {by !== null && text !== undefined && <q>{text}</q>}
          <Clock at={at} />
        </li>
      ))}
    </ol>
  );
}
