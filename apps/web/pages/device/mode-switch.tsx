// At home, away or asleep: decides what a door that opens means.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HomeMode, HomeView, Right } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { Choice } from '../../parts/choice.js';
import { FailureNote } from '../../parts/failure-note.js';

/** @param named whether there are others, so that it must say which home it is about */
export function ModeSwitch({ home, named }: { home: HomeView; named: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (mode: HomeMode) => call('changeMode', { params: { homeId: home.id }, body: { mode } }),
    onSuccess: changed =>
      cache.setQueryData<HomeView[]>(keys.homes, homes =>
        homes?.map(known => (known.id === changed.id ? changed : known)),
      ),
  });
  const may = (right: Right) => home.standing.may.includes(right);
  const mode = change.isPending ? change.variables : home.mode;
  const options = [
    { value: 'home', text: t('home.modeHome') },
    { value: 'away', text: t('home.modeAway') },
    { value: 'night', text: t('home.modeNight') },
  ] as const;
  const hints: Record<HomeMode, string> = {
    home: t('home.modeHintHome'),
    away: t('home.modeHintAway'),
    night: t('home.modeHintNight'),
  };
  return (
    <div className="mode">
      <Choice
        legend={t('home.mode', { home: home.name })}
        hideLegend={!named}
        options={options}
        value={mode}
        onChange={change.mutate}
      />
      <p className="hint" aria-live="polite">
        {hints[mode]}
      </p>
      <p className="row">
        {may('own') && (
          <Link className="quiet" to={`/homes/${home.id}/plan`}>
            {t('plan.link')}
          </Link>
        )}
        <Link className="quiet" to={`/homes/${home.id}`}>
          {t('sharing.home')}
        </Link>
      </p>
      <FailureNote fault={change.error} />
    </div>
  );
}
