// The way about: a bar at the thumb on a phone, a column on a wide screen.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
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
      <Entry to="/alarms" sign="bell" text={t('nav.alarms')}>
        {open > 0 && (
          <span className="badge">
            <span aria-hidden="true">{open}</span>
            <span className="only-read">{t('device.openAlarms', { count: open })}</span>
          </span>
        )}
      </Entry>
      {operator && <Entry to="/fleet" sign="fleet" text={t('nav.fleet')} />}
      <Entry to="/settings" sign="settings" text={t('nav.settings')} />
    </nav>
  );
}

function Entry(props: { to: string; sign: SignName; text: string; children?: ReactNode }) {
  return (
    <NavLink to={props.to} end={props.to === '/'} className="navigation-entry">
      <span className="navigation-sign">
        <Sign name={props.sign} />
        {props.children}
      </span>
      <span>{props.text}</span>
    </NavLink>
  );
}
