// Runs a device's rules on an observation, and lets its open alarms follow what they find.
import type { Rule } from '#codecs/api';
import { newId } from '#domain/accounts';
import {
  type Alarm,
  type AlarmChange,
  follow,
  initialState,
  type Observation,
  type RuleMemory,
  raise,
  type Scene,
  stepRule,
} from '#domain/alarms';
import type { DeviceFile } from './intake.store.js';

export interface Evaluation {
  readonly file: DeviceFile;
  readonly changes: readonly AlarmChange[];
}

/** @param receivedAt when what is observed reached the gateway: alarms are raised at that time */
export function evaluate(
  file: DeviceFile,
  observation: Observation,
  receivedAt: number,
  listeningSince: number,
): Evaluation {
  const scene = sceneOf(file, listeningSince);
  return file.product.rules.reduce<Evaluation>(
    (before, rule) => {
      const { file: next, change } = ask(before.file, rule, observation, scene, receivedAt);
      return { file: next, changes: change === null ? before.changes : [...before.changes, change] };
    },
    { file, changes: [] },
  );
}

/** The file with an alarm as it is now; one that has ended leaves it. */
export function withAlarm(file: DeviceFile, alarm: Alarm): DeviceFile {
  const others = file.openAlarms.filter(({ id }) => id !== alarm.id);
  return { ...file, openAlarms: alarm.clearedAt === null ? [...others, alarm] : others };
}

function ask(
  file: DeviceFile,
  rule: Rule,
  observation: Observation,
  scene: Scene,
  receivedAt: number,
): { file: DeviceFile; change: AlarmChange | null } {
  const memory = file.rules.get(rule.id) ?? blankMemory(file, rule);
  const { state, finding, dueAt } = stepRule(rule, memory.state, observation, scene);
  const open = file.openAlarms.find(alarm => alarm.rule === rule.id && alarm.epoch === file.binding.epoch);
  const occurrence = memory.occurrences + 1;
  const change = open
    ? follow(open, rule, finding, receivedAt)
    : finding.active
      ? raise(rule, finding, { ...occasion(file, rule), occurrence, receivedAt })
      : null;
  const occurrences = open === undefined && change !== null ? occurrence : memory.occurrences;
  const next = { ...memory, state, dueAt, occurrences };
  const remembered = isWorthKeeping(next, memory, observation.at)
    ? { ...file, rules: new Map(file.rules).set(rule.id, next) }
    : file;
  return { file: change === null ? remembered : withAlarm(remembered, change.alarm), change };
}

/**
 * A due time ahead that only moved further away is not worth a write: it is asked again when the earlier one comes, and
 * then the rule says what is left.
 */
function isWorthKeeping(next: RuleMemory, before: RuleMemory, at: number): boolean {
  const isAhead = before.dueAt !== null && before.dueAt > at;
  const movedAway = isAhead && next.dueAt !== null && next.dueAt >= (before.dueAt ?? 0);
  return (
    next.occurrences !== before.occurrences ||
    (next.dueAt !== before.dueAt && !movedAway) ||
    JSON.stringify(next.state) !== JSON.stringify(before.state)
  );
}

function occasion({ device, binding, product }: DeviceFile, rule: Rule) {
  const unit =
    'reading' in rule ? product.readings.find(({ name }) => name === rule.reading)?.unit : undefined;
  return { id: newId(), deviceId: device.id, epoch: binding.epoch, unit: unit ?? null };
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

function sceneOf({ product, state, binding, home }: DeviceFile, listeningSince: number): Scene {
  return {
    intervalS: state.info?.intervalS ?? product.intervalS,
    power: state.info?.power ?? product.power,
    safetyClass: product.safetyClass,
    isBound: binding.state === 'bound',
    mode: home?.mode ?? 'home',
    modeSince: home?.modeSince ?? 0,
    lastHeardAt: state.lastHeardAt,
    listeningSince,
  };
}
