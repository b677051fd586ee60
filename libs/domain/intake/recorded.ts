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
  const { values = {}, event } = told;
  const reported = event === undefined ? [] : [{ at, name: event, on: null }];
  const changes = Object.entries(told.bits ?? {})
    .filter(([name]) => isDeclared(bits, name))
    .flatMap(([name, on]) => bitEvents(file, name, on, at, isLate));
  return { values: declaredOf(values, readings), events: [...reported, ...changes] };
}

type Names = readonly { readonly name: string }[];

function isDeclared(declared: Names, name: string): boolean {
  return declared.some(each => each.name === name);
}

/** Nearly always all of them: then the very object. */
export function declaredOf<T>(
  values: Readonly<Record<string, T>>,
  declared: Names,
): Readonly<Record<string, T>> {
  if (Object.keys(values).every(name => isDeclared(declared, name))) return values;
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
