// All kinds of rules in one table.
import type { RuleKind, Severity } from '#codecs/api';
import { battery } from './battery.js';
import { clock } from './clock.js';
import { co } from './co.js';
import { co2 } from './co2.js';
import { endOfLife } from './end-of-life.js';
import { fault, warmUp } from './fault.js';
import { gas } from './gas.js';
import { implausible } from './implausible.js';
import { intrusion } from './intrusion.js';
import { leftOpen } from './left-open.js';
import { motion } from './motion.js';
import type { RuleLogic, Traits } from './rule-logic.js';
import { silence } from './silence.js';
import { smoke } from './smoke.js';
import { tamper } from './tamper.js';
import { water } from './water.js';

const kinds = {
  gas,
  co,
  smoke,
  water,
  co2,
  'left-open': leftOpen,
  intrusion,
  tamper,
  motion,
  silence,
  battery,
  fault,
  'warm-up': warmUp,
  'end-of-life': endOfLife,
  implausible,
  clock,
} satisfies { [K in RuleKind]: RuleLogic<K, never> | RuleLogic<K, object> };

/** A kind's logic with its state's type forgotten: states only ever come from `revive` or `see` of the same kind. */
export function logicOf(kind: RuleKind): RuleLogic<RuleKind, unknown> {
  return kinds[kind] as unknown as RuleLogic<RuleKind, unknown>;
}

/** What an alarm of a kind and severity is: a warning before a danger is not of the danger's class. */
export function traitsOf(kind: RuleKind, severity: Severity): Traits {
  return kinds[kind].traits(severity);
}
