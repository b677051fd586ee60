// The rules of a device while they are asked: what they remember and raise meanwhile is copied once, and only if it changes.
import type { Rule } from '#codecs/api';
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
import type { DeviceState } from '#domain/devices';
import { fileAfter, memoryAfter } from './copies.js';
import type { DeviceFile } from './intake.store.js';

export interface Evaluation {
  readonly file: DeviceFile;
  readonly changes: readonly AlarmChange[];
}

/** What nearly every reading comes to. */
const none: readonly AlarmChange[] = [];

export class Inquiry {
  /** Of the file, until the first of them is another. */
  private rules: readonly RuleMemory[];
  private openAlarms: readonly Alarm[];
  private changes = none;

  /**
   * @param receivedAt when what is observed reached the gateway: alarms are raised at that time
   * @param state of the device by now: a copy of its file for this alone would be most of what a reading costs
   */
  constructor(
    private readonly file: DeviceFile,
    private readonly receivedAt: number,
    private readonly state: DeviceState = file.state,
  ) {
    this.rules = file.rules;
    this.openAlarms = file.openAlarms;
  }

  /** What it came to; the very file, when that is nothing. */
  get evaluation(): Evaluation {
    const { file, state, rules, openAlarms, changes } = this;
    const isSame = state === file.state && rules === file.rules && openAlarms === file.openAlarms;
    return { file: isSame ? file : fileAfter(file, state, rules, openAlarms), changes };
  }

  /** A rule that was due before the device spoke answers for that time first, however late the clock struck. */
  ask(rule: Rule, observation: Observation, scene: Scene): void {
    const memory = this.memoryOf(rule);
    const { dueAt } = memory;
    const isOverdue = observation.kind !== 'tick' && dueAt !== null && dueAt < observation.at;
    if (isOverdue) this.askNow(rule, memory, { kind: 'tick', at: dueAt }, scene);
    this.askNow(rule, isOverdue ? this.memoryOf(rule) : memory, observation, scene);
  }

  memoryOf(rule: Rule): RuleMemory {
    return memoryIn(this.rules, this.file, rule);
  }

  remember(memory: RuleMemory): void {
    const place = this.rules.findIndex(({ rule }) => rule === memory.rule);
    this.rules = place < 0 ? [...this.rules, memory] : this.rules.with(place, memory);
  }

  openAlarm({ id }: Rule): Alarm | undefined {
    return ofRule(this.openAlarms, id, this.file.binding.epoch);
  }

  /** A new occurrence of the rule. */
  raise(rule: Rule, finding: Finding): Alarm {
    const memory = this.memoryOf(rule);
    const occurrence = memory.occurrences + 1;
    const { receivedAt } = this;
    const change = raise(rule, finding, { ...occasion(this.file, rule, occurrence), receivedAt });
    this.remember({ ...memory, occurrences: occurrence });
    this.note(change);
    return change.alarm;
  }

  note(change: AlarmChange): void {
    this.openAlarms = alarmsWith(this.openAlarms, change.alarm);
    this.changes = [...this.changes, change];
  }

  private askNow(rule: Rule, memory: RuleMemory, observation: Observation, scene: Scene): void {
    const open = this.openAlarm(rule);
    const { state, finding, dueAt } = stepRule(rule, memory.state, observation, scene, standing(open));
    if (state !== memory.state || isSooner(dueAt, memory.dueAt, observation.at))
      this.remember(memoryAfter(memory, state, dueAt));
    if (open === undefined) {
      if (finding.active) this.raise(rule, finding);
      return;
    }
    const change = follow(open, rule, finding, this.receivedAt);
    if (change !== null) this.note(change);
  }
}

export function memoryOf(file: DeviceFile, rule: Rule): RuleMemory {
  return memoryIn(file.rules, file, rule);
}

export function openAlarm({ openAlarms, binding }: DeviceFile, { id }: Rule): Alarm | undefined {
  return ofRule(openAlarms, id, binding.epoch);
}

/** The file with an alarm as it is now; one that has ended leaves it. */
export function withAlarm(file: DeviceFile, alarm: Alarm): DeviceFile {
  return { ...file, openAlarms: alarmsWith(file.openAlarms, alarm) };
}

function alarmsWith(open: readonly Alarm[], alarm: Alarm): readonly Alarm[] {
  const others = open.filter(({ id }) => id !== alarm.id);
  return alarm.clearedAt === null ? [...others, alarm] : others;
}

function ofRule(open: readonly Alarm[], ruleId: string, epoch: number): Alarm | undefined {
  // Nearly always there is none to look at.
  return open.length === 0 ? undefined : open.find(alarm => alarm.rule === ruleId && alarm.epoch === epoch);
}

/** What the rule has told people and not taken back: one that waits for a person has. */
function standing(open: Alarm | undefined): Alarm['severity'] | null {
  return open === undefined || open.calmAt !== null ? null : open.severity;
}

/**
 * Whether a due time is to be kept. One ahead that only moved further away is left as it is: the rule is asked when the
 * earlier one comes, and then says what is left.
 */
function isSooner(next: number | null, before: number | null, at: number): boolean {
  const hasMovedAway = before !== null && before > at && next !== null && next >= before;
  return next !== before && !hasMovedAway;
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

function memoryIn(rules: readonly RuleMemory[], { device, binding }: DeviceFile, rule: Rule): RuleMemory {
  for (const known of rules) if (known.rule === rule.id) return known;
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
