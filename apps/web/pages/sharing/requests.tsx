// People who scanned the code and would like to be let in: the owner says with what, or no.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView, Terms } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { useClockText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { TermsForm } from './terms-form.js';

export function Requests({ deviceId, requests }: { deviceId: string; requests: readonly RequestView[] }) {
  const { t } = useTranslation();
  return (
    <div className="requests">
      <h3>{t('sharing.requests')}</h3>
      <ul className="rows">
        {requests.map(request => (
          <Request key={request.id} deviceId={deviceId} request={request} />
        ))}
      </ul>
    </div>
  );
}

function Request({ deviceId, request: { id, name, at } }: { deviceId: string; request: RequestView }) {
  const { t } = useTranslation();
  const clock = useClockText();
  const cache = useQueryClient();
  const [choosing, setChoosing] = useState(false);
  const params = { deviceId, requestId: id };
  const onSettled = () => cache.invalidateQueries({ queryKey: keys.circles });
  const letIn = useMutation({ mutationFn: (body: Terms) => call('letIn', { params, body }), onSettled });
  const turnAway = useMutation({ mutationFn: () => call('turnAway', { params }), onSettled });
  if (choosing)
    return (
      <li>
        <TermsForm
          legend={t('sharing.letInAs', { name })}
          button={t('sharing.grant')}
          busy={letIn.isPending}
          fault={letIn.error}
          onSubmit={terms => letIn.mutate(terms)}
          onCancel={() => setChoosing(false)}
        />
      </li>
    );
  return (
    <li className="member">
      <div>
        <strong>{name}</strong>
        <p className="hint">{clock(at)}</p>
        <FailureNote fault={turnAway.error} />
      </div>
      <div className="row">
        <button type="button" className="button button-primary" onClick={() => setChoosing(true)}>
          {t('sharing.letIn')}
          <span className="only-read"> {name}</span>
        </button>
        <ActionButton look="plain" busy={turnAway.isPending} onClick={() => turnAway.mutate()}>
          {t('sharing.turnAway')}
          <span className="only-read"> {name}</span>
        </ActionButton>
      </div>
    </li>
  );
}
