// Gives the device a name and binds it: the proof first, then the server's nonce back to it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { BindingPolicy, Proof } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { useProof } from './use-proof.js';

export const bindKey = (ticket: string) => ['bind', ticket] as const;

interface Wish {
  readonly proof: Proof;
  readonly name: string;
}

async function bind(ticket: string, { proof, name }: Wish) {
  const params = { ticket };
  const { nonce } = await call('claim', { params, body: { proof } });
  return call('confirm', { params, body: name === '' ? { nonce } : { nonce, name } });
}

export function BindForm({ ticket, by }: { ticket: string; by: BindingPolicy }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const first = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const { proof, field } = useProof(by, first);
  const binding = useMutation({
    mutationKey: bindKey(ticket),
    mutationFn: (wish: Wish) => bind(ticket, wish),
    onSuccess: async ({ deviceId }) => {
      await navigate(`/devices/${deviceId}`, { replace: true, state: { justBound: true } });
      applyLiveEvent(cache, { name: 'devices' });
    },
  });

  // The form appears when the button at the device was pressed: the next thing to do is here.
  useEffect(() => first.current?.focus(), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!binding.isPending) binding.mutate({ proof, name: name.trim() });
  };
  return (
    <form className="form" onSubmit={submit}>
      {field}
      <Field
        label={t('scan.name')}
        hint={t('scan.nameHint')}
        ref={field === null ? first : undefined}
        name="device-name"
        autoComplete="off"
        maxLength={80}
        value={name}
        onChange={event => setName(event.target.value)}
      />
      <FailureNote fault={binding.error} />
      <ActionButton type="submit" className="button-big" busy={binding.isPending}>
        {binding.isPending ? t('scan.binding') : t('scan.bind')}
      </ActionButton>
    </form>
  );
}
