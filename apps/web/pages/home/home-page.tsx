// One home: the rooms in it, and who else lives with its devices.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Right } from '#codecs/api';
import { homesQuery } from '../../gateway/queries.js';
import { givable } from '../../model/givable.js';
import { BackLink } from '../../parts/back-link.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { MissingPage } from '../../parts/missing-page.js';
import { Page } from '../../parts/page.js';
import { Members } from '../sharing/members.js';
import { Shares } from '../sharing/shares.js';
import { NewHome } from './new-home.js';
import { RemoveHome } from './remove-home.js';
import { Rooms } from './rooms.js';

export default function HomePage() {
  const { t } = useTranslation();
  const { homeId = '' } = useParams();
  const { data: homes, error, refetch } = useQuery(homesQuery);
  if (!homes) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  const home = homes.find(({ id }) => id === homeId);
  if (!home) return <MissingPage />;
  const others = homes.filter(({ id, standing }) => id !== homeId && standing.as === 'owner');
  const may = (right: Right) => home.standing.may.includes(right);
  return (
    <Page title={home.name} narrow back={<BackLink to="/" text={t('nav.devices')} />}>
      {may('own') && <Rooms home={home} />}
      {may('share') && <Members subject={{ kind: 'home', id: home.id }} most={givable(home.standing)} />}
      {home.standing.as === 'member' && <Shares among={new Set([home.id])} />}
      {may('own') && <NewHome />}
      {may('own') && others.length > 0 && <RemoveHome key={home.id} home={home} others={others} />}
    </Page>
  );
}
