// For who holds a device whose owner cannot let go of it: asking for it, and taking it when nobody objected.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { BindingPolicy } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { useUntilText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { useNow } from '../../parts/use-now.js';
import { useProof } from './use-proof.js';

interface Props {
  readonly ticket: string;
  readonly policy: BindingPolicy;
  /** Of this person's own request; null: there is none. */
  readonly dueAt: number | null;
}

const lookAgainMs = 10_000;

export function Recover({ ticket, policy, dueAt }: Props) {
  const { t } = useTranslation();
  const until = useUntilText();
  const isDue = useNow(lookAgainMs) >= (dueAt ?? Number.POSITIVE_INFINITY);
  if (policy === 'none') return null;
  return (
    <details className="more" open={dueAt !== null}>
      <summary>{t('possession.recover')}</summary>
      {dueAt !== null && !isDue ? (
        <p role="status">{t('possession.recoverWait', { time: until(dueAt) })}</p>
      ) : (
        <Ask ticket={ticket} policy={policy} isDue={isDue} />
      )}
    </details>
  );
}

function Ask({ ticket, policy, isDue }: { ticket: string; policy: BindingPolicy; isDue: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { proof, field } = useProof(policy);
  const params = { ticket };
  const ask = useMutation({
    mutationFn: async () => {
      if (!isDue) await call('askRecovery', { params, body: { proof } });
      else return call('completeRecovery', { params, body: { proof } });
    },
    onSuccess: async taken => {
      await cache.invalidateQueries({ queryKey: keys.ticket(ticket) });
      if (!taken) return;
      applyLiveEvent(cache, { name: 'devices' });
      await navigate(`/devices/${taken.deviceId}`, { replace: true, state: { justBound: true } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ask.isPending) ask.mutate();
  };
  return (
    <form className="form" onSubmit={submit}>
      <p>{t(isDue ? 'possession.recoverDue' : 'possession.recoverText')}</p>
      {policy === 'button' && <p className="hint">{t('possession.pressFirst')}</p>}
      {field}
      <FailureNote fault={ask.error} />
      <ActionButton type="submit" look="plain" busy={ask.isPending}>
        {t(isDue ? 'possession.recoverTake' : 'possession.recoverAsk')}
      </ActionButton>
    </form>
  );
}
