// One switch of a week's plan: on which days, at what time, to which mode.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { homeModeSchema, type ModeSwitch, weekdays } from '#codecs/api';
import { useLocale } from '../../texts/use-locale.js';

interface Props {
  readonly value: ModeSwitch;
  readonly onChange: (value: ModeSwitch) => void;
  readonly onRemove: () => void;
}

/** 2024-01-01 was a Monday. */
const dayInWeek = (day: number): Date => new Date(Date.UTC(2024, 0, day));

export function SwitchRow({ value, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const id = useId();
  const short = new Intl.DateTimeFormat(locale, { weekday: 'narrow', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const toggle = (day: number) => {
    const days = value.days.includes(day)
      ? value.days.filter(each => each !== day)
      : [...value.days, day].sort();
    // A switch on no day would be none.
    if (days.length > 0) onChange({ ...value, days });
  };
  return (
    <li className="switch">
      <fieldset className="weekdays">
        <legend className="only-read">{t('plan.days')}</legend>
        {weekdays.map(day => (
          <label key={day}>
            <input type="checkbox" checked={value.days.includes(day)} onChange={() => toggle(day)} />
            <span aria-hidden="true">{short.format(dayInWeek(day))}</span>
            <span className="only-read">{long.format(dayInWeek(day))}</span>
          </label>
        ))}
      </fieldset>
      <div className="switch-line">
        <label className="only-read" htmlFor={`${id}-at`}>
          {t('plan.at')}
        </label>
        <input
          id={`${id}-at`}
          type="time"
          required
          value={value.at}
          onChange={({ target }) =>
            target.value !== '' && onChange({ ...value, at: target.value.slice(0, 5) })
          }
        />
        <label className="only-read" htmlFor={`${id}-mode`}>
          {t('plan.modeLabel')}
        </label>
        <select
          id={`${id}-mode`}
          value={value.mode}
          onChange={({ target }) => onChange({ ...value, mode: homeModeSchema.parse(target.value) })}
        >
          {homeModeSchema.options.map(mode => (
            <option key={mode} value={mode}>
              {t(`plan.mode.${mode}`)}
            </option>
          ))}
        </select>
        <button type="button" className="button button-plain" onClick={onRemove}>
          {t('plan.remove')}
          <span className="only-read"> {value.at}</span>
        </button>
      </div>
    </li>
  );
}
