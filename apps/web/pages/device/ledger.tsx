// Every change of a device's ownership: what, when, by whom, with which proof.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ledgerQuery } from '../../gateway/queries.js';
import { Clock } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

export function Ledger({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data: entries = [], error } = useQuery(ledgerQuery(deviceId));
  return (
    <Section title={t('device.ledger')}>
      <FailureNote fault={error} />
      <ol className="timeline">
        {entries
          .toSorted((a, b) => b.at - a.at)
          .map(entry => (
            <li key={`${entry.at} ${entry.what} ${entry.epoch}`}>
              <strong>{wordText(locale, 'ledger', entry.what)}</strong>
              <span>
                {wordText(locale, 'actor', entry.by)}
                {entry.proof !== null && ` · ${wordText(locale, 'proof', entry.proof)}`}
                {entry.reason !== null && ` · ${entry.reason}`}
              </span>
              <Clock at={entry.at} />
            </li>
          ))}
      </ol>
    </Section>
  );
}
