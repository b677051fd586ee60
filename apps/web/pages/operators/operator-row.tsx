// One operator, and the way out: their own, or that of somebody who is taken down.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';

/** @param isLast whoever is alone stays, and is not asked */
export function OperatorRow({ operator, isLast }: { operator: OperatorView; isLast: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { id, name, email, isYou } = operator;
  const remove = useMutation({
    mutationFn: () => call('removeOperator', { params: { accountId: id } }),
    onSuccess: () => {
      setAsking(false);
      // Who stepped down is somebody else on every page.
      void cache.invalidateQueries({ queryKey: isYou ? keys.session : keys.operators });
    },
  });
  const words = isYou ? 'operators.stepDown' : 'operators.takeDown';
  return (
    <li className="member">
      <div>
        <strong>{isYou ? t('operators.you', { name }) : name}</strong>
        <p className="hint">{email}</p>
      </div>
      {!isLast && (
        <button type="button" className="button button-plain" onClick={() => setAsking(true)}>
          {t(`${words}.button`)}
          {!isYou && <span className="only-read"> {name}</span>}
        </button>
      )}
      {asking && (
        <ConfirmDialog
          title={t(`${words}.ask`, { name })}
          text={t(`${words}.text`)}
          confirm={t(`${words}.button`)}
          look="danger"
          busy={remove.isPending}
          fault={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
