// The latest notices for a moment: somebody has seen an alarm, its cause is gone, it is over.
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { NoticeView } from '#codecs/api';
import { useLive } from '../gateway/live.js';
import { useText } from '../texts/use-locale.js';
import { PacketToPage } from './packet-to-page.js';

const shownForMs = 12_000;
const mostAtOnce = 3;

export function NoticeToasts() {
  const { t } = useTranslation();
  const { notices } = useLive();
  const { pathname } = useLocation();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const dismiss = useCallback((id: string) => setGone(before => new Set(before).add(id)), []);
  // Of many that are caught up with after a cut, only the newest.
  const shown = notices.slice(0, mostAtOnce).filter(
    ({ id, step, alarmId }) =>
      // What is raised stands in the banner until it is over; an alarm's own page shows its every step.
      step !== 'raised' && step !== 'repeat' && pathname !== `/alarms/${alarmId}` && !gone.has(id),
  );
  return (
    <section className="toasts" aria-label={t('alarm.notices')} aria-live="polite">
      {shown.map(notice => (
        <Toast key={notice.id} notice={notice} dismiss={dismiss} />
      ))}
    </section>
  );
}

function Toast({ notice, dismiss }: { notice: NoticeView; dismiss: (id: string) => void }) {
  const { t } = useTranslation();
  const text = useText();
  const { id } = notice;

  useEffect(() => {
    const timer = setTimeout(dismiss, shownForMs, id);
    return () => clearTimeout(timer);
  }, [id, dismiss]);

  return (
    <div className={`toast toast-${notice.step}`}>
      <Link to={notice.alarmId === null ? `/devices/${notice.deviceId}` : `/alarms/${notice.alarmId}`}>
        <strong>{text(notice.title)}</strong>
        <span>{text(notice.body)}</span>
        <PacketToPage notice={notice} />
      </Link>
      <button
        type="button"
        className="button-icon"
        aria-label={t('common.close')}
        onClick={() => dismiss(id)}
      >
        ×
      </button>
    </div>
  );
}
