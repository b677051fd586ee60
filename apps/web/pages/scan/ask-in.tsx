// For a stranger at a device that somebody owns: what to do, and a way to ask its owner.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { Calm } from '../../parts/calm.js';
import { FailureNote } from '../../parts/failure-note.js';

export function AskIn({ ticket, asked }: { ticket: string; asked: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const ask = useMutation({
    mutationFn: () => call('askIn', { params: { ticket } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.ticket(ticket) }),
  });
  return (
    <Calm sign="person" title={t('scan.strangerTitle')} text={t('scan.strangerText')}>
      <p role="status">{asked && t('sharing.asked')}</p>
      <FailureNote fault={ask.error} />
      {!asked && (
        <ActionButton look="plain" busy={ask.isPending} onClick={() => ask.mutate()}>
          {t('sharing.ask')}
        </ActionButton>
      )}
    </Calm>
  );
}
