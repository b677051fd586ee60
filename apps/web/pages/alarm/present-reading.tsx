// What the alarm's device measures now, live, and whether it rises or falls.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '#codecs/api';
import { useLive } from '../../gateway/live.js';
import { deviceQuery } from '../../gateway/queries.js';
import { presentReading, type PresentReading as Reading } from '../../model/present-reading.js';
import type { Trend } from '../../model/trend.js';
import { useClockText } from '../../parts/clock.js';
import { useLocale } from '../../texts/use-locale.js';
import { useTrend } from './use-trend.js';

const arrows: Record<Trend, string> = { rising: '↗', falling: '↘', steady: '→' };

export function PresentReading({ alarm }: { alarm: AlarmView }) {
  const locale = useLocale();
  const { state } = useLive();
  const { data: device } = useQuery(deviceQuery(alarm.deviceId));
  const reading = device ? presentReading(device, alarm.rule, locale) : null;
  if (!device || !reading) return null;
  return <Figure reading={reading} isHeard={device.presence.state === 'online' && state !== 'lost'} />;
}

/** Of a device that is not heard nobody may say how it is now. */
function Figure({ reading, isHeard }: { reading: Reading; isHeard: boolean }) {
  const { t } = useTranslation();
  const clock = useClockText();
  const trend = useTrend(reading);
  const { line, at } = reading;
  const said = { reading: line.label, time: clock(at) };
  return (
    <p className="alarm-value">
      <span className="alarm-number">{line.text}</span> {line.unit}
      {isHeard && trend && (
        <span className="alarm-trend">
          <span aria-hidden="true">{arrows[trend]}</span> {t(`alarm.trend.${trend}`)}
        </span>
      )}
      <span className="alarm-value-label">{isHeard ? t('alarm.nowIs', said) : t('alarm.lastWas', said)}</span>
    </p>
  );
}
