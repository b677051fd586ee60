// The most urgent open alarm, on top of every page until it is over.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { AlarmView } from '#codecs/api';
import { useLive } from '../gateway/live.js';
import { alarmsQuery } from '../gateway/queries.js';
import { orderAlarms } from '../model/alarm-order.js';
import { toneOf } from '../model/tone.js';
import { AlarmState } from '../parts/alarm-state.js';
import { kindPicture, ProductPicture } from '../parts/product-picture.js';
import { useAlarmSpan } from '../parts/use-alarm-span.js';
import { useText } from '../texts/use-locale.js';
import { PacketToPage } from './packet-to-page.js';

const pathTo = (alarm: AlarmView) => `/alarms/${alarm.id}`;

export function AlarmBanner() {
  const { t } = useTranslation();
  const { data: alarms = [] } = useQuery(alarmsQuery);
  const { pathname } = useLocation();
  const { open } = orderAlarms(alarms);
  // An alarm's own page says all of this larger; there the banner is for the others.
  const shown = open.find(alarm => pathname !== pathTo(alarm));
  return (
    <section className="alarm-banner-place" aria-label={t('alarm.region')}>
      <Announcement alarm={open[0]} />
      {shown && <Banner alarm={shown} others={open.length - 1} />}
    </section>
  );
}

/** Read out when it changes; kept apart so that ticking figures and links are not read with it. */
function Announcement({ alarm }: { alarm: AlarmView | undefined }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <p className="only-read" role="alert">
      {alarm &&
        `${t(`alarm.${alarm.state}`)}: ${text(alarm.title)}, ${alarm.deviceName}. ${text(alarm.advice)}`}
    </p>
  );
}

function Banner({ alarm, others }: { alarm: AlarmView; others: number }) {
  const { t } = useTranslation();
  const text = useText();
  const span = useAlarmSpan();
  const { notices } = useLive();
  const notice = notices.find(candidate => candidate.alarmId === alarm.id && candidate.step === 'raised');
  return (
    <div className={`alarm-banner tone-${toneOf(alarm)}`}>
      <span className="alarm-banner-picture">
        <ProductPicture icon={kindPicture(alarm.kind)} />
      </span>
      <div className="alarm-banner-text">
        <strong>{text(alarm.title)}</strong>
        <span>{alarm.deviceName}</span>
      </div>
      <div className="alarm-banner-facts">
        <span>
          <AlarmState alarm={alarm} /> · {span(alarm)}
        </span>
        {notice && <PacketToPage key={notice.id} notice={notice} />}
      </div>
      <Link className="button alarm-banner-link" to={pathTo(alarm)}>
        {t('alarm.show')}
      </Link>
      {others > 0 && (
        <Link className="alarm-banner-more" to="/alarms">
          {t('alarm.more', { count: others })}
        </Link>
      )}
    </div>
  );
}
