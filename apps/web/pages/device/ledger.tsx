// Every change of a device's ownership: what, whom it happened to, when, by whom and from where, with which proof.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LedgerEntryView, Locale } from '#codecs/api';
import { ledgerQuery } from '../../gateway/queries.js';
import { Clock } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

/** What the actor says already is not said again. */
const handless: ReadonlySet<string> = new Set(['device', 'gateway']);

export function Ledger({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data: entries = [], error } = useQuery(ledgerQuery(deviceId));
  return (
    <Section title={t('device.ledger')}>
      <FailureNote fault={error} />
      <ol className="timeline">
        {entries.map(entry => (
          <li key={[entry.at, entry.what, entry.epoch, entry.whom?.name].join(' ')}>
            <strong>{deedText(locale, entry)}</strong>
            <span>{circumstances(locale, entry)}</span>
            <Clock at={entry.at} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function deedText(locale: Locale, { what, whom }: LedgerEntryView): string {
  const deed = wordText(locale, 'ledger', what);
  if (whom === null) return deed;
  return `${deed}${locale === 'zh' ? '：' : ': '}${whom.name ?? wordText(locale, 'actor', whom.is)}`;
}

function circumstances(locale: Locale, { by, from, proof, reason }: LedgerEntryView): string {
  const via = from === null || handless.has(from.via) ? null : wordText(locale, 'via', from.via);
  const parts = [
    wordText(locale, 'actor', by),
    via,
    from?.address,
    proof && wordText(locale, 'proof', proof),
    reason,
  ];
  return parts.filter(Boolean).join(' · ');
}
