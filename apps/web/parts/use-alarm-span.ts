// From when to when an alarm lasts, told alike wherever it is shown.
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '#codecs/api';
import { useClockText } from './clock.js';

/** Counted from when its cause began, which is earlier than when it was raised. */
export function useAlarmSpan(): (alarm: Pick<AlarmView, 'occurredAt' | 'clearedAt'>) => string {
  const { t } = useTranslation();
  const clock = useClockText();
  return ({ occurredAt, clearedAt }) =>
    clearedAt === null
      ? t('alarm.since', { time: clock(occurredAt) })
      : t('alarm.lasted', { from: clock(occurredAt), to: clock(clearedAt) });
}
