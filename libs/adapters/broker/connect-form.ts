// What a CONNECT consists of (MQTT 3.1.1 §3.1; MQTT 3.1 differs in its name and in the empty client identifier).
import { type Clause } from './clauses.js';
import { type Body, blob, type Form, number, type Part, text, topicName } from './forms.js';
import { breach, type Objection } from './objection.js';
import { TextSink } from './sinks.js';

/** The level that goes with a protocol name. */
const levels: ReadonlyMap<string, number> = new Map([
  ['MQTT', 4],
  ['MQIsdp', 3],
]);
const longestName = 6;
const emptyIdentifierLevel = 4;

/** The bits of its flags (§3.1.2.3). */
export const connectFlag = {
  reserved: 0x01,
  cleanSession: 0x02,
  will: 0x04,
  willQos: 0x18,
  willRetain: 0x20,
  password: 0x40,
  username: 0x80,
} as const;

export function* connect(body: Body): Form {
  const wanted = levels.get(yield* protocolName());
  if (wanted === undefined) return breach('MQTT-3.1.2-1');
  const level = yield* number(1);
  if (level !== wanted) return breach('MQTT-3.1.2-2');
  const flags = yield* number(1);
  const broken = brokenBy(flags);
  if (broken) return breach(broken);
  yield* number(2);
  return yield* payload(body, level, flags);
}

function* protocolName(): Part<string> {
  const length = yield* number(2);
  if (length > longestName) return '';
  let name = '';
  while (name.length < length) name += String.fromCharCode(yield* number(1));
  return name;
}

function brokenBy(flags: number): Clause | null {
  const has = (bits: number) => (flags & bits) !== 0;
  if (has(connectFlag.reserved)) return 'MQTT-3.1.2-3';
  if (!has(connectFlag.will) && has(connectFlag.willQos)) return 'MQTT-3.1.2-13';
  if (!has(connectFlag.will) && has(connectFlag.willRetain)) return 'MQTT-3.1.2-15';
  if ((flags & connectFlag.willQos) === connectFlag.willQos) return 'MQTT-3.1.2-14';
  return has(connectFlag.password) && !has(connectFlag.username) ? 'MQTT-3.1.2-22' : null;
}

function* payload(body: Body, level: number, flags: number): Form {
  const identifierBytes = yield* text(new TextSink());
  const mayBeEmpty = level === emptyIdentifierLevel && (flags & connectFlag.cleanSession) !== 0;
  const isNameless = identifierBytes === 0 && !mayBeEmpty;
  const will = flags & connectFlag.will ? yield* willOf(body) : null;
  if (will) return will;
  if (flags & connectFlag.username) yield* text(new TextSink());
  if (flags & connectFlag.password) yield* blob();
  // Said last, because it is answered: a CONNECT that is not sound otherwise gets no answer.
  return isNameless && body.left === 0 ? breach('MQTT-3.1.3-8') : null;
}

function* willOf(body: Body): Part<Objection | null> {
  const objection = yield* topicName(body);
  if (!objection) yield* blob();
  return objection;
}
