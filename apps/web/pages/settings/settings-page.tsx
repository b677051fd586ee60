// What a person sets for themselves: language, ways to be told, and leaving.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pathOf, streams } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys, sessionQuery } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { LanguageSwitch } from '../../parts/language-switch.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { Shares } from '../sharing/shares.js';

export default function SettingsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('settings.title')} narrow>
      <Section title={t('settings.language')}>
        <LanguageSwitch />
      </Section>
      <Section title={t('settings.channels')}>
        <p>{t('settings.channelsText')}</p>
        <Link to="/settings/reach" className="button button-plain">
          {t('reach.title')}
        </Link>
      </Section>
      <Shares />
      <Account />
      <OwnData />
      <Leave />
    </Page>
  );
}

function Account() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const signOut = useMutation({
    mutationFn: () => call('signOut'),
    onSuccess: () => {
      cache.setQueryData(keys.session, null);
      cache.removeQueries({ predicate: query => query.queryKey[0] !== keys.session[0] });
    },
  });
  if (!session) return null;
  const { name, email, role } = session.account;
  return (
    <Section title={t('settings.account')}>
      <p>
        {t('account.signedInAs', { name })}
        <br />
        <span className="quiet">
          {email} · {t(`account.${role}`)}
        </span>
      </p>
      <FailureNote fault={signOut.error} />
      <ActionButton look="plain" busy={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('account.signOut')}
      </ActionButton>
    </Section>
  );
}

/** A download of the browser's own: it may be long, and nothing of it is kept here. */
function OwnData() {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.ownData')}>
      <p>{t('settings.ownDataText')}</p>
      <a href={pathOf(streams.export)} download="airbind-data.ndjson" className="button button-plain">
        {t('settings.download')}
      </a>
      <Link to="/settings/past" className="button button-plain">
        {t('past.title')}
      </Link>
    </Section>
  );
}

function Leave() {
  const { t } = useTranslation();
  return (
    <Section title={t('leaving.account')}>
      <p>{t('leaving.accountText')}</p>
      <Link to="/settings/leave" className="button button-plain">
        {t('leaving.button')}
      </Link>
    </Section>
  );
}
