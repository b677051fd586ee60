// Gives a device away, after asking once more.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { DeviceDetailView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { keys } from '../../gateway/queries.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { ChooseParting, type Parting } from '../past/parting-choice.js';

export function Release({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [history, setHistory] = useState<Parting>('keep');
  const release = useMutation({
    mutationFn: () => call('release', { params: { deviceId: device.id }, query: { history } }),
    onSuccess: async () => {
      await navigate('/', { replace: true });
      cache.removeQueries({ queryKey: keys.device(device.id) });
      applyLiveEvent(cache, { name: 'devices' });
    },
  });
  return (
    <div className="release">
      <button type="button" className="button button-quiet-danger" onClick={() => setAsking(true)}>
        {t('device.release')}
      </button>
      {asking && (
        <ConfirmDialog
          title={t('device.releaseAsk', { name: device.name })}
          text={t('device.releaseText')}
          confirm={t(history === 'erase' ? 'past.awayConfirm' : 'device.releaseConfirm')}
          look="danger"
          busy={release.isPending}
          fault={release.error}
          onConfirm={() => release.mutate()}
          onClose={() => setAsking(false)}
        >
          <ChooseParting value={history} onChange={setHistory} hint={t('past.awayHint')} />
        </ConfirmDialog>
      )}
    </div>
  );
}
