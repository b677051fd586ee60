// Everything about one device: what it measures, what it can do, what happened to it, and how to part from it.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { NavigationType, useLocation, useNavigationType, useParams } from 'react-router';
import type { Right } from '#codecs/api';
import { codeOf } from '../../gateway/failure.js';
import { deviceQuery } from '../../gateway/queries.js';
import { givable } from '../../model/givable.js';
import { BackLink } from '../../parts/back-link.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { Members } from '../sharing/members.js';
import { Shares } from '../sharing/shares.js';
import { Belonging, Objection } from './belonging.js';
import { Commands } from './commands.js';
import { DeviceAlarms } from './device-alarms.js';
import { DeviceFacts } from './device-facts.js';
import { DeviceHead } from './device-head.js';
import { Ledger } from './ledger.js';
import { Locked } from './lock.js';
import { NoAlarm } from './no-alarm.js';
import { Place } from './place.js';
import { Readings } from './readings.js';
import { Snapshot } from './snapshot.js';

export function DevicePage() {
  const { t } = useTranslation();
  const { deviceId = '' } = useParams();
  const { state } = useLocation();
  // The browser keeps the state of a page that is loaded again.
  const isNews = useNavigationType() !== NavigationType.Pop && state?.justBound === true;
  const { data: device, error, refetch } = useQuery(deviceQuery(deviceId));
  // What was shown until now is not for this person any more.
  const isLost = error !== null && codeOf(error) === 'not-found';
  if (!device || isLost) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  const { productPage: product } = device;
  const may = (right: Right) => device.standing.may.includes(right);
  return (
    <Page title={device.name} heading="inside" back={<BackLink to="/" text={t('nav.devices')} />}>
      {isNews && (
        <p className="success" role="status">
          {t('device.bound', { name: device.name })}
        </p>
      )}
      <DeviceHead device={device} />
      {device.recoveryDueAt !== null && may('own') && (
        <Objection device={device} dueAt={device.recoveryDueAt} />
      )}
      {device.state === 'locked' && may('own') && <Locked device={device} />}
      <div className="device-columns">
        <div>
          {product.snapshots && may('picture') && (
            <Section title={t('device.picture')}>
              {device.snapshotAt === null ? (
                <p className="quiet">{t('device.noPicture')}</p>
              ) : (
                <Snapshot device={device} takenAt={device.snapshotAt} />
              )}
            </Section>
          )}
          <Readings device={device} />
          {product.commands.length > 0 && may('command') && <Commands device={device} />}
        </div>
        <div>
          {may('alarms') && <DeviceAlarms deviceId={device.id} />}
          {may('alarms') && <NoAlarm device={device} />}
          {may('share') && (
            <Members subject={{ kind: 'device', id: device.id }} most={givable(device.standing)} />
          )}
          {may('ledger') && <Ledger deviceId={device.id} />}
          {may('own') && <Place device={device} />}
          <DeviceFacts device={device} />
          {device.standing.as === 'member' && <Shares among={new Set([device.id, device.homeId ?? ''])} />}
          {device.state === 'bound' && may('own') && <Belonging device={device} />}
        </div>
      </div>
    </Page>
  );
}
