// The way about: a bar at the thumb on a phone, a column on a wide screen.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { alarmsQuery } from '../gateway/queries.js';
import { isOpen } from '../model/alarm-order.js';
import { Sign, type SignName } from '../parts/sign.js';

export function Navigation({ operator }: { operator: boolean }) {
  const { t } = useTranslation();
  const { data: alarms = [] } = useQuery(alarmsQuery);
  const open = alarms.filter(isOpen).length;
  return (
    <nav className="navigation" aria-label={t('nav.main')}>
      <Entry to="/" sign="devices" text={t('nav.devices')} />
      <Entry to="/alarms" sign="bell" text={t('nav.alarms')} count={open} />
      {operator && <Entry to="/fleet" sign="fleet" text={t('nav.fleet')} />}
      <Entry to="/settings" sign="settings" text={t('nav.settings')} />
    </nav>
  );
}

function Entry({ to, sign, text, count = 0 }: { to: string; sign: SignName; text: string; count?: number }) {
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
      </span>
      <span>{text}</span>
      {count > 0 && <span className="only-read">{t('device.openAlarms', { count })}</span>}
    </NavLink>
  );
}
