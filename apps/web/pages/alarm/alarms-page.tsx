// All alarms: the open ones first and loud, what is over below and quiet.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { alarmsQuery } from '../../gateway/queries.js';
import { orderAlarms } from '../../model/alarm-order.js';
import { AlarmRow } from '../../parts/alarm-row.js';
import { Calm } from '../../parts/calm.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { useMarkRead } from './use-mark-read.js';

export function AlarmsPage() {
  const { t } = useTranslation();
  const { data: alarms, error, refetch } = useQuery(alarmsQuery);
  useMarkRead();
  if (!alarms) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  const { open, over } = orderAlarms(alarms);
  return (
    <Page title={t('alarm.title')} narrow>
      {alarms.length === 0 && <Calm sign="shield" title={t('alarm.none')} text={t('alarm.noneText')} />}
      {alarms.length > 0 && (
        <Section title={t('alarm.open')}>
          {open.length === 0 && <p className="quiet">{t('alarm.noneOpen')}</p>}
          <ul className="alarm-rows">
            {open.map(alarm => (
              <AlarmRow key={alarm.id} alarm={alarm} />
            ))}
          </ul>
        </Section>
      )}
      {over.length > 0 && (
        <Section title={t('alarm.over')}>
          <ul className="alarm-rows">
            {over.map(alarm => (
              <AlarmRow key={alarm.id} alarm={alarm} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
