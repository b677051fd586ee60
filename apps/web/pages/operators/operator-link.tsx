// The link by which one more operator comes in: made and shown once, and withdrawn while it waits.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OperatorsView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { useUntilText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { LinkOnce } from '../../parts/link-once.js';

export function LetOneIn() {
  const { t } = useTranslation();
  const until = useUntilText();
  const cache = useQueryClient();
  const make = useMutation({
    mutationFn: () => call('makeOperatorLink'),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.operators }),
  });
  if (make.data)
    return (
      <div className="secret" role="status">
        <h3>{t('operators.linkTitle')}</h3>
        <p>{t('operators.linkText', { time: until(make.data.expiresAt) })}</p>
        <LinkOnce url={make.data.url} label={t('operators.linkLabel')}>
          <button type="button" className="button button-primary" onClick={make.reset}>
            {t('sharing.done')}
          </button>
        </LinkOnce>
      </div>
    );
  return (
    <>
      <FailureNote fault={make.error} />
      <ActionButton look="plain" busy={make.isPending} onClick={() => make.mutate()}>
        {t('operators.invite')}
      </ActionButton>
    </>
  );
}

export function WaitingLink({ link }: { link: NonNullable<OperatorsView['link']> }) {
  const { t } = useTranslation();
  const until = useUntilText();
  const cache = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => call('withdrawOperatorLink'),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.operators }),
  });
  return (
    <li className="member">
      <div>
        <strong>{t('operators.waiting')}</strong>
        <p className="hint">{t('sharing.usableUntil', { time: until(link.expiresAt) })}</p>
        <FailureNote fault={withdraw.error} />
      </div>
      <ActionButton look="plain" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t('sharing.withdraw')}
        <span className="only-read"> {t('operators.linkLabel')}</span>
      </ActionButton>
    </li>
  );
}
