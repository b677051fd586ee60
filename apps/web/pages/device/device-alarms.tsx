// The alarms of one device, the open ones first.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { alarmsQuery } from '../../gateway/queries.js';
import { orderAlarms } from '../../model/alarm-order.js';
import { AlarmRow } from '../../parts/alarm-row.js';
import { Section } from '../../parts/section.js';

const mostOver = 5;

export function DeviceAlarms({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const { data: alarms = [] } = useQuery(alarmsQuery);
  const { open, over } = orderAlarms(alarms.filter(alarm => alarm.deviceId === deviceId));
  const shown = [...open, ...over.slice(0, mostOver)];
  return (
    <Section title={t('device.alarms')}>
      {shown.length === 0 ? (
        <p className="quiet">{t('device.noAlarms')}</p>
      ) : (
        <ul className="alarm-rows">
          {shown.map(alarm => (
            <AlarmRow key={alarm.id} alarm={alarm} />
          ))}
        </ul>
      )}
    </Section>
  );
}
