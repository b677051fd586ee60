// The end of an account: what goes and what stays, and the password once more.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../gateway/call.js';
import { sessionQuery } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { BackLink } from '../../parts/back-link.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { Page } from '../../parts/page.js';
import { PasswordField } from '../../parts/password-field.js';
import { Section } from '../../parts/section.js';

export default function LeavePage() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const [password, setPassword] = useState('');
  const [asking, setAsking] = useState(false);
  const leave = useMutation({
    mutationFn: () => call('leaveGateway', { body: password === '' ? {} : { password } }),
    // A whole new page: nothing that this one knows of the account stays in its memory.
    onSuccess: ({ token }) => window.location.replace(`/farewell/${token}`),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
  };
  return (
    <Page title={t('leaving.account')} narrow back={<BackLink to="/settings" text={t('settings.title')} />}>
      <Section title={t('leaving.goes')}>
        <List text={t('leaving.goesList')} />
      </Section>
      <Section title={t('leaving.stays')}>
        <List text={t('leaving.staysList')} />
      </Section>
      <Section title={t('leaving.sure')}>
        <form className="form" onSubmit={submit}>
          <p>{t('leaving.sureText', { email: session?.account.email ?? '' })}</p>
          <PasswordField value={password} onChange={setPassword} isOptional />
          <p className="hint">{t('leaving.noPassword')}</p>
          <ActionButton type="submit" look="danger">
            {t('leaving.button')}
          </ActionButton>
        </form>
      </Section>
      {asking && (
        <ConfirmDialog
          title={t('leaving.ask')}
          text={t('leaving.warning')}
          confirm={t('leaving.confirm')}
          look="danger"
          busy={leave.isPending || leave.isSuccess}
          fault={leave.error}
          onConfirm={() => leave.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  );
}

/** Sentences between bars. */
function List({ text }: { text: string }) {
  return (
    <ul className="points">
      {text.split('|').map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
