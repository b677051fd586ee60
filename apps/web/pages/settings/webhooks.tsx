// Addresses of a person's own that every notice is sent to.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys, webhooksQuery } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { Section } from '../../parts/section.js';
import { WebhookRow } from './webhook-row.js';
import { WebhookSecret } from './webhook-secret.js';

export function Webhooks() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data: webhooks, error } = useQuery(webhooksQuery);
  const [url, setUrl] = useState('');
  const [made, setMade] = useState<WebhookView | null>(null);
  const make = useMutation({
    mutationFn: () => call('makeWebhook', { body: { url: url.trim() } }),
    onSuccess: webhook => {
      setMade(webhook);
      setUrl('');
      void cache.invalidateQueries({ queryKey: keys.webhooks });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Section title={t('settings.webhooks')}>
      <p className="quiet">{t('settings.webhooksText')}</p>
      <FailureNote fault={error} />
      {webhooks?.length === 0 && <p>{t('settings.noWebhooks')}</p>}
      <ul className="rows">
        {webhooks?.map(webhook => (
          <WebhookRow key={webhook.id} webhook={webhook} />
        ))}
      </ul>
      {made?.secret && <WebhookSecret secret={made.secret} done={() => setMade(null)} />}
      <form className="form" onSubmit={submit}>
        <Field
          label={t('settings.address')}
          type="url"
          name="webhook"
          placeholder="https://"
          required
          maxLength={500}
          value={url}
          onChange={event => setUrl(event.target.value)}
        />
        <FailureNote fault={make.error} />
        <ActionButton type="submit" look="plain" busy={make.isPending}>
          {t('settings.add')}
        </ActionButton>
      </form>
    </Section>
  );
}
