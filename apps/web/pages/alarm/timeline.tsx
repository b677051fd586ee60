// How an alarm went, step by step: the newest first, and what is long ago where it is asked for.
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '#codecs/api';
import { Clock, useClockText } from '../../parts/clock.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';
import { useActorName } from './use-actor-name.js';

type Step = AlarmView['timeline'][number] & {
  /** In the whole story, by which it stays the same when another is added. */
  readonly place: number;
};

/** A story that is not longer is shown as a whole. */
const shownSteps = 10;

export function Timeline({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  const newestFirst = alarm.timeline.map((step, place) => ({ ...step, place })).toReversed();
  const earlier = newestFirst.slice(shownSteps);
  return (
    <>
      <Steps steps={newestFirst.slice(0, shownSteps)} />
      {earlier.length > 0 && (
        <details className="more">
          <summary>{t('alarm.earlier', { count: earlier.length })}</summary>
          <Steps steps={earlier} />
        </details>
      )}
    </>
  );
}

function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation();
  const clock = useClockText();
  const locale = useLocale();
  const nameOf = useActorName();
  return (
    <ol className="timeline">
      {steps.map(({ place, at, what, by, text, until }) => (
        <li key={place}>
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
