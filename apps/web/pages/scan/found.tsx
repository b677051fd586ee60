// For who has found a device: a message to its owner, who learns nothing of the finder but what is in it.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../gateway/call.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';

export function Found({ ticket }: { ticket: string }) {
  const { t } = useTranslation();
  const [message, setMessage] = useState('');
  const report = useMutation({
    mutationFn: () => call('reportFound', { params: { ticket }, body: { message: message.trim() } }),
    onSuccess: () => setMessage(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!report.isPending) report.mutate();
  };
  return (
    <details className="more">
      <summary>{t('possession.found')}</summary>
      <form className="form" onSubmit={submit}>
        <Field
          label={t('possession.foundLabel')}
          hint={t('possession.foundHint')}
          required
          maxLength={200}
          pattern=".*\S.*"
          value={message}
          onChange={event => setMessage(event.target.value)}
        />
        <FailureNote fault={report.error} />
        <p role="status">{report.isSuccess && t('possession.foundSent')}</p>
        <ActionButton type="submit" look="plain" busy={report.isPending}>
          {t('possession.foundSend')}
        </ActionButton>
      </form>
    </details>
  );
}
