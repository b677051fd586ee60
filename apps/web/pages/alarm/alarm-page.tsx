// One alarm: what it is and what to do first, then what a person can answer, then how it came about.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { alarmQuery } from '../../gateway/queries.js';
import { isOpen } from '../../model/alarm-order.js';
import { toneOf } from '../../model/tone.js';
import { BackLink } from '../../parts/back-link.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { useText } from '../../texts/use-locale.js';
import { AlarmActions } from './alarm-actions.js';
import { AlarmHead } from './alarm-head.js';
import { Receipts } from './receipts.js';
import { Timeline } from './timeline.js';
import { useSeen } from './use-seen.js';

export function AlarmPage() {
  const { t } = useTranslation();
  const text = useText();
  const { alarmId = '' } = useParams();
  const { data: alarm, error, refetch } = useQuery(alarmQuery(alarmId));
  useSeen(alarm);
  if (!alarm) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  return (
    <Page
      title={text(alarm.title)}
      heading="inside"
      narrow
      back={<BackLink to="/alarms" text={t('nav.alarms')} />}
    >
      <div className={`alarm tone-${toneOf(alarm)}`}>
        <AlarmHead alarm={alarm} />
        {isOpen(alarm) && (
          <div className="alarm-advice">
            <h2>{t('alarm.advice')}</h2>
            <p>{text(alarm.advice)}</p>
          </div>
        )}
        <AlarmActions alarm={alarm} />
      </div>
      <Section title={t('alarm.timeline')}>
        <Timeline alarm={alarm} />
      </Section>
      <Receipts alarmId={alarm.id} />
      <div className="alarm-links">
        <Link className="button button-plain" to={`/alarms/${alarm.id}/why`}>
          {t('why.title')}
        </Link>
        <Link className="button button-plain" to={`/devices/${alarm.deviceId}`}>
          {t('alarm.toDevice')}
        </Link>
      </div>
    </Page>
  );
}
