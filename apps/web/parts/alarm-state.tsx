// The state of an alarm in one word.
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '#codecs/api';
import { toneOf } from '../model/tone.js';

export function AlarmState({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  return <span className={`alarm-state tone-${toneOf(alarm)}`}>{t(`alarm.${alarm.state}`)}</span>;
}
