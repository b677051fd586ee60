// One more home, for devices that stand elsewhere.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { Section } from '../../parts/section.js';

export function NewHome() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const make = useMutation({
    mutationFn: () => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      return call('makeHome', { body: { name: name.trim(), timeZone } });
    },
    onSuccess: async home => {
      await cache.invalidateQueries({ queryKey: keys.homes });
      setName('');
      await navigate(`/homes/${home.id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Section title={t('sharing.newHome')}>
      <form className="form" onSubmit={submit}>
        <Field
          label={t('sharing.homeName')}
          value={name}
          onChange={event => setName(event.target.value)}
          required
          maxLength={80}
          pattern=".*\S.*"
        />
        <FailureNote fault={make.error} />
        <ActionButton type="submit" look="plain" busy={make.isPending}>
          {t('sharing.addHome')}
        </ActionButton>
      </form>
    </Section>
  );
}
