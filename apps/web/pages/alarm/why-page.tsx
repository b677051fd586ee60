// "Why did I (not) get this?": one alarm from the packet to the receipt, and what kept a message back.
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Rule, WhyView } from '#codecs/api';
import { deviceQuery, whyQuery } from '../../gateway/queries.js';
import { BackLink } from '../../parts/back-link.js';
import { Clock } from '../../parts/clock.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { ruleFigures } from '../../texts/rule-figures.js';
import { saidText } from '../../texts/said-texts.js';
import { useLocale, useText } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';
import { Reasons } from './reasons.js';
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
        {why.rule === null ? (
          <p className="quiet">{t('why.noRule')}</p>
        ) : (
          <Figures rule={why.rule} deviceId={why.alarm.deviceId} />
        )}
      </Section>
      <Section title={t('alarm.timeline')}>
        <Timeline alarm={why.alarm} />
      </Section>
      <Messages why={why} />
    </Page>
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
          <dt>{t('why.body')}</dt>
          <dd className="code" lang="en">
            {packet.kind} {JSON.stringify(packet.body)}
          </dd>
        </dl>
      )}
    </Section>
  );
}

function Figures({ rule, deviceId }: { rule: Rule; deviceId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data: device } = useQuery(deviceQuery(deviceId));
  return (
    <dl className="facts">
      <dt>{t('why.kind')}</dt>
      <dd>{t(`noAlarm.kinds.${rule.kind}`)}</dd>
      {ruleFigures(rule, locale, device?.productPage).map(({ name, label, text }) => (
        <Fragment key={name}>
          <dt>{label}</dt>
          <dd>{text}</dd>
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
                .map(({ outcome, detail: said, tookMs }) =>
                  t('why.try', {
                    outcome: wordText(locale, 'receipt', outcome),
                    ms: tookMs,
                    said: saidText(locale, said),
                  }),
                )
                .join(' · ') || saidText(locale, detail ?? '')}
            </small>
          </li>
        ))}
      </ul>
    </Section>
  );
}
