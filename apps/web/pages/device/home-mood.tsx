// The one sentence over a home, with its sign.
import { useTranslation } from 'react-i18next';
import type { HomeMood as Mood } from '../../model/home-mood.js';
import { Sign, type SignName } from '../../parts/sign.js';

const signs: Record<Mood['kind'], SignName> = {
  alarm: 'bell',
  blind: 'silent',
  'cut-off': 'silent',
  calm: 'shield',
};

export function HomeMood({ mood }: { mood: Mood }) {
  const { title, text } = useSentences(mood);
  return (
    <div className={`mood mood-${mood.kind}`}>
      <span className="mood-sign">
        <Sign name={signs[mood.kind]} />
      </span>
      <div>
        <p className="mood-title">{title}</p>
        <p className="mood-text">{text}</p>
      </div>
    </div>
  );
}

function useSentences(mood: Mood): { title: string; text: string } {
  const { t } = useTranslation();
  switch (mood.kind) {
    case 'alarm':
      return { title: t('home.alarm'), text: t('home.alarmText', { count: mood.count }) };
    case 'blind':
      return { title: t('home.blind'), text: t('home.blindText', { count: mood.count }) };
    case 'cut-off':
      return { title: t('home.cutOff'), text: t('home.cutOffText') };
    case 'calm':
      return { title: t('home.calm'), text: t('home.calmText') };
    default:
      return mood satisfies never;
  }
}
