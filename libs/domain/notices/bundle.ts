// What waited for the same hour goes out as one message: several deliveries, and what they say together.
import type { LeasedDelivery } from './delivery.js';

export interface Outgoing {
  /** What is sent. */
  readonly sent: LeasedDelivery;
  /** What is settled by it. */
  readonly deliveries: readonly LeasedDelivery[];
}

/** @param leased of a bundle all, or none */
export function outgoing(leased: readonly LeasedDelivery[]): Outgoing[] {
  const bundles = new Map<string, LeasedDelivery[]>();
  for (const delivery of leased) {
    const key = delivery.bundle ?? delivery.id;
    bundles.set(key, [...(bundles.get(key) ?? []), delivery]);
  }
  return [...bundles.values()].flatMap(deliveries => {
    const [first] = deliveries;
    if (first === undefined) return [];
    return { sent: deliveries.length === 1 ? first : digest(first, deliveries), deliveries };
  });
}

/** The newest of it stands for it; its id is the bundle's, which is closed before it is sent. */
function digest(first: LeasedDelivery, deliveries: readonly LeasedDelivery[]): LeasedDelivery {
  const lines = deliveries.map(({ notice }) => notice.title);
  const { notice, timeZone } = deliveries.at(-1) ?? first;
  return {
    ...first,
    timeZone,
    id: `digest.${first.bundle}`,
    notice: {
      ...notice,
      title: { zh: `${lines.length} 条消息`, en: `${lines.length} messages` },
      body: { zh: lines.map(({ zh }) => zh).join('\n'), en: lines.map(({ en }) => en).join('\n') },
    },
  };
}
