// The end of a home: its devices move into another one, and everything else goes with it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { HomeView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { devicesQuery } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { Section } from '../../parts/section.js';

/** @param others the owner's other homes, one at least: the only home stays */
export function RemoveHome({ home, others }: { home: HomeView; others: readonly HomeView[] }) {
  const { t } = useTranslation();
  const id = useId();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { data: devices = [] } = useQuery(devicesQuery);
  const [asking, setAsking] = useState(false);
  const [moveTo, setMoveTo] = useState(others[0]?.id ?? '');
  const remove = useMutation({
    mutationFn: () => call('removeHome', { params: { homeId: home.id }, query: { moveTo } }),
    onSuccess: async () => {
      await navigate('/', { replace: true });
      applyLiveEvent(cache, { name: 'devices' });
    },
  });
  const inside = devices.filter(({ homeId }) => homeId === home.id).length;
  return (
    <Section title={t('leaving.home')}>
      <p>{t('leaving.homeText')}</p>
      <ActionButton look="danger" onClick={() => setAsking(true)}>
        {t('leaving.homeButton')}
      </ActionButton>
      {asking && (
        <ConfirmDialog
          title={t('leaving.homeAsk', { home: home.name })}
          text={t('leaving.homeWarning')}
          confirm={t('leaving.homeConfirm')}
          look="danger"
          busy={remove.isPending}
          fault={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        >
          {inside > 0 && (
            <div className="field terms">
              <label htmlFor={id}>{t('leaving.moveTo', { count: inside })}</label>
              <select id={id} value={moveTo} onChange={({ target }) => setMoveTo(target.value)}>
                {others.map(other => (
                  <option key={other.id} value={other.id}>
                    {other.name}
                  </option>
                ))}
              </select>
            </div>
          )}
        </ConfirmDialog>
      )}
    </Section>
  );
}
