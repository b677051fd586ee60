// Makes an account on this gateway.
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Body } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { nextPath, withNext } from '../../model/next-path.js';
import { Page } from '../../parts/page.js';
import { PersonForm } from './person-form.js';
import { useEnter } from './use-enter.js';

export default function SignUpPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const enter = useEnter((body: Body<'signUp'>) => call('signUp', { body }));
  return (
    <Page title={t('account.signUp')} narrow>
      <p className="lead">{t('account.signUpLead')}</p>
      <PersonForm
        button={t('account.signUp')}
        busy={enter.isPending}
        fault={enter.error}
        onSubmit={enter.mutate}
      />
      <p className="aside">
        {t('account.haveAccount')}{' '}
        <Link to={withNext('/sign-in', nextPath(search.get('next')))}>{t('account.signIn')}</Link>
      </p>
    </Page>
  );
}
