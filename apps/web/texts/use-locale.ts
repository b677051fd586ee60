// The language of the moment, and the way to change it.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Locale, localeSchema, type Text } from '#codecs/api';
import { storeLocale } from '../model/locale.js';

export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return localeSchema.catch('en').parse(i18n.language);
}

/** Picks from a text that the gateway sends in every language. */
export function useText(): (text: Text) => string {
  const locale = useLocale();
  return useCallback(text => text[locale], [locale]);
}

export function useChooseLocale(): (locale: Locale) => void {
  const { i18n } = useTranslation();
  return useCallback(
    locale => {
      storeLocale(locale);
      void i18n.changeLanguage(locale);
    },
    [i18n],
  );
}
