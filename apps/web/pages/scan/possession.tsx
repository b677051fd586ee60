// Waits for the button at the device, then counts down while the proof holds.
import { useTranslation } from 'react-i18next';
import { useNow } from '../../parts/use-now.js';
import { BindForm } from './bind-form.js';
import { ButtonDrawing } from './button-drawing.js';

/** How long an action at the device counts as proof. */
const windowS = 120;

export function Possession({ ticket, windowUntil }: { ticket: string; windowUntil: number | null }) {
  const { t } = useTranslation();
  const open = windowUntil !== null;
  return (
    <div className="scan-step">
      <h2>{t('scan.proveTitle')}</h2>
      {!open && (
        <>
          <ButtonDrawing />
          <p className="scan-instruction">{t('scan.button')}</p>
          <p className="hint">{t('scan.buttonText')}</p>
        </>
      )}
      <p role="status" className={open ? 'scan-opened' : 'scan-waiting'}>
        {!open && <span className="spinner" aria-hidden="true" />}
        {open ? t('scan.opened') : t('scan.waiting')}
      </p>
      {open && (
        <>
          <Countdown until={windowUntil} />
          <BindForm ticket={ticket} by="button" />
        </>
      )}
    </div>
  );
}

/** A figure that this browser's clock makes senseless is left out: the gateway decides, not the countdown. */
function Countdown({ until }: { until: number }) {
  const { t } = useTranslation();
  const leftS = Math.ceil((until - useNow(500)) / 1000);
  if (leftS < 0 || leftS > windowS) return null;
  return (
    <div className="countdown">
      <svg viewBox="0 0 36 36" aria-hidden="true">
        <circle className="countdown-ground" cx="18" cy="18" r="15.9" />
        <circle
          className="countdown-left"
          cx="18"
          cy="18"
          r="15.9"
          pathLength={windowS}
          strokeDasharray={`${leftS} ${windowS}`}
        />
      </svg>
      <span role="timer">{t('scan.left', { seconds: leftS })}</span>
    </div>
  );
}
