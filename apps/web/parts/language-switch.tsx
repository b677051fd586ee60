// Chinese or English, each named in itself.
import { useTranslation } from 'react-i18next';
import type { Locale } from '#codecs/api';
import { useChooseLocale, useLocale } from '../texts/use-locale.js';
import { Choice } from './choice.js';

const languages: readonly { value: Locale; text: string; lang: string }[] = [
  { value: 'zh', text: '中文', lang: 'zh-CN' },
  { value: 'en', text: 'English', lang: 'en' },
];

export function LanguageSwitch() {
  const { t } = useTranslation();
  const locale = useLocale();
  const choose = useChooseLocale();
  return (
    <Choice legend={t('common.language')} hideLegend options={languages} value={locale} onChange={choose} />
  );
}
