// How a person is reached: this page, this browser, every other way, and the contacts of their homes.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { channelsQuery, endpointsQuery, homesQuery } from '../../gateway/queries.js';
import { BackLink } from '../../parts/back-link.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { AddEndpoint } from './add-endpoint.js';
import { BrowserPush } from './browser-push.js';
import { Contacts } from './contacts.js';
import { EndpointRow } from './endpoint-row.js';
import { ThisPage } from './this-page.js';

export default function ReachPage() {
  const { t } = useTranslation();
  const channels = useQuery(channelsQuery);
  const endpoints = useQuery(endpointsQuery);
  const homes = useQuery(homesQuery);
  const fault = channels.error ?? endpoints.error ?? homes.error;
  if (!channels.data || !endpoints.data || !homes.data)
    return fault ? <FailurePage fault={fault} retry={endpoints.refetch} /> : <Loading />;
  const push = channels.data.find(({ channel }) => channel === 'web-push');
  return (
    <Page title={t('reach.title')} narrow back={<BackLink to="/settings" text={t('nav.settings')} />}>
      <p className="lead">{t('reach.lead')}</p>
      <Link to="/settings/telling" className="button button-plain">
        {t('telling.title')}
      </Link>
      <ThisPage />
      {push && <BrowserPush channel={push} />}
      <Section title={t('reach.ways')}>
        {endpoints.data.length === 0 && <p>{t('reach.none')}</p>}
        <ul className="rows">
          {endpoints.data.map(endpoint => (
            <EndpointRow key={endpoint.id} endpoint={endpoint} />
          ))}
        </ul>
      </Section>
      <AddEndpoint channels={channels.data} />
      {homes.data.map(home => (
        <Contacts key={home.id} home={home} mail={channels.data.find(({ channel }) => channel === 'mail')} />
      ))}
    </Page>
  );
}
