// My devices: one sentence for the home, its mode, and a card for each device.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../gateway/live.js';
import { alarmsQuery, devicesQuery, homesQuery } from '../../gateway/queries.js';
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
  // Without the alarms nobody may say that it is calm.
  const mood = moodOf(devices.data, alarms.data ?? [], state !== 'lost' && alarms.data !== undefined);
  return (
    <Page title={t('home.title')} heading="hidden">
      <div className="home-top">
        <HomeMood mood={mood} />
        {homes.map(home => (
          <ModeSwitch key={home.id} home={home} />
        ))}
      </div>
      <ul className="cards">
        {devices.data.map(device => (
          <li key={device.id}>
            <DeviceCard device={device} />
          </li>
        ))}
      </ul>
    </Page>
  );
}
