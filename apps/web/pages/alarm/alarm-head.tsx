// What an alarm is: title, device, since when, how bad, the value that raised it and the value now.
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '#codecs/api';
import { isOpen } from '../../model/alarm-order.js';
import { numberText } from '../../model/reading.js';
import { AlarmState } from '../../parts/alarm-state.js';
import { kindPicture, ProductPicture } from '../../parts/product-picture.js';
import { useAlarmSpan } from '../../parts/use-alarm-span.js';
import { useLocale, useText } from '../../texts/use-locale.js';
import { PresentReading } from './present-reading.js';

export function AlarmHead({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  const text = useText();
  const locale = useLocale();
  const span = useAlarmSpan();
  return (
    <div className="alarm-head">
      <div className="alarm-head-marks">
        <AlarmState alarm={alarm} />
        <span>{t(`alarm.severity.${alarm.severity}`)}</span>
      </div>
      <div className="alarm-head-title">
        <span className="alarm-picture">
          <ProductPicture icon={kindPicture(alarm.kind)} />
        </span>
        <div>
          <h1 tabIndex={-1} className="alarm-title">
            {text(alarm.title)}
          </h1>
          <p>
            {alarm.deviceName} · {span(alarm)}
          </p>
        </div>
      </div>
      <div className="alarm-values">
        {alarm.value !== null && (
          <p className="alarm-value">
            <span className="alarm-number">{numberText(alarm.value, locale)}</span> {alarm.unit}
            <span className="alarm-value-label">{t('alarm.value')}</span>
          </p>
        )}
        {isOpen(alarm) && <PresentReading alarm={alarm} />}
      </div>
    </div>
  );
}
