// One member, or one invitation that nobody has used: what was granted, until when, and how to take it back.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberView, PendingInvitationView } from '#codecs/api';
import { keys } from '../../gateway/queries.js';
import { type Subject, sharingCalls } from '../../gateway/sharing.js';
import { ActionButton } from '../../parts/action-button.js';
import { useClockText } from '../../parts/clock.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { FailureNote } from '../../parts/failure-note.js';
import { useCanText } from './use-can-text.js';

export function MemberRow({ subject, member }: { subject: Subject; member: MemberView }) {
  const { t } = useTranslation();
  const clock = useClockText();
  const canText = useCanText();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => sharingCalls(subject).revoke(member.id),
    onSuccess: () => {
      setAsking(false);
      void cache.invalidateQueries({ queryKey: keys.circles });
    },
  });
  const { name, can, until, by } = member;
  return (
    <li className="member">
      <div>
        <strong>{name}</strong>
        <p>{canText(can)}</p>
        <p className="hint">
          {[
            ...(until === null ? [] : [t('sharing.until', { time: clock(until) })]),
            t('sharing.by', { name: by }),
          ].join(' · ')}
        </p>
      </div>
      <button type="button" className="button button-plain" onClick={() => setAsking(true)}>
        {t('sharing.remove')}
        <span className="only-read"> {name}</span>
      </button>
      {asking && (
        <ConfirmDialog
          title={t('sharing.removeAsk', { name })}
          text={t('sharing.removeText')}
          confirm={t('sharing.remove')}
          look="danger"
          busy={revoke.isPending}
          fault={revoke.error}
          onConfirm={() => revoke.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

export function WaitingRow({ subject, invitation }: { subject: Subject; invitation: PendingInvitationView }) {
  const { t } = useTranslation();
  const clock = useClockText();
  const canText = useCanText();
  const cache = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => sharingCalls(subject).withdraw(invitation.id),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.circles }),
  });
  const text = canText(invitation.can);
  return (
    <li className="member">
      <div>
        <strong>{t('sharing.waiting')}</strong>
        <p>{text}</p>
        <p className="hint">{t('sharing.usableUntil', { time: clock(invitation.expiresAt) })}</p>
        <FailureNote fault={withdraw.error} />
      </div>
      <ActionButton look="plain" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t('sharing.withdraw')}
        <span className="only-read"> {text}</span>
      </ActionButton>
    </li>
  );
}
