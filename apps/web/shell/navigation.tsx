// The way about: a bar at the thumb on a phone, a column on a wide screen.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { alarmsQuery, unreadQuery } from '../gateway/queries.js';
import { isOpen } from '../model/alarm-order.js';
import { Sign, type SignName } from '../parts/sign.js';

export function Navigation({ operator }: { operator: boolean }) {
  const { t } = useTranslation();
  const { data: alarms = [] } = useQuery(alarmsQuery);
  const open = alarms.filter(isOpen).length;
  const { data: news } = useQuery(unreadQuery);
  return (
    <nav className="navigation" aria-label={t('nav.main')}>
      <Entry to="/" sign="devices" text={t('nav.devices')} />
      <Entry to="/alarms" sign="bell" text={t('nav.alarms')} count={open} unread={news?.unread} />
      {operator && <Entry to="/fleet" sign="fleet" text={t('nav.fleet')} />}
      <Entry to="/settings" sign="settings" text={t('nav.settings')} />
    </nav>
  );
}

interface EntryProps {
  readonly to: string;
  readonly sign: SignName;
  readonly text: string;
  readonly count?: number;
  readonly unread?: number;
}

function Entry({ to, sign, text, count = 0, unread = 0 }: EntryProps) {
  const { t } = useTranslation();
  return (
    <NavLink to={to} end={to === '/'} className="navigation-entry">
      <span className="navigation-sign">
        <Sign name={sign} />
        {count > 0 && (
          <span className="badge" aria-hidden="true">
            {count}
          </span>
        )}
        {count === 0 && unread > 0 && (
          <span className="badge badge-quiet" aria-hidden="true">
            {Math.min(unread, 99)}
          </span>
        )}
      </span>
      <span>{text}</span>
      {count > 0 && <span className="only-read">{t('device.openAlarms', { count })}</span>}
      {unread > 0 && <span className="only-read">{t('alarm.unread', { count: unread })}</span>}
    </NavLink>
  );
}
