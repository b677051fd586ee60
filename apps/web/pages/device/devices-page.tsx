// My devices: one sentence for the home, its mode, and a card for each device.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../gateway/live.js';
import { alarmsQuery, devicesQuery, homesQuery } from '../../gateway/queries.js';
import { type DeviceGroup, deviceGroups } from '../../model/device-groups.js';
import { moodOf } from '../../model/home-mood.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { DeviceCard } from './device-card.js';
import { HomeMood } from './home-mood.js';
import { ModeSwitch } from './mode-switch.js';
import { NoDevices } from './no-devices.js';

export function DevicesPage() {
  const { t } = useTranslation();
  const devices = useQuery(devicesQuery);
  const alarms = useQuery(alarmsQuery);
  const { data: homes = [] } = useQuery(homesQuery);
  const { state } = useLive();
  if (!devices.data) {
    return devices.error ? <FailurePage fault={devices.error} retry={devices.refetch} /> : <Loading />;
  }
  if (devices.data.length === 0) return <NoDevices />;
  const switched = homes.filter(({ standing }) => standing.may.includes('command'));
  // Without the alarms nobody may say that it is calm.
  const mood = moodOf(devices.data, alarms.data ?? [], state !== 'lost' && alarms.data !== undefined);
  return (
    <Page title={t('home.title')} heading="hidden">
      <div className="home-top">
        <HomeMood mood={mood} />
        {switched.map(home => (
          <ModeSwitch key={home.id} home={home} named={switched.length > 1} />
        ))}
      </div>
      {deviceGroups(devices.data, homes).map(group => (
        <Group key={group.key} group={group} />
      ))}
    </Page>
  );
}

function Group({ group: { key, home, room, devices } }: { group: DeviceGroup }) {
  const { t } = useTranslation();
  const heading = key === 'elsewhere' ? t('sharing.shared') : [home, room].filter(Boolean).join(' · ');
  return (
    <section aria-label={heading || t('home.title')}>
      {heading !== '' && <p className="group-name">{heading}</p>}
      <ul className="cards">
        {devices.map(device => (
          <li key={device.id}>
            <DeviceCard device={device} />
          </li>
        ))}
      </ul>
    </section>
  );
}
