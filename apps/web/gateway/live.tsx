// Makes the live stream part of the pages: the cache is kept fresh, the latest notices are at hand.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { NoticeView } from '#codecs/api';
import { applyLiveEvent, refreshAll } from './live-cache.js';
import { type LiveState, openLiveStream } from './live-stream.js';
import { keys } from './queries.js';

interface Live {
  readonly state: LiveState;
  /** Newest first; those that came while this page was open. */
  readonly notices: readonly NoticeView[];
}

const mostNotices = 20;
const nothing: Live = { state: 'connecting', notices: [] };
const LiveContext = createContext<Live>(nothing);

export function useLive(): Live {
  return useContext(LiveContext);
}

/** `active`: somebody is signed in; without that there is nothing to listen to. */
export function LiveProvider({ active, children }: { active: boolean; children: ReactNode }) {
  const cache = useQueryClient();
  const [live, setLive] = useState<Live>(nothing);

  useEffect(() => {
    if (!active) return;
    const close = openLiveStream({
      event: event => {
        applyLiveEvent(cache, event);
        if (event.name === 'notice') setLive(before => withNotice(before, event.data));
      },
      state: state => {
        setLive(before => ({ ...before, state }));
        // At the first opening too: what was asked for before it may have changed in between.
        if (state === 'open') refreshAll(cache);
        // The stream also ends with the session; asking says which it was.
        if (state === 'lost') void cache.invalidateQueries({ queryKey: keys.session });
      },
    });
    return () => {
      close();
      setLive(nothing);
    };
  }, [active, cache]);

  return <LiveContext value={live}>{children}</LiveContext>;
}

/** The counter rises with each notice, so that one that comes twice is known. */
function withNotice(live: Live, notice: NoticeView): Live {
  const seen = live.notices.some(known => known.counter >= notice.counter);
  return seen ? live : { ...live, notices: [notice, ...live.notices].slice(0, mostNotices) };
}
