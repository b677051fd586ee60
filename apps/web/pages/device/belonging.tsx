// Whose the device is to be: what an owner can do about that, and who else wants it or has it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DeviceDetailView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { useUntilText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';
import { Lock } from './lock.js';
import { Release } from './release.js';
import { Transfer } from './transfer.js';

export function Belonging({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  return (
    <Section title={t('possession.title')}>
      <Transfer device={device} />
      <Lock device={device} />
      <Release device={device} />
    </Section>
  );
}

/** Somebody who holds the device asks for it: the owner sees that first. */
export function Objection({ device, dueAt }: { device: DeviceDetailView; dueAt: number }) {
  const { t } = useTranslation();
  const until = useUntilText();
  const cache = useQueryClient();
  const veto = useMutation({
    mutationFn: () => call('vetoRecovery', { params: { deviceId: device.id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.device(device.id) }),
  });
  return (
    <div className="objection" role="alert">
      <p>{t('possession.asked', { time: until(dueAt) })}</p>
      <FailureNote fault={veto.error} />
      <ActionButton busy={veto.isPending} onClick={() => veto.mutate()}>
        {t('possession.veto')}
      </ActionButton>
    </div>
  );
}
