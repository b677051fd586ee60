// What each packet of a client consists of, field after field, and the clauses that hold of them.
import type { BrokerLimits } from './broker-settings.js';
import { breach, excess, type Objection } from './objection.js';
import { NumberSink, type Sink, unseen } from './sinks.js';
import { FilterSink, NameSink } from './topic-sink.js';

export interface Field {
  readonly bytes: number;
  readonly sink: Sink;
}

/** Asks for one field after the other. A field that is not sound ends it, and so does what it returns. */
export type Form = Generator<Field, Objection | null, void>;
export type Part<T> = Generator<Field, T, void>;

/** What a form may know of the packet beside its fields. */
export interface Body {
  /** The low four bits of the fixed header. */
  readonly flags: number;
  /** Bytes that no field has taken yet. */
  readonly left: number;
  readonly limits: Pick<BrokerLimits, 'topicBytes' | 'topicLevels' | 'filtersPerPacket'>;
  /** What is wrong with this acknowledgement of one packet identifier. */
  readonly objectionTo: (packetId: number) => Objection | null;
}

export function* number(bytes: 1 | 2): Part<number> {
  const sink = new NumberSink();
  yield { bytes, sink };
  return sink.value;
}

/** Bytes behind their own length, of which nothing is looked at (MQTT 3.1.1 §3.1.3.3). */
export function* blob(): Part<void> {
  yield { bytes: yield* number(2), sink: unseen };
}

/** Text behind its length (MQTT 3.1.1 §1.5.3). */
export function* text(sink: Sink): Part<number> {
  const bytes = yield* number(2);
  yield { bytes, sink };
  return bytes;
}

/** @returns what is wrong with its length. */
export function* topicName({ limits }: Body): Part<Objection | null> {
  return yield* topic(limits, new NameSink(limits.topicLevels));
}

function* topic(limits: Body['limits'], sink: Sink): Part<Objection | null> {
  const bytes = yield* number(2);
  if (bytes === 0) return breach('MQTT-4.7.3-1');
  if (bytes > limits.topicBytes) return excess('topic-too-long');
  yield { bytes, sink };
  return null;
}

export function* publish(body: Body): Form {
  const objection = yield* topicName(body);
  if (objection) return objection;
  const isAnswered = (body.flags & 0b0110) !== 0;
  if (isAnswered && (yield* number(2)) === 0) return breach('MQTT-2.3.1-1');
  yield { bytes: body.left, sink: unseen };
  return null;
}

/** PUBACK, PUBREC, PUBREL and PUBCOMP. */
export function* acknowledgement(body: Body): Form {
  const packetId = yield* number(2);
  return packetId === 0 ? breach('MQTT-2.3.1-6') : body.objectionTo(packetId);
}

export function* subscribe(body: Body): Form {
  return yield* filters(body, breach('MQTT-3.8.3-3'), requestedQos);
}

export function* unsubscribe(body: Body): Form {
  return yield* filters(body, breach('MQTT-3.10.3-2'), null);
}

function* filters(body: Body, none: Objection, option: (() => Form) | null): Form {
  if ((yield* number(2)) === 0) return breach('MQTT-2.3.1-1');
  if (body.left === 0) return none;
  const { limits } = body;
  for (let count = 1; body.left > 0; count += 1) {
    if (count > limits.filtersPerPacket) return excess('filters-too-many');
    const filter = yield* topic(limits, new FilterSink(limits.topicLevels));
    const objection = filter ?? (option ? yield* option() : null);
    if (objection) return objection;
  }
  return null;
}

function* requestedQos(): Form {
  return (yield* number(1)) > 2 ? breach('MQTT-3.8.3-4') : null;
}

/** PINGREQ and DISCONNECT. */
export function* nothing(): Form {
  yield { bytes: 0, sink: unseen };
  return null;
}
