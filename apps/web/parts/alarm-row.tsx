// One alarm in a list, as a link to its page.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AlarmView } from '#codecs/api';
import { isOpen } from '../model/alarm-order.js';
import { toneOf } from '../model/tone.js';
import { useText } from '../texts/use-locale.js';
import { AlarmState } from './alarm-state.js';
import { useClockText } from './clock.js';
import { kindPicture, ProductPicture } from './product-picture.js';

export function AlarmRow({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  const text = useText();
  const clock = useClockText();
  const span =
    isOpen(alarm) || alarm.clearedAt === null
      ? t('alarm.since', { time: clock(alarm.raisedAt) })
      : t('alarm.lasted', { from: clock(alarm.raisedAt), to: clock(alarm.clearedAt) });
  return (
    <li>
      <Link to={`/alarms/${alarm.id}`} className={`alarm-row tone-${toneOf(alarm)}`}>
        <span className="alarm-row-picture">
          <ProductPicture icon={kindPicture(alarm.kind)} />
        </span>
        <span className="alarm-row-text">
          <strong>{text(alarm.title)}</strong>
          <span>
            {alarm.deviceName} · {span}
          </span>
        </span>
        <AlarmState alarm={alarm} />
      </Link>
    </li>
  );
}
