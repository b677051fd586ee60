// How each rule of a device stands at a moment: the same question that the clock asks, and nothing is changed by it.
import type { DeviceWhyView, Rule } from '#codecs/api';
import { doseOf, isArmed, type Scene, shelvedUntil, sightMs, stepRule, suppressedBy } from '#domain/alarms';
import { memoryOf, openAlarm } from './inquiry.js';
import type { DeviceFile } from './intake.store.js';
import { sceneOf } from './scene.js';

type RuleView = DeviceWhyView['rules'][number];

/** When the last readings stop to count. */
export function blindAt(file: DeviceFile, listeningSince: number, at: number): number | null {
  const { lastHeardAt } = file.state;
  return lastHeardAt === null ? null : lastHeardAt + sightMs(sceneOf(file, listeningSince, at));
}

export function rulesNow(file: DeviceFile, listeningSince: number, at: number): RuleView[] {
  const scene = sceneOf(file, listeningSince, at);
  return file.product.rules.map(rule => ruleNow(file, rule, scene, at));
}

function ruleNow(file: DeviceFile, rule: Rule, scene: Scene, at: number): RuleView {
  const alarm = openAlarm(file, rule);
  const { state } = memoryOf(file, rule);
  const severity = alarm === undefined || alarm.calmAt !== null ? null : alarm.severity;
  const { dueAt } = stepRule(rule, state, { kind: 'tick', at }, scene, severity);
  const value = lastOf(file, rule);
  const standing = { alarm, dueAt, value, isWatching: 'reading' in rule || 'bit' in rule };
  return {
    rule,
    stands: standingOf(rule, scene, standing, at),
    value,
    dose: doseOf(rule, state, at, scene),
    dueAt,
    alarm: alarm === undefined ? null : alarmOf(alarm, at),
  };
}

interface Known {
  readonly alarm: ReturnType<typeof openAlarm>;
  readonly dueAt: number | null;
  readonly value: RuleView['value'];
  readonly isWatching: boolean;
}

function standingOf(rule: Rule, scene: Scene, known: Known, at: number): RuleView['stands'] {
  const { alarm, dueAt, value, isWatching } = known;
  if (alarm !== undefined) return alarm.calmAt === null ? 'raised' : 'latched';
  if (isWatching && value === null) return 'unseen';
  if (isWatching && at > (scene.lastHeardAt ?? 0) + sightMs(scene)) return 'blind';
  const needsArming = rule.kind === 'intrusion' || rule.kind === 'motion';
  if (needsArming && dueAt === null && !isArmed(scene, rule.exitDelayS, at)) return 'disarmed';
  return dueAt === null || isDistant(rule) ? 'calm' : 'pending';
}

/** Those that are always due some time, while nothing is amiss. */
function isDistant({ kind }: Rule): boolean {
  return kind === 'silence' || kind === 'end-of-life' || kind === 'implausible';
}

function lastOf({ state: { values, bits } }: DeviceFile, rule: Rule): RuleView['value'] {
  const reading = 'reading' in rule ? values[rule.reading] : undefined;
  const bit = 'bit' in rule && rule.bit !== undefined ? bits[rule.bit] : undefined;
  return reading ?? bit ?? null;
}

function alarmOf(alarm: NonNullable<Known['alarm']>, at: number): NonNullable<RuleView['alarm']> {
  const { id, raisedAt } = alarm;
  return { id, raisedAt, suppressedBy: suppressedBy(alarm), shelvedUntil: shelvedUntil(alarm, at) };
}
