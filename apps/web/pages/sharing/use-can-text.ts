// What was granted, as one line of plain words.
import { useTranslation } from 'react-i18next';
import { type Capability, capabilities } from '#codecs/api';
import { useLocale } from '../../texts/use-locale.js';

export function useCanText(): (can: readonly Capability[]) => string {
  const { t } = useTranslation();
  const list = new Intl.ListFormat(useLocale(), { type: 'conjunction' });
  return can => {
    const [first = '', ...others] = capabilities
      .filter(one => can.includes(one))
      .map(one => t(`sharing.can.${one}`));
    return list.format([first, ...others.map(startedSmall)]);
  };
}

function startedSmall(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
