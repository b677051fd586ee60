// The gateway's own figures, and the messages that it could not read.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { statusQuery } from '../../gateway/queries.js';
import { Clock } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';
import { counterText } from '../../texts/counter-texts.js';
import { useLocale } from '../../texts/use-locale.js';

export function GatewayStatus() {
  const { t } = useTranslation();
  const { data: status, error } = useQuery(statusQuery);
  return (
    <>
      <Section title={t('fleet.status')}>
        <FailureNote fault={error} />
        {status && (
          <dl className="facts">
            <dt>{t('fleet.version')}</dt>
            <dd className="code">{status.version}</dd>
            <dt>{t('fleet.running')}</dt>
            <dd>
              <Clock at={status.startedAt} />
            </dd>
            <dt>{t('fleet.storage')}</dt>
            <dd className="code">{status.storage}</dd>
            <dt>{t('fleet.connections')}</dt>
            <dd>{status.connections}</dd>
            {Object.entries(status.counters).map(([name, count]) => (
              <Counter key={name} name={name} count={count} />
            ))}
          </dl>
        )}
      </Section>
      {status && (
        <Section title={t('fleet.absences')}>
          {status.absences.length === 0 && <p className="quiet">{t('fleet.noAbsences')}</p>}
          <ul className="rows">
            {status.absences.map(({ from, until }) => (
              <li key={from}>
                <Clock at={from} /> – <Clock at={until} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {status && (
        <Section title={t('fleet.deadLetters')}>
          {status.deadLetters.length === 0 && <p className="quiet">{t('fleet.noDeadLetters')}</p>}
          <ul className="rows">
            {status.deadLetters.map((letter, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a device can send the same twice in a millisecond
              <li key={place} className="dead-letter">
                <strong className="code">
                  {letter.deviceId} / {letter.kind}
                </strong>
                <span lang="en">{letter.reason}</span>
                <span className="quiet">
                  <Clock at={letter.at} /> · {t('fleet.bytes', { bytes: letter.bytes })}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Counter({ name, count }: { name: string; count: number }) {
  const { text, code } = counterText(useLocale(), name);
  return (
    <>
      <dt>
        {text} {code !== null && <span className="code">{code}</span>}
      </dt>
      <dd>{count}</dd>
    </>
  );
}
