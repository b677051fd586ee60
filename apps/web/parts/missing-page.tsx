// An address that leads nowhere, or to what is not for this person: both look the same.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { sessionQuery } from '../gateway/queries.js';
import { Calm } from './calm.js';
import { Page } from './page.js';

export function MissingPage() {
  const { t } = useTranslation();
  // Whoever is signed in keeps the alarms and the way about, here too.
  useQuery(sessionQuery);
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
