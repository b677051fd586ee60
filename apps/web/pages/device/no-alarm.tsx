// "Why is there no alarm?": what each rule makes of the last readings and who would be told, fetched when it is opened.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type DeviceDetailView, type DeviceWhyView, type Product, watchedBy } from '#codecs/api';
import { deviceWhyQuery } from '../../gateway/queries.js';
import { saidValue } from '../../model/reading.js';
import { Clock, useClockText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { ruleFigures } from '../../texts/rule-figures.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

export function NoAlarm({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data: why, error } = useQuery({ ...deviceWhyQuery(device.id), enabled: isOpen });
  return (
    <details className="section fold no-alarm" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{t('noAlarm.title')}</h2>
      </summary>
      <FailureNote fault={error} />
      {why !== undefined && (
        <>
          <Heard why={why} />
          <h3>{t('noAlarm.rules')}</h3>
          <ul className="receipts">
            {why.rules.map(each => (
              <Rule key={each.rule.id} found={each} product={device.productPage} />
            ))}
          </ul>
          <h3>{t('noAlarm.people')}</h3>
          <People why={why} />
        </>
      )}
    </details>
  );
}

function Heard({ why: { lastHeardAt, at, repeats, blindAt, away } }: { why: DeviceWhyView }) {
  const { t } = useTranslation();
  const clock = useClockText();
  return (
    <>
      <p>
        {lastHeardAt === null ? t('noAlarm.neverHeard') : t('noAlarm.heard', { time: clock(lastHeardAt) })}{' '}
        {blindAt !== null && at > blindAt && t('noAlarm.blindSince', { time: clock(blindAt) })}
      </p>
      {repeats !== null && (
        <p>{t('noAlarm.repeats', { time: clock(repeats.since), count: repeats.messages })}</p>
      )}
      {away.map(({ from, until }) => (
        <p key={from}>{t('noAlarm.away', { from: clock(from), until: clock(until) })}</p>
      ))}
    </>
  );
}

function Rule({ found, product }: { found: DeviceWhyView['rules'][number]; product: Product }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { rule, stands, value, dose, dueAt, alarm } = found;
  return (
    <li>
      <strong>{t(`noAlarm.kinds.${rule.kind}`)}</strong>
      <span>{t(`noAlarm.stands.${stands}`)}</span>
      {value !== null && (
        <span className="quiet">
          {t('noAlarm.value', { value: saidValue(watchedBy(rule) ?? '', value, product, locale) })}
        </span>
      )}
      {dose !== null && <span>{t('noAlarm.dose', { percent: Math.floor(dose * 100) })}</span>}
      {dueAt !== null && (
        <span className="quiet">
          {t('noAlarm.due')} <Clock at={dueAt} />
        </span>
      )}
      {alarm !== null && <OpenAlarm alarm={alarm} />}
      <small className="quiet">
        {ruleFigures(rule, locale, product)
          .map(({ label: name, text: value }) => t('rule.figure', { name, value }))
          .join(' · ')}
      </small>
    </li>
  );
}

function OpenAlarm({ alarm }: { alarm: NonNullable<DeviceWhyView['rules'][number]['alarm']> }) {
  const { t } = useTranslation();
  const clock = useClockText();
  return (
    <span>
      <Link to={`/alarms/${alarm.id}`}>{t('noAlarm.toAlarm', { time: clock(alarm.raisedAt) })}</Link>{' '}
      {alarm.suppressedBy !== null && t('why.reasons.explained-by-another')}
      {alarm.shelvedUntil !== null &&
        `${t('why.reasons.shelved')} ${t('alarm.until', { time: clock(alarm.shelvedUntil) })}`}
    </span>
  );
}

function People({ why: { people } }: { why: DeviceWhyView }) {
  const { t } = useTranslation();
  const clock = useClockText();
  return (
    <ul className="receipts">
      {people.length === 0 && <li>{t('noAlarm.nobody')}</li>}
      {people.map(({ name, isContact, waitsUntil, channels }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two people may have one name
        <li key={place}>
          <strong>{name}</strong>
          {isContact && <span className="quiet">{t('noAlarm.contact')}</span>}
          {waitsUntil !== null && <span>{t('noAlarm.waits', { time: clock(waitsUntil) })}</span>}
          {channels !== null && <Channels channels={channels} />}
        </li>
      ))}
    </ul>
  );
}

function Channels({ channels }: { channels: NonNullable<DeviceWhyView['people'][number]['channels']> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (channels.length === 0) return <small className="quiet">{t('noAlarm.pagesOnly')}</small>;
  return channels.map(({ channel, state, turn }, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a person may have two channels of a kind
    <small key={place} className="quiet">
      {wordText(locale, 'channel', channel)}: {t(`noAlarm.states.${state}`)}
      {turn === null && ` (${t('noAlarm.unused')})`}
    </small>
  ));
}
