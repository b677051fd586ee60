// "Why did I (not) get this?": one alarm from the packet to the receipt, and what kept a message back.
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { WhyView } from '#codecs/api';
import { whyQuery } from '../../gateway/queries.js';
import { BackLink } from '../../parts/back-link.js';
import { Clock, useClockText } from '../../parts/clock.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { useLocale, useText } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';
import { Timeline } from './timeline.js';

export default function WhyPage() {
  const { t } = useTranslation();
  const text = useText();
  const { alarmId = '' } = useParams();
  const { data: why, error, refetch } = useQuery(whyQuery(alarmId));
  if (!why) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  return (
    <Page
      title={t('why.title')}
      narrow
      back={<BackLink to={`/alarms/${alarmId}`} text={text(why.alarm.title)} />}
    >
      <Reasons reasons={why.reasons} />
      <Packet why={why} />
      <Section title={t('why.rule')}>
        {why.rule === null ? <p className="quiet">{t('why.noRule')}</p> : <Figures figures={why.rule} />}
      </Section>
      <Section title={t('alarm.timeline')}>
        <Timeline alarm={why.alarm} />
      </Section>
      <Messages why={why} />
    </Page>
  );
}

function Reasons({ reasons }: Pick<WhyView, 'reasons'>) {
  const { t } = useTranslation();
  const clock = useClockText();
  return (
    <Section title={t('why.not')}>
      {reasons.length === 0 && <p>{t('why.nothingKept')}</p>}
      <ul className="receipts">
        {reasons.map(({ why, at, until, detail }) => (
          <li key={`${why} ${at} ${detail}`}>
            <strong>{t(`why.reasons.${why}`)}</strong>
            {detail !== null && <small className="quiet">{detail}</small>}
            <span className="quiet">
              {at !== null && t('why.from', { time: clock(at) })}{' '}
              {until !== null && t('alarm.until', { time: clock(until) })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Packet({ why: { packet, alarm } }: { why: WhyView }) {
  const { t } = useTranslation();
  return (
    <Section title={t('why.packet')}>
      {packet === null ? (
        <p>{t('why.noPacket')}</p>
      ) : (
        <dl className="facts">
          <dt>{t('why.measured')}</dt>
          <dd>
            <Clock at={packet.at} /> {t(`why.clock.${packet.clock}`)}
          </dd>
          <dt>{t('why.received')}</dt>
          <dd>
            <Clock at={packet.receivedAt} />
          </dd>
          <dt>{t('why.raised')}</dt>
          <dd>
            <Clock at={alarm.raisedAt} />
          </dd>
          <dt>{packet.kind}</dt>
          <dd className="code">{JSON.stringify(packet.body)}</dd>
        </dl>
      )}
    </Section>
  );
}

function Figures({ figures }: { figures: object }) {
  return (
    <dl className="facts">
      {Object.entries(figures).map(([name, value]) => (
        <Fragment key={name}>
          <dt className="code">{name}</dt>
          <dd className="code">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Messages({ why: { notices, receipts } }: { why: WhyView }) {
  const { t } = useTranslation();
  const text = useText();
  const locale = useLocale();
  return (
    <Section title={t('why.messages')}>
      {notices.length === 0 && <p className="quiet">{t('alarm.noReceipts')}</p>}
      <ol className="timeline">
        {notices.map(({ step, at, title }) => (
          <li key={`${step} ${at}`}>
            <strong>{text(title)}</strong>
            <Clock at={at} />
          </li>
        ))}
      </ol>
      <ul className="receipts">
        {receipts.map(({ channel, step, state, at, detail, tries }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two webhooks can be told the same at the same moment
          <li key={place}>
            <strong>{wordText(locale, 'channel', channel)}</strong>
            <span className="quiet">{wordText(locale, 'receipt', step)}</span>
            <span className={`receipt receipt-${state}`}>{wordText(locale, 'receipt', state)}</span>
            <Clock at={at} />
            <small className="quiet">
              {tries
                .map(({ outcome, detail: said, tookMs }) => `${outcome}, ${tookMs} ms: ${said}`)
                .join(' · ') || detail}
            </small>
          </li>
        ))}
      </ul>
    </Section>
  );
}
