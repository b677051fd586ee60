// Reports a device stolen, after asking once more, or found again.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceDetailView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { FailureNote } from '../../parts/failure-note.js';

export function Lock({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const lock = useChange('lockDevice', device, () => setAsking(false));
  return (
    <>
      <button type="button" className="button button-quiet-danger" onClick={() => setAsking(true)}>
        {t('possession.lock')}
      </button>
      {asking && (
        <ConfirmDialog
          title={t('possession.lockAsk', { name: device.name })}
          text={t('possession.lockText')}
          confirm={t('possession.lockConfirm')}
          look="danger"
          busy={lock.isPending}
          fault={lock.error}
          onConfirm={() => lock.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** Of one that is gone: its owner sees that first, and nothing can be done with it before it is back. */
export function Locked({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  const unlock = useChange('unlockDevice', device);
  return (
    <div className="objection" role="status">
      <p>{t('possession.locked')}</p>
      <FailureNote fault={unlock.error} />
      <ActionButton look="plain" busy={unlock.isPending} onClick={() => unlock.mutate()}>
        {t('possession.unlock')}
      </ActionButton>
    </div>
  );
}

function useChange(name: 'lockDevice' | 'unlockDevice', { id }: DeviceDetailView, then = () => {}) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(name, { params: { deviceId: id } }),
    onSuccess: async () => {
      then();
      for (const queryKey of [keys.device(id), keys.ledger(id)]) await cache.invalidateQueries({ queryKey });
    },
  });
}
