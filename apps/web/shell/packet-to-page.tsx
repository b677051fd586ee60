// How long a notice took from the packet to this page, measured once, when it was first shown.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeView } from '#codecs/api';
import { packetToPageMs } from '../model/packet-to-page.js';

export function PacketToPage({ notice }: { notice: NoticeView }) {
  const { t } = useTranslation();
  const { receivedAt } = notice;
  const [tookMs, setTookMs] = useState<number | null>(null);

  // An effect runs when the notice stands in the page, which is what is measured.
  useEffect(() => setTookMs(packetToPageMs({ receivedAt }, Date.now())), [receivedAt]);

  if (tookMs === null) return null;
  return (
    <small className="packet-to-page" data-packet-to-page-ms={tookMs}>
      {t('alarm.packetToPage', { ms: tookMs })}
    </small>
  );
}
