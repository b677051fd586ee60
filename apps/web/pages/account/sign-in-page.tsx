// Signs in with mail address and password, and goes on to where the person was sent from.
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Body } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { nextPath, withNext } from '../../model/next-path.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { Page } from '../../parts/page.js';
import { PasswordField } from '../../parts/password-field.js';
import { useEnter } from './use-enter.js';

export default function SignInPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const enter = useEnter((body: Body<'signIn'>) => call('signIn', { body }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate({ email: email.trim(), password });
  };
  return (
    <Page title={t('account.signIn')} narrow>
      <p className="lead">{t('account.signInLead')}</p>
      <form className="form panel" onSubmit={submit}>
        <Field
          label={t('account.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={event => setEmail(event.target.value)}
        />
        <PasswordField value={password} onChange={setPassword} />
        <FailureNote fault={enter.error} />
        <ActionButton type="submit" className="button-big" busy={enter.isPending}>
          {t('account.signIn')}
        </ActionButton>
      </form>
      <p className="aside">
        {t('account.noAccount')}{' '}
        <Link to={withNext('/sign-up', nextPath(search.get('next')))}>{t('account.signUp')}</Link>
      </p>
    </Page>
  );
}
