// What the pages ask about operators, and about the link that makes one.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.js';
import { keys } from './queries.js';

/** What another operator does is not told by the live stream. */
export const operatorsQuery = queryOptions({
  queryKey: keys.operators,
  queryFn: ({ signal }) => call('operators', { signal }),
  refetchInterval: 10_000,
});

export const operatorOfferQuery = (token: string) =>
  queryOptions({
    queryKey: keys.operatorOffer(token),
    queryFn: ({ signal }) => call('operatorOffer', { params: { token }, signal }),
    retry: false,
  });
