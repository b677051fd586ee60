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
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const params = { deviceId: device.id };
  const isLocked = device.state === 'locked';
  const change = useMutation({
    mutationFn: () => call(isLocked ? 'unlockDevice' : 'lockDevice', { params }),
    onSuccess: async () => {
      setAsking(false);
      for (const queryKey of [keys.device(device.id), keys.ledger(device.id)])
        await cache.invalidateQueries({ queryKey });
    },
  });
  if (isLocked)
    return (
      <>
        <p role="status">{t('possession.locked')}</p>
        <FailureNote fault={change.error} />
        <ActionButton look="plain" busy={change.isPending} onClick={() => change.mutate()}>
          {t('possession.unlock')}
        </ActionButton>
      </>
    );
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
          busy={change.isPending}
          fault={change.error}
          onConfirm={() => change.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
