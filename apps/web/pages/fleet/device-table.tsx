// Every device of the gateway, to be searched.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type DeviceView, pathOf, streams } from '#codecs/api';
import { fleetQuery } from '../../gateway/queries.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { PresenceMark } from '../../parts/presence-mark.js';
import { Section } from '../../parts/section.js';
import { useLocale, useText } from '../../texts/use-locale.js';
import { bindingStateTexts } from '../../texts/word-texts.js';

const mostRows = 200;

export function DeviceTable() {
  const { t } = useTranslation();
  const { data: devices = [], error } = useQuery(fleetQuery);
  const [wanted, setWanted] = useState('');
  const found = devices.filter(device => matches(device, wanted.trim().toLowerCase()));
  return (
    <Section title={t('fleet.devices')} aside={<span className="quiet">{found.length}</span>}>
      <FailureNote fault={error} />
      <Field
        label={t('fleet.search')}
        type="search"
        value={wanted}
        onChange={event => setWanted(event.target.value)}
      />
      {found.length === 0 && <p className="quiet">{t('fleet.noDevices')}</p>}
      <div className="table-place">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('fleet.name')}</th>
              <th scope="col">{t('fleet.presence')}</th>
              <th scope="col">{t('fleet.state')}</th>
              <th scope="col">{t('fleet.alarms')}</th>
              <th scope="col">{t('fleet.label')}</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, mostRows).map(device => (
              <Row key={device.id} device={device} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Row({ device }: { device: DeviceView }) {
  const { t } = useTranslation();
  const text = useText();
  const locale = useLocale();
  return (
    <tr>
      <th scope="row">
        <Link to={`/devices/${device.id}`}>{device.name}</Link>
        <span className="quiet">
          {text(device.product.name)} · {device.serial}
        </span>
      </th>
      <td>
        <PresenceMark presence={device.presence} />
      </td>
      <td>{bindingStateTexts[locale][device.state]}</td>
      <td>{device.openAlarms > 0 ? <strong className="alarming">{device.openAlarms}</strong> : '–'}</td>
      <td>
        <a
          href={`${pathOf(streams.label, { deviceId: device.id })}?format=svg`}
          aria-label={t('fleet.labelOf', { name: device.name })}
          target="_blank"
          rel="noreferrer"
        >
          SVG
        </a>
      </td>
    </tr>
  );
}

function matches({ name, serial, product }: DeviceView, wanted: string): boolean {
  return [name, serial, product.name.zh, product.name.en].some(text => text.toLowerCase().includes(wanted));
}
