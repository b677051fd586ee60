// The first operator's account, made with the one-time link that the first start prints.
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Body } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { Page } from '../../parts/page.js';
import { PersonForm } from './person-form.js';
import { useEnter } from './use-enter.js';

export default function WelcomePage() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  const enter = useEnter((person: Body<'signUp'>) => call('firstOperator', { body: { ...person, token } }));
  return (
    <Page title={t('account.welcomeTitle')} narrow>
      <p className="lead">{t('account.welcomeText')}</p>
      <PersonForm
        button={t('account.welcomeButton')}
        busy={enter.isPending}
        fault={enter.error}
        onSubmit={enter.mutate}
      />
    </Page>
  );
}
