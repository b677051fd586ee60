// A moment on screen: as a time of day, or as how long ago it was.
import { agoText, clockText, untilText } from '../model/time-text.js';
import { useLocale } from '../texts/use-locale.js';
import { useNow } from './use-now.js';

const aMinute = 60_000;

export function useClockText(): (at: number) => string {
  const locale = useLocale();
  const now = useNow(aMinute);
  return at => clockText(at, now, locale);
}

export function useUntilText(): (at: number) => string {
  const locale = useLocale();
  return at => untilText(at, locale);
}

export function useAgoText(): (at: number) => string {
  const locale = useLocale();
  const now = useNow(1_000);
  return at => agoText(at, now, locale);
}

export function Clock({ at }: { at: number }) {
  const text = useClockText();
  return <time dateTime={new Date(at).toISOString()}>{text(at)}</time>;
}
