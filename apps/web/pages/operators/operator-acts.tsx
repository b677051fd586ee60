// Who let whom look after the gateway, and who went: when, by whom, and from where.
import { useTranslation } from 'react-i18next';
import type { Locale, OperatorActView, OperatorPerson } from '#codecs/api';
import { Clock } from '../../parts/clock.js';
import { Section } from '../../parts/section.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

export function OperatorActs({ acts }: { acts: readonly OperatorActView[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Section title={t('operators.acts')}>
      {acts.length === 0 && <p className="quiet">{t('operators.noActs')}</p>}
      <ol className="timeline">
        {acts.map((act, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may happen in one millisecond, and nothing of a line is kept
          <li key={`${act.at} ${place}`}>
            <strong>{deedText(locale, act)}</strong>
            <span>{circumstances(locale, act)}</span>
            <Clock at={act.at} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function deedText(locale: Locale, { what, whom }: OperatorActView): string {
  const deed = wordText(locale, 'operator', what);
  return whom === null ? deed : `${deed}${locale === 'zh' ? '：' : ': '}${personText(locale, whom)}`;
}

function circumstances(locale: Locale, { by, from }: OperatorActView): string {
  const via = wordText(locale, 'via', from.via);
  const who = by.is === 'machine' ? null : personText(locale, by);
  return [who, via, from.address].filter(Boolean).join(' · ');
}

function personText(locale: Locale, { is, name }: OperatorPerson): string {
  return is === 'somebody' && name !== null ? name : wordText(locale, 'actor', is);
}
