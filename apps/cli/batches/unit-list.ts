// The maker's own list of serial numbers and MAC addresses: read whole, and refused whole with the lines at fault.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type Unit, unitSchema } from '#codecs/api';
import { csvRows } from '../csv-file.js';
import { Failure } from '../failure.js';

export interface UnitList {
  readonly file: string;
  readonly units: readonly ListedUnit[];
  /** SHA-256, hex, of what it says. */
  readonly hash: string;
}

export interface ListedUnit extends Unit {
  readonly line: number;
}

/** What is wrong with one line, as a sentence without its full stop. */
export interface LineFault {
  readonly line: number;
  readonly fault: string;
}

type Field = keyof Unit;

const fieldNames: Readonly<Record<Field, string>> = { serial: 'serial number', mac: 'MAC address' };
const headings: Readonly<Record<Field, readonly string[]>> = {
  serial: ['serial', 'serial number', 'serial_number', 'sn', '序列号'],
  mac: ['mac', 'mac address', 'mac_address', 'mac地址', 'mac 地址'],
};
const fields = ['serial', 'mac'] as const satisfies readonly Field[];

/** Faults that are named; a list with more of them is another list. */
const namedFaults = 8;

/** @throws Failure `file-unreadable`, or `invalid-request` that names the lines. */
export async function readUnitList(file: string): Promise<UnitList> {
  const units: ListedUnit[] = [];
  const faults: LineFault[] = [];
  const seen: Readonly<Record<Field, Map<string, number>>> = { serial: new Map(), mac: new Map() };
  const hash = createHash('sha256');
  for await (const { line, cells } of csvRows(file)) {
    const said = Object.fromEntries(fields.map(field => [field, cellOf(cells, field)]));
    if (units.length === 0) requireHeadings(file, cells);
    const read = unitSchema.safeParse(said);
    if (!read.success) {
      faults.push(...read.error.issues.map(issue => ({ line, fault: sentenceOf(issue) })));
      continue;
    }
    const unit = read.data;
    for (const field of fields) {
      const value = unit[field];
      if (value === undefined) continue;
      const first = seen[field].get(value);
      if (first === undefined) seen[field].set(value, line);
      else faults.push({ line, fault: `the ${fieldNames[field]} ${value} is that of line ${first} too` });
    }
    units.push({ ...unit, line });
    hash.update(`${JSON.stringify([unit.serial ?? null, unit.mac ?? null])}\n`);
  }
  if (units.length === 0 && faults.length === 0) {
    throw new Failure('invalid-request', { sentence: `${file} lists no device.` });
  }
  refuse(file, faults);
  return { file, units, hash: hash.digest('hex') };
}

/** @throws Failure when there are any: nothing is made of a list that has a fault. */
export function refuse(file: string, faults: readonly LineFault[]): void {
  if (faults.length === 0) return;
  const told = faults.slice(0, namedFaults).map(({ line, fault }) => `line ${line}: ${fault}.`);
  const more = faults.length > namedFaults ? [`And ${faults.length - namedFaults} more.`] : [];
  const sentence = [`${file} is not taken, and nothing was made of it.`, ...told, ...more].join('\n  ');
  throw new Failure('units-taken', { sentence });
}

/** For a serial number or MAC address that a device of the gateway has. */
export function takenFault({ line, ...unit }: ListedUnit, field: Field): LineFault {
  return {
    line,
    fault: `the ${fieldNames[field]} ${unit[field]} belongs to a device of this gateway already`,
  };
}

function cellOf(cells: Readonly<Record<string, string | undefined>>, field: Field): string | undefined {
  const heading = headings[field].find(name => cells[name] !== undefined);
  return heading === undefined ? undefined : cells[heading] || undefined;
}

function requireHeadings(file: string, cells: Readonly<Record<string, string | undefined>>): void {
  if (fields.some(field => headings[field].some(name => name in cells))) return;
  throw new Failure('invalid-request', {
    sentence: `${file} has neither a column "serial" nor a column "mac" in its first line.`,
  });
}

function sentenceOf({ path, message }: z.core.$ZodIssue): string {
  const field = path[0] === 'mac' ? 'mac' : 'serial';
  return `the ${fieldNames[field]} ${message}`;
}
