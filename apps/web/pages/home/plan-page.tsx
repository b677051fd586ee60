// The week of a home: when it is at home, away and asleep by itself, what comes next, and what was.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { HomeView, ModePlanView, ModeSwitch } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { homesQuery, keys, modePlanQuery } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { BackLink } from '../../parts/back-link.js';
import { FailureNote } from '../../parts/failure-note.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { MissingPage } from '../../parts/missing-page.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { PlanPast } from './plan-past.js';
import { SwitchRow } from './switch-row.js';

export default function PlanPage() {
  const { homeId = '' } = useParams();
  const homes = useQuery(homesQuery);
  const plan = useQuery(modePlanQuery(homeId));
  const home = homes.data?.find(({ id }) => id === homeId);
  const fault = homes.error ?? plan.error;
  if (!homes.data || !plan.data)
    return fault ? <FailurePage fault={fault} retry={plan.refetch} /> : <Loading />;
  if (!home) return <MissingPage />;
  return <Plan home={home} plan={plan.data} />;
}

/** Each row has a key of its own, so that a row keeps its focus when another goes. */
interface Row {
  readonly key: number;
  readonly value: ModeSwitch;
}

const everyDay: ModeSwitch = { days: [1, 2, 3, 4, 5, 6, 7], at: '22:30', mode: 'night' };

function Plan({ home, plan }: { home: HomeView; plan: ModePlanView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [rows, setRows] = useState<readonly Row[]>(() => plan.switches.map((value, key) => ({ key, value })));
  const save = useMutation({
    mutationFn: () =>
      call('putModePlan', {
        params: { homeId: home.id },
        body: { switches: rows.map(({ value }) => ({ ...value, days: [...value.days] })) },
      }),
    onSuccess: saved => cache.setQueryData<ModePlanView>(keys.modePlan(home.id), saved),
  });
  const add = () =>
    setRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, value: everyDay }]);
  return (
    <Page title={t('plan.title')} narrow back={<BackLink to="/" text={t('nav.devices')} />}>
      <p className="plan-lead">{t('plan.lead', { home: home.name, zone: home.timeZone })}</p>
      <Section title={t('plan.week')}>
        {rows.length === 0 && <p className="quiet">{t('plan.none')}</p>}
        <ul className="switches">
          {rows.map(({ key, value }) => (
            <SwitchRow
              key={key}
              value={value}
              onChange={changed =>
                setRows(rows.map(row => (row.key === key ? { key, value: changed } : row)))
              }
              onRemove={() => setRows(rows.filter(row => row.key !== key))}
            />
          ))}
        </ul>
        <div className="switches-foot">
          <ActionButton look="plain" onClick={add}>
            {t('plan.add')}
          </ActionButton>
          <ActionButton busy={save.isPending} onClick={() => save.mutate()}>
            {t('common.save')}
          </ActionButton>
        </div>
        <p role="status">{save.isSuccess && t('plan.saved')}</p>
        <FailureNote fault={save.error} />
        <p className="hint below">{t('plan.hint')}</p>
      </Section>
      <PlanPast plan={plan} timeZone={home.timeZone} />
    </Page>
  );
}
