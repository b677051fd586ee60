// Pages for people who are signed in; others are sent to sign in and come back.
import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from 'react-router';
import type { Role } from '#codecs/api';
import { sessionQuery } from '../gateway/queries.js';
import { withNext } from '../model/next-path.js';
import { FailurePage } from '../parts/failure-page.js';
import { Loading } from '../parts/loading.js';
import { MissingPage } from '../parts/missing-page.js';

export function SignedIn({ as }: { as?: Role }) {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const { pathname, search } = useLocation();
  if (session === undefined) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  if (session === null) return <Navigate to={withNext('/sign-in', pathname + search)} replace />;
  if (as && session.account.role !== as) return <MissingPage />;
  return <Outlet />;
}
