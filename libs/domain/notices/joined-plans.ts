// The plans of one batch as one: what a later one changes of what an earlier one queued is done here, the rest in the store.
import type { HeldChange, QueuedDelivery } from './delivery.js';
import type { NoticeDraft } from './notice.js';
import type { Plan } from './plan.js';

export interface JoinedPlans {
  readonly notices: readonly NoticeDraft[];
  readonly deliveries: readonly QueuedDelivery[];
  /** Of what was stored before: first these are due … */
  readonly released: readonly (HeldChange & { readonly upTo: number })[];
  /** … and then what is still held is cancelled. */
  readonly stopped: readonly HeldChange[];
}

/** @param plans in the order in which they were decided */
export function joinPlans(plans: readonly Plan[]): JoinedPlans {
  const queued = new Map<string, QueuedDelivery[]>();
  const released = new Map<string, HeldChange & { readonly upTo: number }>();
  const stopped = new Map<string, HeldChange>();
  for (const { held, deliveries } of plans) {
    for (const change of held) {
      const { subjectId, upTo } = change;
      queued.set(
        subjectId,
        (queued.get(subjectId) ?? []).flatMap(delivery => changed(delivery, change)),
      );
      // What was stopped holds nothing of before that could be released.
      if (upTo === null) stopped.set(subjectId, stopped.get(subjectId) ?? change);
      else if (!stopped.has(subjectId)) released.set(subjectId, { ...change, upTo });
    }
    for (const delivery of deliveries) {
      const ofSubject = queued.get(delivery.subjectId);
      if (ofSubject) ofSubject.push(delivery);
      else queued.set(delivery.subjectId, [delivery]);
    }
  }
  return {
    notices: plans.flatMap(({ notices }) => notices),
    deliveries: [...queued.values()].flat(),
    released: [...released.values()],
    stopped: [...stopped.values()],
  };
}

function changed(delivery: QueuedDelivery, { upTo, at }: HeldChange): QueuedDelivery[] {
  if (delivery.enters !== 'held') return [delivery];
  if (upTo === null) return [];
  return [delivery.stage <= upTo ? { ...delivery, enters: 'due', dueAt: at } : delivery];
}
