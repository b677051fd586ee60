// What a device said before, as the log has it: read only when a reading comes late and must find its place.
import type { DeviceEvent } from '#codecs/wire';
import type { Moment, Readings, Scene } from '#domain/alarms';
import type { ModeSpan } from '#domain/homes';
import { claimedBy } from './device-time.js';
import type { InputRow } from './intake.store.js';
import { isOvertaken, type Position } from './stamp-memory.js';

export interface Past {
  /** Stamped inputs of one device and epoch, in the order in which they were decided. */
  readonly rows: readonly InputRow[];
  /** Everything that was measured from this moment on is among them. */
  readonly since: number;
}

/** A device that says more in a day has a shorter reach; nobody's alarm waits for the rest of it. */
export const mostPastRows = 4096;

/** @param logged the newest of the log, at most `mostPastRows` */
export function pastOf(logged: readonly InputRow[], epoch: number): Past {
  const [oldest] = logged;
  const isCut = logged.length >= mostPastRows && oldest !== undefined;
  // Nothing that was decided before could have been measured after it was received.
  return { rows: logged.filter(row => row.epoch === epoch), since: isCut ? oldest.receivedAt : 0 };
}

/** What rules saw of it, and of the home's modes, in the order of time. What came late without a time of its own was never shown to them. */
export function momentsOf(
  { rows }: Past,
  modes: readonly ModeSpan[],
  sceneAt: (at: number) => Scene,
): Moment[] {
  let newest: Position | null = null;
  const seen: { readonly row: InputRow; readonly readings: Readings }[] = [];
  for (const row of rows) {
    const position = row.boot === null || row.seq === null ? null : { boot: row.boot, seq: row.seq };
    const isLate = position !== null && isOvertaken(position, newest);
    if (position !== null && !isLate) newest = position;
    const readings = isLate && row.clock === 'gateway' ? null : readingsOf(row);
    if (readings !== null) seen.push({ row, readings });
  }
  const said = seen.sort((a, b) => inOrder(a.row, b.row)).map(({ readings }) => readings);
  const switched = modes.map(({ since }) => ({ kind: 'mode', at: since }) as const);
  // Sorting keeps what is of one moment in order: the mode first, whose exit delay is not over then anyway.
  const all = switched.length === 0 ? said : [...switched, ...said].sort((a, b) => a.at - b.at);
  return all.map(each => ({ seen: each, scene: sceneAt(each.at) }));
}

export function isAmong({ rows }: Past, { boot, seq }: Pick<InputRow, 'boot' | 'seq'>): boolean {
  return rows.some(row => row.boot === boot && row.seq === seq);
}

/** Sorting keeps the order of the log for what has the same time and comes from two runs of the firmware. */
function inOrder(a: InputRow, b: InputRow): number {
  return a.at - b.at || (a.boot === b.boot ? (a.seq ?? 0) - (b.seq ?? 0) : 0);
}

function readingsOf({ kind, at, receivedAt, body }: InputRow): Readings | null {
  if (kind !== 'telemetry' && kind !== 'event') return null;
  // The door has read it before it was logged.
  const { values = {}, bits = {}, at: saidAt } = body as Pick<DeviceEvent, 'values' | 'bits' | 'at'>;
  const isEmpty = Object.keys(values).length + Object.keys(bits).length === 0;
  return isEmpty ? null : { kind: 'readings', at, values, bits, claimed: claimedBy(saidAt, receivedAt) };
}
