// What others share with the person who looks, and the way out of it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ShareView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { sharesQuery } from '../../gateway/sharing.js';
import { useClockText } from '../../parts/clock.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { Section } from '../../parts/section.js';
import { useText } from '../../texts/use-locale.js';
import { useCanText } from './use-can-text.js';

/** @param among only these subjects; all without it */
export function Shares({ among }: { among?: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const { data: shares = [] } = useQuery(sharesQuery);
  const shown = shares.filter(({ subject }) => among === undefined || among.has(subject.id));
  if (shown.length === 0) return null;
  return (
    <Section title={t('sharing.shared')}>
      <ul className="rows">
        {shown.map(share => (
          <Share key={share.id} share={share} />
        ))}
      </ul>
    </Section>
  );
}

function Share({ share }: { share: ShareView }) {
  const { t } = useTranslation();
  const text = useText();
  const clock = useClockText();
  const canText = useCanText();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const leave = useMutation({
    mutationFn: () => call('leave', { params: { grantId: share.id } }),
    onSuccess: async () => {
      await navigate('/', { replace: true });
      applyLiveEvent(cache, { name: 'devices' });
    },
  });
  const { subject, owner, can, until } = share;
  const name = text(subject.name);
  return (
    <li className="member">
      <div>
        <strong>{name}</strong>
        <p>{t('sharing.youMay', { list: canText(can) })}</p>
        <p className="hint">
          {[
            t('sharing.sharedBy', { name: owner }),
            ...(until === null ? [] : [t('sharing.until', { time: clock(until) })]),
          ].join(' · ')}
        </p>
      </div>
      <button type="button" className="button button-plain" onClick={() => setAsking(true)}>
        {t('sharing.leave')}
        <span className="only-read"> {name}</span>
      </button>
      {asking && (
        <ConfirmDialog
          title={t('sharing.leaveAsk', { name })}
          text={t('sharing.leaveText')}
          confirm={t('sharing.leave')}
          look="danger"
          busy={leave.isPending}
          fault={leave.error}
          onConfirm={() => leave.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
