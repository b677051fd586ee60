// Who somebody is and how they will sign in: for a new account and for the first operator.
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Body } from '#codecs/api';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { PasswordField } from '../../parts/password-field.js';
import { useLocale } from '../../texts/use-locale.js';

interface Props {
  readonly button: string;
  readonly busy: boolean;
  readonly fault: unknown;
  readonly onSubmit: (person: Body<'signUp'>) => void;
}

export function PersonForm({ button, busy, fault, onSubmit }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ name: name.trim(), email: email.trim(), password, locale });
  };
  return (
    <form className="form panel" onSubmit={submit}>
      <Field
        label={t('account.name')}
        name="name"
        autoComplete="name"
        required
        maxLength={80}
        pattern=".*\S.*"
        value={name}
        onChange={event => setName(event.target.value)}
      />
      <Field
        label={t('account.email')}
        type="email"
        name="email"
        autoComplete="username"
        required
        maxLength={254}
        value={email}
        onChange={event => setEmail(event.target.value)}
      />
      <PasswordField value={password} onChange={setPassword} isNew />
      <FailureNote fault={fault} />
      <ActionButton type="submit" className="button-big" busy={busy}>
        {button}
      </ActionButton>
    </form>
  );
}
