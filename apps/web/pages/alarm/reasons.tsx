// What kept a message back, each cause in words with what explains it.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WhyView } from '#codecs/api';
import { type Cause, causesOf } from '../../model/same-reasons.js';
import { useClockText } from '../../parts/clock.js';
import { Section } from '../../parts/section.js';
import { saidText } from '../../texts/said-texts.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

export function Reasons({ reasons }: Pick<WhyView, 'reasons'>) {
  const { t } = useTranslation();
  return (
    <Section title={t('why.not')}>
      {reasons.length === 0 && <p>{t('why.nothingKept')}</p>}
      <ul className="receipts">
        {causesOf(reasons).map(cause => (
          <li key={`${cause.why} ${cause.detail}`}>
            <strong>{t(`why.reasons.${cause.why}`)}</strong>
            <Explained cause={cause} />
            <span className="quiet">
              <Times cause={cause} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Times({ cause: { at, lastAt, until, count } }: { cause: Cause }) {
  const { t } = useTranslation();
  const clock = useClockText();
  if (at !== null && lastAt !== null && count > 1)
    return t('why.often', { from: clock(at), to: clock(lastAt), count });
  return [
    ...(at === null ? [] : [t('why.from', { time: clock(at) })]),
    ...(until === null ? [] : [t('alarm.until', { time: clock(until) })]),
  ].join(' ');
}

/** The alarm that explains it, or the channel with what its other side said. */
function Explained({ cause: { why, detail } }: { cause: Cause }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (detail === null) return null;
  if (why === 'explained-by-another') return <Link to={`/alarms/${detail}`}>{t('why.toOther')}</Link>;
  const [channel = '', ...said] = detail.split(': ');
  const words = [wordText(locale, 'channel', channel), ...said.map(each => saidText(locale, each))];
  return <small className="quiet">{words.join(locale === 'zh' ? '：' : ': ')}</small>;
}
