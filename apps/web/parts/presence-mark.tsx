// Whether a device is heard, and when it last was.
import { useTranslation } from 'react-i18next';
import type { PresenceView } from '#codecs/api';
import { useAgoText } from './clock.js';

export function PresenceMark({ presence, long = false }: { presence: PresenceView; long?: boolean }) {
  const { t } = useTranslation();
  const ago = useAgoText();
  const { state, lastHeardAt } = presence;
  const showAge = lastHeardAt !== null && (long || state === 'offline');
  return (
    <span className={`presence presence-${state}`}>
      <span className="presence-dot" aria-hidden="true" />
      {t(`device.${state}`)}
      {showAge && <span className="presence-age"> · {t('device.heard', { ago: ago(lastHeardAt) })}</span>}
    </span>
  );
}
