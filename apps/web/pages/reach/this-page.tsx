// The page itself as a way: live while it is open, and how long a message takes to it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';

interface Echo {
  readonly id: string;
  /** Of this page's own clock, as the other moment is. */
  readonly heardAt: number;
}

export function ThisPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asked, setAsked] = useState({ id: '', at: 0 });
  const { data: echo } = useQuery<Echo | null>({
    queryKey: keys.echo,
    queryFn: () => cache.getQueryData<Echo>(keys.echo) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const test = useMutation({
    mutationFn: () => {
      const id = `${Date.now()}`;
      setAsked({ id, at: performance.now() });
      return call('echo', { body: { id } });
    },
  });
  const ms = echo && echo.id === asked.id ? Math.max(1, Math.round(echo.heardAt - asked.at)) : null;
  return (
    <Section title={t('reach.thisPage')}>
      <p>{t('settings.inApp')}</p>
      <FailureNote fault={test.error} />
      <ActionButton look="plain" busy={test.isPending} onClick={() => test.mutate()}>
        {t('reach.test')}
      </ActionButton>
      <p role="status" className="hint below">
        {ms !== null && t('reach.pageHeard', { ms })}
        {ms === null && test.isSuccess && t('reach.pageWaits')}
      </p>
    </Section>
  );
}
