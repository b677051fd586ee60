// Starts i18next with both languages at hand, and keeps the document's own language in step.
import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '#codecs/api';
import { en, type Texts } from './en.js';
import { errorTexts } from './error-texts.js';
import { zh } from './zh.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts & { error: (typeof errorTexts)['en'] } };
  }
}

/** The tag that chooses the right glyphs and the right voice. */
const documentLanguage: Record<Locale, string> = { en: 'en', zh: 'zh-CN' };

export function startTexts(locale: Locale): i18n {
  const texts = createInstance();
  texts.on('languageChanged', language => {
    document.documentElement.lang = documentLanguage[language as Locale];
  });
  void texts.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    resources: {
      en: { translation: { ...en, error: errorTexts.en } },
      zh: { translation: { ...zh, error: errorTexts.zh } },
    },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return texts;
}
