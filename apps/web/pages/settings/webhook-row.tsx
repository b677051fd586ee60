// One webhook: where it goes, how the last message fared, and how to end it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { useClockText } from '../../parts/clock.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

export function WebhookRow({ webhook }: { webhook: WebhookView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const clock = useClockText();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const drop = useMutation({
    mutationFn: () => call('dropWebhook', { params: { webhookId: webhook.id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.webhooks }),
  });
  const { lastReceipt } = webhook;
  return (
    <li className="webhook">
      <div>
        <p className="code">{webhook.url}</p>
        <p className="hint">
          {lastReceipt
            ? t('settings.lastReceipt', {
                outcome: wordText(locale, 'receipt', lastReceipt.outcome),
                time: clock(lastReceipt.at),
              })
            : t('settings.neverUsed')}
        </p>
      </div>
      <button type="button" className="button button-plain" onClick={() => setAsking(true)}>
        {t('settings.remove')}
        <span className="only-read"> {webhook.url}</span>
      </button>
      {asking && (
        <ConfirmDialog
          title={t('settings.removeAsk')}
          text={t('settings.removeText', { url: webhook.url })}
          confirm={t('settings.remove')}
          look="danger"
          busy={drop.isPending}
          fault={drop.error}
          onConfirm={() => drop.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
