// Whoever opens an alarm has seen what they were told of it; it acknowledges nothing.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AlarmView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';

/** Says so once for what there is, as soon as the page is in front, and again when the alarm goes on. */
export function useSeen(alarm: Pick<AlarmView, 'id' | 'timeline'> | undefined): void {
  const cache = useQueryClient();
  const alarmId = alarm?.id;
  const entries = alarm?.timeline.length ?? 0;
  useEffect(() => {
    if (alarmId === undefined || entries === 0) return;
    const tell = () => {
      // A page in the background is looked at by nobody.
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', tell);
      call('seeAlarm', { params: { alarmId } }).then(
        () => cache.invalidateQueries({ queryKey: keys.receipts(alarmId) }),
        // It is said the next time.
        () => {},
      );
    };
    document.addEventListener('visibilitychange', tell);
    tell();
    return () => document.removeEventListener('visibilitychange', tell);
  }, [cache, alarmId, entries]);
}
