// The cache of what the gateway said, with the rules for asking again.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { codeOf } from './failure.js';
import { keys } from './queries.js';

const mostRetries = 2;

/** Only what can be different a moment later is worth asking again. */
const passing = new Set(['gateway-unreachable', 'storage-unavailable']);

export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: fault => signedOut(client, fault) }),
    mutationCache: new MutationCache({ onError: fault => signedOut(client, fault) }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, fault) => count < mostRetries && passing.has(codeOf(fault)),
        // A gateway in the same home is reached without the internet, so what the browser calls offline may work.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

/** A session that ended on the server ends on the page at the first call that says so. */
function signedOut(client: QueryClient, fault: unknown): void {
  if (codeOf(fault) === 'not-signed-in') client.setQueryData(keys.session, null);
}
