// What was granted, as one line of plain words.
import { useTranslation } from 'react-i18next';
import { type Capability, capabilities } from '#codecs/api';
import { useLocale } from '../../texts/use-locale.js';

export function useCanText(): (can: readonly Capability[]) => string {
  const { t } = useTranslation();
  const list = new Intl.ListFormat(useLocale(), { type: 'conjunction' });
  return can =>
    list.format(capabilities.filter(one => can.includes(one)).map(one => t(`sharing.can.${one}`)));
}
