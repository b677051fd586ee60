// A password that its writer may look at: typing blind on a phone is where mistakes come from.
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** A new password is held to the length that the gateway asks for. */
  readonly isNew?: boolean;
  /** Somebody may have none. */
  readonly isOptional?: boolean;
}

export function PasswordField({ value, onChange, isNew = false, isOptional = false }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor={id}>{t('account.password')}</label>
      <input
        id={id}
        type={shown ? 'text' : 'password'}
        name="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required={!isOptional}
        minLength={isNew ? 10 : undefined}
        maxLength={200}
        value={value}
        onChange={event => onChange(event.target.value)}
        aria-describedby={isNew ? `${id}-hint` : undefined}
      />
      <div className="field-foot">
        {isNew && (
          <span id={`${id}-hint`} className="hint">
            {t('account.passwordHint')}
          </span>
        )}
        <label className="check">
          <input type="checkbox" checked={shown} onChange={event => setShown(event.target.checked)} />
          {t('account.showPassword')}
        </label>
      </div>
    </div>
  );
}
