// Which language to speak: the person's choice here, else the account's, else the browser's.
import { type Locale, localeSchema } from '#codecs/api';

const place = 'airbind.locale';

export function pickLocale(
  chosen: string | null,
  ofAccount: Locale | undefined,
  ofBrowser: readonly string[],
): Locale {
  const choice = localeSchema.safeParse(chosen);
  if (choice.success) return choice.data;
  if (ofAccount) return ofAccount;
  const known = ofBrowser.find(tag => /^(zh|en)\b/i.test(tag));
  return known?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function storedLocale(): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

export function storeLocale(locale: Locale): void {
  try {
    localStorage.setItem(place, locale);
  } catch {
    // A browser that keeps nothing: the choice then lasts as long as the page.
  }
}
