// Hands a device over by a link that is shown once, or takes the offer back.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceDetailView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { useUntilText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { LinkOnce } from '../../parts/link-once.js';
import { ChooseParting, type Parting } from '../past/parting-choice.js';

export function Transfer({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  const until = useUntilText();
  const cache = useQueryClient();
  const [history, setHistory] = useState<Parting>('keep');
  const params = { deviceId: device.id };
  const refresh = () => cache.invalidateQueries({ queryKey: keys.device(device.id) });
  const offer = useMutation({
    mutationFn: () => call('offerTransfer', { params, query: { history } }),
    onSuccess: refresh,
  });
  const withdraw = useMutation({
    mutationFn: () => call('withdrawTransfer', { params }),
    onSuccess: () => {
      offer.reset();
      return refresh();
    },
  });
  const { offeredUntil, offerErases } = device;
  return (
    <>
      <p>{t('possession.transferText')}</p>
      {offer.data && (
        <div className="secret">
          <p>{t('possession.transferLink')}</p>
          <LinkOnce key={offer.data.url} url={offer.data.url} label={t('possession.transferLink')} />
        </div>
      )}
      <p role="status">
        {offeredUntil !== null && t('possession.transferUntil', { time: until(offeredUntil) })}{' '}
        {offerErases && t('past.offerErases')}
      </p>
      <ChooseParting value={history} onChange={setHistory} hint={t('past.awayLater')} />
      <FailureNote fault={offer.error ?? withdraw.error} />
      <div className="row">
        <ActionButton look="plain" busy={offer.isPending} onClick={() => offer.mutate()}>
          {t(offeredUntil === null ? 'possession.transferOffer' : 'possession.transferAgain')}
        </ActionButton>
        {offeredUntil !== null && (
          <ActionButton look="plain" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t('possession.transferWithdraw')}
          </ActionButton>
        )}
      </div>
    </>
  );
}
