// What may wait: until the quiet hours are over, or for one message a day.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticePreferences } from '#codecs/api';

interface Props {
  readonly wishes: NoticePreferences;
  readonly onChange: (change: Partial<NoticePreferences>) => void;
}

const usualQuiet = { from: '22:00', to: '07:00' };
const usualDigest = { at: '18:00' };

/** Of the clock on this wall; what was chosen elsewhere keeps its own. */
const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function Waiting({ wishes: { quiet, digest }, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <p className="always">{t('telling.always')}</p>
      <label className="tick">
        <input
          type="checkbox"
          checked={quiet !== null}
          onChange={() => onChange({ quiet: quiet ? null : { ...usualQuiet, timeZone: ownTimeZone() } })}
        />
        {t('telling.quiet')}
      </label>
      {quiet && (
        <div className="wall-times">
          <WallTime
            label={t('telling.from')}
            value={quiet.from}
            onChange={from => onChange({ quiet: { ...quiet, from } })}
          />
          <WallTime
            label={t('telling.to')}
            value={quiet.to}
            onChange={to => onChange({ quiet: { ...quiet, to } })}
          />
          <p className="hint">{t('telling.zone', { zone: quiet.timeZone })}</p>
        </div>
      )}
      <label className="tick">
        <input
          type="checkbox"
          checked={digest !== null}
          onChange={() => onChange({ digest: digest ? null : { ...usualDigest, timeZone: ownTimeZone() } })}
        />
        {t('telling.digest')}
      </label>
      {digest && (
        <div className="wall-times">
          <WallTime
            label={t('telling.at')}
            value={digest.at}
            onChange={at => onChange({ digest: { ...digest, at } })}
          />
          <p className="hint">{t('telling.zone', { zone: digest.timeZone })}</p>
        </div>
      )}
    </>
  );
}

interface WallTimeProps {
  readonly label: string;
  /** `HH:MM` */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function WallTime({ label, value, onChange }: WallTimeProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="time"
        required
        value={value}
        onChange={({ target }) => target.value !== '' && onChange(target.value.slice(0, 5))}
      />
    </div>
  );
}
