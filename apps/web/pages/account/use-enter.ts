// What happens once somebody is let in: the cache begins anew, and they go to where they wanted to be.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import type { SessionView } from '#codecs/api';
import { keys } from '../../gateway/queries.js';
import { nextPath } from '../../model/next-path.js';

export function useEnter<T>(enter: (wish: T) => Promise<SessionView>) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return useMutation({
    mutationFn: enter,
    onSuccess: async session => {
      // What was shown to nobody, or to somebody else, is not for this person.
      cache.removeQueries({ predicate: query => query.queryKey[0] !== keys.session[0] });
      cache.setQueryData(keys.session, session);
      await navigate(nextPath(search.get('next')), { replace: true });
    },
  });
}
