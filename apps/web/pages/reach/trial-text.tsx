// What became of the last test message: taken after so long, seen to have arrived after so long.
import { useTranslation } from 'react-i18next';
import type { TrialView } from '#codecs/api';
import { saidText } from '../../texts/said-texts.js';
import { useLocale } from '../../texts/use-locale.js';

export function TrialText({ trial }: { trial: TrialView | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (!trial) return null;
  const { outcome, detail, acceptedMs, arrivedMs } = trial;
  return (
    <p role="status" className="hint">
      {outcome === 'under-way' && t('reach.trialUnderWay')}
      {(outcome === 'retry' || outcome === 'refused') &&
        t('reach.trialFailed', { detail: saidText(locale, detail ?? '') })}
      {acceptedMs !== null && t('reach.trialTaken', { ms: acceptedMs })}
      {arrivedMs !== null
        ? ` ${t('reach.trialArrived', { ms: arrivedMs })}`
        : acceptedMs !== null && ` ${t('reach.trialNotSeen')}`}
    </p>
  );
}
