// Gives the device a name and binds it: the proof first, then the server's nonce back to it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Proof } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';

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

export function BindForm({ ticket, by }: { ticket: string; by: Exclude<Proof['by'], 'provisioned'> }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const first = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
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
    if (!binding.isPending) binding.mutate({ proof: by === 'pin' ? { by, pin } : { by }, name: name.trim() });
  };
  return (
    <form className="form" onSubmit={submit}>
      {by === 'pin' && (
        <Field
          label={t('scan.pinLabel')}
          hint={t('scan.pinHint')}
          ref={first}
          className="pin"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          pattern="\d{6,12}"
          maxLength={12}
          value={pin}
          onChange={event => setPin(event.target.value)}
        />
      )}
      <Field
        label={t('scan.name')}
        hint={t('scan.nameHint')}
        ref={by === 'pin' ? undefined : first}
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
