// Lets one more person in: what they may do is chosen, and a link is made that works once.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Capability, MadeInvitationView, Terms } from '#codecs/api';
import { keys } from '../../gateway/queries.js';
import { type Subject, sharingCalls } from '../../gateway/sharing.js';
import { useUntilText } from '../../parts/clock.js';
import { LinkOnce } from '../../parts/link-once.js';
import { TermsForm } from './terms-form.js';

export function Invite({ subject, most }: { subject: Subject; most: readonly Capability[] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [open, setOpen] = useState(false);
  const invite = useMutation({
    mutationFn: (terms: Terms) => sharingCalls(subject).invite(terms),
    onSuccess: () => {
      setOpen(false);
      void cache.invalidateQueries({ queryKey: keys.circles });
    },
  });
  if (invite.data) return <Link made={invite.data} done={invite.reset} />;
  if (!open)
    return (
      <button type="button" className="button button-plain" onClick={() => setOpen(true)}>
        {t('sharing.invite')}
      </button>
    );
  return (
    <TermsForm
      most={most}
      legend={t('sharing.choose')}
      button={t('sharing.make')}
      busy={invite.isPending}
      fault={invite.error}
      onSubmit={terms => invite.mutate(terms)}
      onCancel={() => setOpen(false)}
    />
  );
}

function Link({ made, done }: { made: MadeInvitationView; done: () => void }) {
  const { t } = useTranslation();
  const until = useUntilText();
  return (
    <div className="secret" role="status">
      <h3>{t('sharing.linkTitle')}</h3>
      <p>{t('sharing.linkText', { time: until(made.expiresAt) })}</p>
      <LinkOnce url={made.url} label={t('sharing.linkLabel')}>
        <button type="button" className="button button-primary" onClick={done}>
          {t('sharing.done')}
        </button>
      </LinkOnce>
    </div>
  );
}
