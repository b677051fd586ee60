// How long it took from the packet at the gateway to the notice on this page.
import type { NoticeView } from '#codecs/api';

const longestMs = 60_000;

/**
 * Milliseconds, as right as the clocks of gateway and browser agree; null where the figure would mean nothing
 * (a browser's clock that is behind, a notice that was caught up with after a lost connection).
 */
export function packetToPageMs(notice: Pick<NoticeView, 'receivedAt'>, shownAt: number): number | null {
  const tookMs = Math.round(shownAt - notice.receivedAt);
  return tookMs >= 0 && tookMs <= longestMs ? tookMs : null;
}
