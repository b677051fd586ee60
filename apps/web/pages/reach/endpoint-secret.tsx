// The key of a new webhook’s signature, shown this once.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function EndpointSecret({ secret, done }: { secret: string; done: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  // Browsers hand out the clipboard over https and on localhost only; elsewhere the text can be selected.
  const canCopy = window.isSecureContext;
  return (
    <div className="secret" role="status">
      <h3>{t('settings.secretTitle')}</h3>
      <p>{t('settings.secretText')}</p>
      <p className="code secret-value">{secret}</p>
      <div className="row">
        {canCopy && (
          <button
            type="button"
            className="button button-plain"
            onClick={() =>
              navigator.clipboard.writeText(secret).then(
                () => setCopied(true),
                () => setCopied(false),
              )
            }
          >
            {copied ? t('settings.copied') : t('settings.copy')}
          </button>
        )}
        <button type="button" className="button button-primary" onClick={done}>
          {t('settings.secretDone')}
        </button>
      </div>
    </div>
  );
}
