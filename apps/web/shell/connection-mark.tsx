// Whether this page still hears the gateway; loud only when it does not.
import { useTranslation } from 'react-i18next';
import { useLive } from '../gateway/live.js';

export function ConnectionMark() {
  const { t } = useTranslation();
  const { state } = useLive();
  return (
    <div className="connection" role="status">
      {state === 'open' && <span className="connection-open">{t('live.open')}</span>}
      {state === 'lost' && (
        <span className="connection-lost">
          <span className="spinner" aria-hidden="true" />
          {t('live.lost')}
        </span>
      )}
    </div>
  );
}
