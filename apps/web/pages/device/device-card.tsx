// One device at a glance: what it is, whether it is heard, what it measures, whether it needs somebody.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeviceView } from '#codecs/api';
import { deviceQuery } from '../../gateway/queries.js';
import { linesOf } from '../../model/reading.js';
import { PresenceMark } from '../../parts/presence-mark.js';
import { ProductPicture } from '../../parts/product-picture.js';
import { useLocale, useText } from '../../texts/use-locale.js';
import { Snapshot } from './snapshot.js';

const mostLines = 3;
const aDay = 24 * 60 * 60 * 1000;

export function DeviceCard({ device }: { device: DeviceView }) {
  const { t } = useTranslation();
  const text = useText();
  const locale = useLocale();
  // For the words of its product; what changes comes by the live stream.
  const { data: detail } = useQuery({ ...deviceQuery(device.id), staleTime: aDay });
  const lines = linesOf(device.latest, detail?.productPage, locale).slice(0, mostLines);
  const heard = device.presence.state === 'online';
  return (
    <article className={device.openAlarms > 0 ? 'card card-alarm' : 'card'}>
      <header className="card-head">
        <span className={`card-picture ground-${device.product.icon}`}>
          <ProductPicture icon={device.product.icon} />
        </span>
        <div className="card-name">
          <h2>
            <Link to={`/devices/${device.id}`} className="card-link">
              {device.name}
            </Link>
          </h2>
          <p>{text(device.product.name)}</p>
        </div>
      </header>
      {device.snapshotAt !== null && device.standing.may.includes('picture') && (
        <Snapshot device={device} takenAt={device.snapshotAt} />
      )}
      {lines.length > 0 && (
        <dl className={heard ? 'card-lines' : 'card-lines card-lines-old'}>
          {lines.map(line => (
            <div key={line.name}>
              <dt>{line.label}</dt>
              <dd>
                {line.text}
                {line.unit && <small> {line.unit}</small>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <footer className="card-foot">
        <PresenceMark presence={device.presence} />
        {device.openAlarms > 0 && (
          <span className="card-alarms">{t('device.openAlarms', { count: device.openAlarms })}</span>
        )}
      </footer>
    </article>
  );
}
