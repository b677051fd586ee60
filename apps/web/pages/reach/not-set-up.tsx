// A channel that this gateway has not, and what its operator would have to set for it.
import { useTranslation } from 'react-i18next';
import type { ChannelView } from '#codecs/api';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

export function NotSetUp({ channel: { channel, missing } }: { channel: ChannelView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <p className="quiet">
      {t('reach.notSetUp', { channel: wordText(locale, 'channel', channel), settings: missing.join(', ') })}
    </p>
  );
}
