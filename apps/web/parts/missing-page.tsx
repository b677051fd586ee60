// An address that leads nowhere, or to what is not for this person: both look the same.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Calm } from './calm.js';
import { Page } from './page.js';

export function MissingPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('missing.title')} heading="inside">
      <Calm isPage sign="search" title={t('missing.title')} text={t('missing.text')}>
        <Link className="button button-primary" to="/">
          {t('missing.home')}
        </Link>
      </Calm>
    </Page>
  );
}
