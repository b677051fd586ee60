// While the list of alarms is looked at, what was told counts as read, on every page of this person.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../gateway/call.js';
import { keys, unreadQuery } from '../../gateway/queries.js';

export function useMarkRead(): void {
  const cache = useQueryClient();
  const { data } = useQuery(unreadQuery);
  const upTo = data && data.unread > 0 ? data.readUpTo + data.unread : null;
  useEffect(() => {
    // A page in the background is looked at by nobody.
    if (upTo === null || document.visibilityState !== 'visible') return;
    call('markRead', { body: { upTo } }).then(
      unread => cache.setQueryData(keys.unread, unread),
      // It is marked the next time.
      () => {},
    );
  }, [cache, upTo]);
}
