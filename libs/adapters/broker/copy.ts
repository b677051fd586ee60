// A message as one listener is to get it.
import type { QoS } from '#domain/intake';

export interface Copy {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: QoS;
  readonly retain: boolean;
}

/** MQTT-3.8.4-6: a copy has the quality of service of its message or of the subscription, whichever is less. */
export function least(one: QoS, other: QoS): QoS {
  return one < other ? one : other;
}
