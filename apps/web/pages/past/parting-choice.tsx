// What becomes of what a device recorded, asked of who gives it away.
import { useTranslation } from 'react-i18next';
import type { PartingChoice } from '#codecs/api';
import { Choice } from '../../parts/choice.js';

export type Parting = PartingChoice['history'];

interface Props {
  readonly value: Parting;
  readonly onChange: (value: Parting) => void;
  /** What follows when it is erased. */
  readonly hint: string;
}

export function ChooseParting({ value, onChange, hint }: Props) {
  const { t } = useTranslation();
  const options = [
    { value: 'keep', text: t('past.keep') },
    { value: 'erase', text: t('past.away') },
  ] as const;
  return (
    <div className="parting">
      <Choice legend={t('past.choice')} options={options} value={value} onChange={onChange} />
      <p className="hint" role="status">
        {value === 'erase' ? hint : t('past.keepHint')}
      </p>
    </div>
  );
}
