// What a person can answer to an alarm: "I have seen it", and a reset when its cause is gone.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { isOpen } from '../../model/alarm-order.js';
import { ActionButton } from '../../parts/action-button.js';
import { useClockText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Remark, Shelf } from './shelf.js';
import { useActorName } from './use-actor-name.js';

export function AlarmActions({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: (name: 'acknowledge' | 'reset') => call(name, { params: { alarmId: alarm.id } }),
    onSuccess: changed => applyLiveEvent(cache, { name: 'alarm', data: changed }),
  });
  // It concerns everybody who is told, so that not everybody may.
  const maySettle = alarm.standing.may.includes('settle');
  const busyWith = act.isPending ? act.variables : null;
  return (
    <div className="alarm-actions">
      <Seen alarm={alarm} />
      {alarm.state === 'latched' && maySettle && (
        <>
          <ActionButton
            className="button-big"
            busy={busyWith === 'reset'}
            onClick={() => act.mutate('reset')}
          >
            {t('alarm.reset')}
          </ActionButton>
          <p className="hint">{t('alarm.resetText')}</p>
        </>
      )}
      {isOpen(alarm) && alarm.acknowledgedAt === null && (
        <>
          <ActionButton
            className="button-big"
            look={alarm.state === 'raised' ? 'primary' : 'plain'}
            busy={busyWith === 'acknowledge'}
            onClick={() => act.mutate('acknowledge')}
          >
            {t('alarm.acknowledge')}
          </ActionButton>
          <p className="hint">{t('alarm.acknowledgeText')}</p>
        </>
      )}
      {alarm.endReason !== null && <p className="alarm-end">{t(`alarm.ended.${alarm.endReason}`)}</p>}
      <FailureNote fault={act.error} />
      {alarm.state === 'raised' && maySettle && <Shelf alarm={alarm} />}
      {isOpen(alarm) && <Remark alarm={alarm} />}
    </div>
  );
}

/** In the page from the start, so that a screen reader hears that the answer arrived. */
function Seen({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  const clock = useClockText();
  const nameOf = useActorName();
  const { acknowledgedAt, acknowledgedBy } = alarm;
  const time = acknowledgedAt === null ? '' : clock(acknowledgedAt);
  return (
    <p role="status" className="alarm-seen">
      {alarm.state === 'acknowledged' &&
        (acknowledgedBy === null
          ? t('alarm.seenAt', { time })
          : t('alarm.seenBy', { name: nameOf(acknowledgedBy), time }))}
    </p>
  );
}
