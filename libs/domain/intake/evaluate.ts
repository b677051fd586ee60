// Runs a device's rules on an observation, and lets its open alarms follow what they find.
import type { Rule, Severity } from '#codecs/api';
import { hashToken } from '#domain/accounts';
import {
  type Alarm,
  type AlarmChange,
  type Finding,
  follow,
  initialState,
  type Observation,
  type RuleMemory,
  raise,
  type Scene,
  stepRule,
} from '#domain/alarms';
import type { DeviceFile } from './intake.store.js';
import { sceneOf } from './scene.js';

export interface Evaluation {
  readonly file: DeviceFile;
  readonly changes: readonly AlarmChange[];
}

/** What nearly every reading comes to. */
const none: readonly AlarmChange[] = [];

/** @param receivedAt when what is observed reached the gateway: alarms are raised at that time */
export function evaluate(
  file: DeviceFile,
  observation: Observation,
  receivedAt: number,
  listeningSince: number,
): Evaluation {
  const scene = sceneOf(file, listeningSince, observation.at);
  let next = file;
  let changes = none;
  for (const rule of file.product.rules) {
    const asked = ask(next, rule, observation, scene, receivedAt);
    next = asked.file;
    if (asked.changes.length > 0) changes = [...changes, ...asked.changes];
  }
  return { file: next, changes };
}

/** The file with an alarm as it is now; one that has ended leaves it. */
export function withAlarm(file: DeviceFile, alarm: Alarm): DeviceFile {
  const others = file.openAlarms.filter(({ id }) => id !== alarm.id);
  return { ...file, openAlarms: alarm.clearedAt === null ? [...others, alarm] : others };
}

/** A rule that was due before the device spoke answers for that time first, however late the clock struck. */
function ask(
  file: DeviceFile,
  rule: Rule,
  observation: Observation,
  scene: Scene,
  receivedAt: number,
): Evaluation {
  const dueAt = file.rules.get(rule.id)?.dueAt ?? null;
  if (observation.kind === 'tick' || dueAt === null || dueAt >= observation.at)
    return askNow(file, rule, observation, scene, receivedAt);
  const due = askNow(file, rule, { kind: 'tick', at: dueAt }, scene, receivedAt);
  const now = askNow(due.file, rule, observation, scene, receivedAt);
  return { file: now.file, changes: [...due.changes, ...now.changes] };
}

export function askNow(
  file: DeviceFile,
  rule: Rule,
  observation: Observation,
  scene: Scene,
  receivedAt: number,
): Evaluation {
  const memory = memoryOf(file, rule);
  const open = openAlarm(file, rule);
  const step = stepRule(rule, memory.state, observation, scene, standing(open));
  const { state, finding, dueAt } = step;
  const isKept = isWorthKeeping(step, memory, observation.at);
  const kept = isKept ? withMemory(file, rule, { ...memory, state, dueAt }) : file;
  return open === undefined
    ? arise(kept, rule, finding, receivedAt)
    : followed(kept, rule, open, finding, receivedAt);
}

function arise(file: DeviceFile, rule: Rule, finding: Finding, receivedAt: number): Evaluation {
  return finding.active ? raised(file, rule, finding, receivedAt) : { file, changes: none };
}

/** The rule's alarm follows what was found. */
function followed(
  file: DeviceFile,
  rule: Rule,
  open: Alarm,
  finding: Finding,
  receivedAt: number,
): Evaluation {
  const change = follow(open, rule, finding, receivedAt);
  return change === null
    ? { file, changes: none }
    : { file: withAlarm(file, change.alarm), changes: [change] };
}

/** A new occurrence of the rule. */
export function raised(file: DeviceFile, rule: Rule, finding: Finding, receivedAt: number): Evaluation {
  const memory = memoryOf(file, rule);
  const occurrence = memory.occurrences + 1;
  const change = raise(rule, finding, { ...occasion(file, rule, occurrence), receivedAt });
  const counted = withMemory(file, rule, { ...memory, occurrences: occurrence });
  return { file: withAlarm(counted, change.alarm), changes: [change] };
}

export function memoryOf(file: DeviceFile, rule: Rule): RuleMemory {
  return file.rules.get(rule.id) ?? blankMemory(file, rule);
}

export function withMemory(file: DeviceFile, rule: Rule, memory: RuleMemory): DeviceFile {
  return { ...file, rules: new Map(file.rules).set(rule.id, memory) };
}

export function openAlarm({ openAlarms, binding }: DeviceFile, rule: Rule): Alarm | undefined {
  return openAlarms.find(alarm => alarm.rule === rule.id && alarm.epoch === binding.epoch);
}

/** What the rule has told people and not taken back: one that waits for a person has. */
function standing(open: Alarm | undefined): Severity | null {
  return open === undefined || open.calmAt !== null ? null : open.severity;
}

/**
 * A due time ahead that only moved further away is left as it is: the rule is asked when the earlier one comes, and then
 * says what is left. A state that says the same is the same object.
 */
function isWorthKeeping(next: Pick<RuleMemory, 'state' | 'dueAt'>, before: RuleMemory, at: number): boolean {
  const isAhead = before.dueAt !== null && before.dueAt > at;
  const movedAway = isAhead && next.dueAt !== null && next.dueAt >= (before.dueAt ?? 0);
  return (next.dueAt !== before.dueAt && !movedAway) || next.state !== before.state;
}

function occasion({ device, binding, product }: DeviceFile, rule: Rule, occurrence: number) {
  const unit =
    'reading' in rule ? product.readings.find(({ name }) => name === rule.reading)?.unit : undefined;
  const of = { deviceId: device.id, epoch: binding.epoch, occurrence };
  return { id: alarmId(rule, of), ...of, unit: unit ?? null };
}

/**
 * The same occurrence has the same id, however often it is decided: a second one could not be stored. As long as any
 * other id, because those of notices and deliveries are made of it.
 */
function alarmId({ id }: Rule, of: { deviceId: string; epoch: number; occurrence: number }): string {
  return hashToken(`${of.deviceId}/${of.epoch}/${id}/${of.occurrence}`).slice(0, 20);
}

function blankMemory({ device, binding }: DeviceFile, rule: Rule): RuleMemory {
  return {
    deviceId: device.id,
    rule: rule.id,
    epoch: binding.epoch,
    version: 0,
    state: initialState(rule.kind),
    dueAt: null,
    occurrences: 0,
  };
}
