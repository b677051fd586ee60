// A one-time sign-in link: shows on GET and acts only when pressed, because mail scanners open links too.
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { call } from '../../gateway/call.js';
import { ActionButton } from '../../parts/action-button.js';
import { Calm } from '../../parts/calm.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Page } from '../../parts/page.js';
import { useEnter } from './use-enter.js';

export default function LinkPage() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  const enter = useEnter(() => call('signInByLink', { body: { token } }));
  return (
    <Page title={t('account.linkTitle')} heading="inside" narrow>
      <Calm isPage sign="key" title={t('account.linkTitle')} text={t('account.linkText')}>
        <FailureNote fault={enter.error} />
        <ActionButton className="button-big" busy={enter.isPending} onClick={() => enter.mutate(undefined)}>
          {t('account.signIn')}
        </ActionButton>
      </Calm>
    </Page>
  );
}
