// The log decided once more: what it raised then is what it raises now, and a changed rule shows what it would have done.
import { type Figures, type Rule, rulesWith } from '#codecs/api';
import type { UpwardMessage } from '#codecs/wire';
import { type Alarm, compareEpisodes, initialState, type RuleDifference, replayRule } from '#domain/alarms';
import type { ProductChange } from '#domain/devices';
import { DomainError } from '#domain/errors';
import type { ModeChangeRow } from '#domain/homes';
import { decideInput } from './decide-input.js';
import type { Input, PersonsInput, RulesChange } from './input.js';
import type { DeviceFile, InputRow } from './intake.store.js';
import { momentsOf, mostPastRows, pastOf } from './past.js';
import { sceneOf } from './scene.js';
import { isOvertaken, type Position } from './stamp-memory.js';

/**
 * Decides a device's log again.
 * @param blank its file as it was before the first row: no state, no memories, no alarms
 * @param rows all of one epoch, in the order in which they were decided
 * @param products what the product became meanwhile, oldest first
 * @returns every alarm as it is afterwards, in the order of raising
 */
export function replayLog(
  blank: DeviceFile,
  rows: readonly InputRow[],
  listeningSince: number,
  products: readonly ProductChange[] = [],
): Alarm[] {
  const alarms = new Map<string, Alarm>();
  const stamped: InputRow[] = [];
  let file = blank;
  let figures: Figures = {};
  let judgedBy = productOf(products, -Infinity);
  let newest: Position | null = null;
  for (const row of rows) {
    const product = productOf(products, row.receivedAt);
    if (product !== undefined && product !== judgedBy)
      file = { ...file, product: { ...product, rules: rulesWith(product, figures) } };
    judgedBy = product;
    if (row.kind === 'rules') figures = (row.body as RulesChange).figures.figures;
    const position: Position | null =
      row.boot === null || row.seq === null ? null : { boot: row.boot, seq: row.seq };
    const isLate = position !== null && isOvertaken(position, newest);
    if (position !== null && !isLate) newest = position;
    const past = isLate ? () => pastOf(stamped.slice(-mostPastRows), row.epoch) : null;
    const around = { listeningSince, past, silenceOf: () => hubSilenceIn(row) };
    const { files, told } = decideInput(inputOf(row, file), () => file, around);
    file = files[0] ?? file;
    for (const { change } of told) alarms.set(change.alarm.id, change.alarm);
    if (position !== null) stamped.push(row);
  }
  return [...alarms.values()];
}

const productOf = (products: readonly ProductChange[], at: number) =>
  products.findLast(change => change.at <= at)?.definition;

/**
 * What a changed rule would have found in a device's log, beside what the rule as it is finds.
 * @throws DomainError `invalid-request` when the two are not of one kind
 */
export function tryRule(
  file: DeviceFile,
  rows: readonly InputRow[],
  { before, after }: { readonly before: Rule; readonly after: Rule },
): RuleDifference {
  if (before.kind !== after.kind) {
    const faults = [{ field: 'kind', message: `is ${after.kind}, and the rule is of kind ${before.kind}` }];
    throw new DomainError('invalid-request', { faults });
  }
  const moments = momentsOf({ rows, since: 0 }, file.modes, at => sceneOf(file, 0, at));
  const found = (rule: Rule) => replayRule(rule, initialState(rule.kind), moments).episodes;
  return compareEpisodes(found(before), found(after));
}

function inputOf(row: InputRow, { device, home }: DeviceFile): Input {
  const { kind, at, receivedAt } = row;
  const deviceId = device.id;
  switch (kind) {
    case 'tick':
      return { kind, deviceId, at };
    case 'repeat':
      return { kind: 'message', said: { deviceId, message: signOfLife, receivedAt } };
    case 'rules':
      return { kind, deviceId, at, ...(row.body as RulesChange) };
    case 'parent':
      return { kind, deviceId, by: (row.body as { readonly by: string | null }).by, at };
    case 'mode': {
      const { mode, since, by } = row.body as Pick<ModeChangeRow, 'mode' | 'since' | 'by'>;
      const former = home?.mode ?? mode;
      return { kind, homeId: home?.id ?? '', deviceIds: [deviceId], mode, former, since, by, at };
    }
    case 'acknowledge':
    case 'reset':
    case 'shelve':
    case 'comment':
      // The intake wrote all of it but the device and the time.
      return { ...(row.body as object), kind, deviceId, at } as PersonsInput;
    default:
      return { kind: 'message', said: { deviceId, message: messageOf(row), receivedAt } };
  }
}

/** Decides what any word without readings does. */
const signOfLife: UpwardMessage = { kind: 'status', body: { online: true, boot: 0 } };

/** As the intake found it then. */
function hubSilenceIn({ kind, body }: InputRow): string | null {
  return kind === 'tick' ? ((body as { readonly hubSilence?: string | null }).hubSilence ?? null) : null;
}

/** As it was logged: a picture without its bytes, an event without its nonce. Neither decides. */
function messageOf({ kind, body, boot, seq }: InputRow): UpwardMessage {
  const picture = kind === 'snapshot' ? { boot, seq, image: new Uint8Array() } : {};
  return { kind, body: { ...(body as object), ...picture } } as UpwardMessage;
}
