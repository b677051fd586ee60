// Who was told about an alarm, by which channel, and what became of it.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { receiptsQuery } from '../../gateway/queries.js';
import { Clock } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';
import { saidText } from '../../texts/said-texts.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

export function Receipts({ alarmId }: { alarmId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data: receipts, error } = useQuery(receiptsQuery(alarmId));
  return (
    <Section title={t('alarm.receipts')}>
      <FailureNote fault={error} />
      {receipts?.length === 0 && <p className="quiet">{t('alarm.noReceipts')}</p>}
      <ul className="receipts">
        {receipts?.map((receipt, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two webhooks can be told the same at the same moment
          <li key={place}>
            <strong>{wordText(locale, 'channel', receipt.channel)}</strong>
            <span className="quiet">{wordText(locale, 'receipt', receipt.step)}</span>
            <span className={`receipt receipt-${receipt.state}`}>
              {wordText(locale, 'receipt', receipt.state)}
              {receipt.attempts > 1 && ` (${receipt.attempts})`}
            </span>
            <Clock at={receipt.at} />
            {receipt.detail !== null && <small className="quiet">{saidText(locale, receipt.detail)}</small>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
