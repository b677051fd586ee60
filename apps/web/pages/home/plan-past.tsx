// What a plan does next, and how the modes of the home came about.
import { useTranslation } from 'react-i18next';
import type { ModePlanView } from '#codecs/api';
import { Section } from '../../parts/section.js';
import { useLocale } from '../../texts/use-locale.js';

export function PlanPast({ plan, timeZone }: { plan: ModePlanView; timeZone: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  // By the clocks of the home, wherever the reader is.
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  const { next, changes } = plan;
  if (next === null && changes.length === 0) return null;
  return (
    <Section title={t('plan.past')}>
      {next && <p>{t('plan.next', { mode: t(`plan.mode.${next.mode}`), time: format.format(next.at) })}</p>}
      <ol className="timeline">
        {changes.map(({ since, mode, by }) => (
          <li key={since}>
            <strong>{t(`plan.mode.${mode}`)}</strong>
            <span>{by ?? t('plan.byPlan')}</span>
            <time dateTime={new Date(since).toISOString()}>{format.format(since)}</time>
          </li>
        ))}
      </ol>
    </Section>
  );
}
