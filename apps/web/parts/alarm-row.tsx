// One alarm in a list, as a link to its page.
import { Link } from 'react-router';
import type { AlarmView } from '#codecs/api';
import { toneOf } from '../model/tone.js';
import { useText } from '../texts/use-locale.js';
import { AlarmState } from './alarm-state.js';
import { kindPicture, ProductPicture } from './product-picture.js';
import { useAlarmSpan } from './use-alarm-span.js';

export function AlarmRow({ alarm }: { alarm: AlarmView }) {
  const text = useText();
  const span = useAlarmSpan();
  return (
    <li>
      <Link to={`/alarms/${alarm.id}`} className={`alarm-row tone-${toneOf(alarm)}`}>
        <span className="alarm-row-picture">
          <ProductPicture icon={kindPicture(alarm.kind)} />
        </span>
        <span className="alarm-row-text">
          <strong>{text(alarm.title)}</strong>
          <span>
            {alarm.deviceName} · {span(alarm)}
          </span>
        </span>
        <AlarmState alarm={alarm} />
      </Link>
    </li>
  );
}
