// What a message leaves in the history: values that its product declares, changes of bits, and what the device reported.

import type { HistoryEvent, Recorded } from './history.store.js';
import type { DeviceFile } from './intake.store.js';

interface Told {
  readonly values?: Readonly<Record<string, number>>;
  readonly bits?: Readonly<Record<string, boolean>>;
  /** The name of an event. */
  readonly event?: string;
}

/**
 * Only what the product declares: a device that makes names up must not fill the disk.
 * @param file as it was before the message
 * @param isLate whether a later message came first, so that the file knows the time after this one
 */
export function recorded(file: DeviceFile, told: Told, at: number, isLate: boolean): Recorded {
  const { readings, bits } = file.product;
  return { values: declaredOf(told.values ?? {}, readings), events: eventsOf(file, told, bits, at, isLate) };
}

type Names = readonly { readonly name: string }[];

/** What nearly every message leaves. */
const noEvents: readonly HistoryEvent[] = [];

function eventsOf(
  file: DeviceFile,
  { event, bits }: Told,
  declared: Names,
  at: number,
  isLate: boolean,
): readonly HistoryEvent[] {
  if (event === undefined && bits === undefined) return noEvents;
  const reported = event === undefined ? [] : [{ at, name: event, on: null }];
  const changes = Object.entries(bits ?? {})
    .filter(([name]) => isDeclared(declared, name))
    .flatMap(([name, on]) => bitEvents(file, name, on, at, isLate));
  return [...reported, ...changes];
}

function isDeclared(declared: Names, name: string): boolean {
  for (const each of declared) if (each.name === name) return true;
  return false;
}

/** Nearly always all of them: then the very object. */
export function declaredOf<T>(
  values: Readonly<Record<string, T>>,
  declared: Names,
): Readonly<Record<string, T>> {
  for (const name in values) if (!isDeclared(declared, name)) return onlyDeclared(values, declared);
  return values;
}

function onlyDeclared<T>(values: Readonly<Record<string, T>>, declared: Names): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isDeclared(declared, name)));
}

/** A bit stands in the history when it changes. A late one changes what was before, and what is known since stands again. */
function bitEvents(
  { state }: DeviceFile,
  name: string,
  on: boolean,
  at: number,
  isLate: boolean,
): HistoryEvent[] {
  const known = state.bits[name];
  if (!isLate) return known === on ? [] : [{ at, name, on }];
  const isOtherwiseSince = known !== undefined && known !== on && state.latestAt !== null;
  return [{ at, name, on }, ...(isOtherwiseSince ? [{ at: state.latestAt, name, on: known }] : [])];
}
