// A page that could not be filled: what is not for this person looks like what does not exist.
import { useTranslation } from 'react-i18next';
import { codeOf } from '../gateway/failure.js';
import { FailureNote } from './failure-note.js';
import { MissingPage } from './missing-page.js';
import { Page } from './page.js';

export function FailurePage({ fault, retry }: { fault: unknown; retry: () => void }) {
  const { t } = useTranslation();
  if (codeOf(fault) === 'not-found') return <MissingPage />;
  return (
    <Page title={t('common.wentWrong')} narrow>
      <FailureNote fault={fault} />
      <button type="button" className="button button-primary" onClick={() => retry()}>
        {t('common.retry')}
      </button>
    </Page>
  );
}
