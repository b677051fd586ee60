// A link that is shown once: selected and ready to be copied, by hand where the browser hands out no clipboard.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly url: string;
  /** For who does not see it. */
  readonly label: string;
  /** What else can be done with it. */
  readonly children?: ReactNode;
}

export function LinkOnce({ url, label, children }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <>
      <input
        ref={input}
        className="code secret-value"
        readOnly
        value={url}
        aria-label={label}
        onFocus={event => event.target.select()}
      />
      <div className="row">
        {window.isSecureContext && (
          <button type="button" className="button button-plain" onClick={copy}>
            {copied ? t('sharing.copied') : t('sharing.copy')}
          </button>
        )}
        {children}
      </div>
    </>
  );
}
