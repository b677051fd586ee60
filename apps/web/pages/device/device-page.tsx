// Everything about one device: what it measures, what it can do, what happened to it, and how to part from it.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import { deviceQuery } from '../../gateway/queries.js';
import { BackLink } from '../../parts/back-link.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { Commands } from './commands.js';
import { DeviceAlarms } from './device-alarms.js';
import { DeviceFacts } from './device-facts.js';
import { DeviceHead } from './device-head.js';
import { Ledger } from './ledger.js';
import { Readings } from './readings.js';
import { Release } from './release.js';
import { Snapshot } from './snapshot.js';

export function DevicePage() {
  const { t } = useTranslation();
  const { deviceId = '' } = useParams();
  const { state } = useLocation();
  const { data: device, error, refetch } = useQuery(deviceQuery(deviceId));
  if (!device) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  const { productPage: product } = device;
  return (
    <Page title={device.name} heading="inside" back={<BackLink to="/" text={t('nav.devices')} />}>
      {state?.justBound === true && (
        <p className="success" role="status">
          {t('device.bound', { name: device.name })}
        </p>
      )}
      <DeviceHead device={device} />
      <div className="device-columns">
        <div>
          {product.snapshots && (
            <Section title={t('device.picture')}>
              {device.snapshotAt === null ? (
                <p className="quiet">{t('device.noPicture')}</p>
              ) : (
                <Snapshot device={device} takenAt={device.snapshotAt} />
              )}
            </Section>
          )}
          <Readings device={device} />
          {product.commands.length > 0 && <Commands device={device} />}
        </div>
        <div>
          <DeviceAlarms deviceId={device.id} />
          <Ledger deviceId={device.id} />
          <DeviceFacts device={device} />
          {device.state === 'bound' && <Release device={device} />}
        </div>
      </div>
    </Page>
  );
}
