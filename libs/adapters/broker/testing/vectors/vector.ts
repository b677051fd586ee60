// One row of the table of clauses: what a client sends, what it hears, and whether it may stay.
import type { Clause } from '../../clauses.js';

export interface Vector {
  readonly name: string;
  /** Null: it sends its own CONNECT, or what stands in its place. */
  readonly level: 3 | 4 | null;
  /** What is sent, and the bytes that answer it before more is sent. */
  readonly steps: readonly (readonly [sent: Uint8Array, heard: Uint8Array])[];
  readonly stays: boolean;
  /** Null: it breaks none. */
  readonly clause: Clause | null;
}

const silence = new Uint8Array();

/** A client that is logged in sends something forbidden. */
export function refused(name: string, clause: Clause, ...sent: readonly Uint8Array[]): Vector {
  return { name, level: 4, steps: [[Buffer.concat(sent), silence]], stays: false, clause };
}

/** The same as the first thing that the client ever sends. */
export function refusedFirst(name: string, clause: Clause, sent: Uint8Array, heard = silence): Vector {
  return { name, level: null, steps: [[sent, heard]], stays: false, clause };
}

/** Sent and answered in turn. */
export function taken(name: string, ...turns: readonly Uint8Array[]): Vector {
  const steps: [Uint8Array, Uint8Array][] = [];
  for (let turn = 0; turn < turns.length; turn += 2)
    steps.push([turns[turn] ?? silence, turns[turn + 1] ?? silence]);
  return { name, level: 4, steps, stays: true, clause: null };
}

export function takenFirst(name: string, ...turns: readonly Uint8Array[]): Vector {
  return { ...taken(name, ...turns), level: null };
}

/** Text that MQTT 3.1.1 §1.5.3 forbids, or lets the receiver refuse. */
export const badTexts: readonly (readonly [name: string, bytes: readonly number[], clause: Clause])[] = [
  ['U+0000', [0x74, 0x6f, 0x00, 0x70], 'MQTT-1.5.3-2'],
  ['U+0001', [0x74, 0x6f, 0x01, 0x70], 'MQTT-1.5.3'],
  ['U+001F', [0x74, 0x6f, 0x1f, 0x70], 'MQTT-1.5.3'],
  ['U+007F', [0x74, 0x6f, 0x7f, 0x70], 'MQTT-1.5.3'],
  ['U+0080', [0x74, 0x6f, 0xc2, 0x80], 'MQTT-1.5.3'],
  ['U+009F', [0x74, 0xc2, 0x9f, 0x70], 'MQTT-1.5.3'],
  ['U+FDD0', [0x74, 0xef, 0xb7, 0x90], 'MQTT-1.5.3'],
  ['U+FFFF', [0x74, 0xef, 0xbf, 0xbf], 'MQTT-1.5.3'],
  ['U+1FFFE', [0xf0, 0x9f, 0xbf, 0xbe], 'MQTT-1.5.3'],
  ['the surrogate U+D800', [0x74, 0xed, 0xa0, 0x80], 'MQTT-1.5.3-1'],
  ['the surrogate U+DFFF', [0x74, 0xed, 0xbf, 0xbf], 'MQTT-1.5.3-1'],
  ['an overlong slash', [0x74, 0xc0, 0xaf], 'MQTT-1.5.3-1'],
  ['an overlong form of three bytes', [0xe0, 0x80, 0xaf], 'MQTT-1.5.3-1'],
  ['an overlong form of four bytes', [0xf0, 0x80, 0x80, 0xaf], 'MQTT-1.5.3-1'],
  ['a character past U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 'MQTT-1.5.3-1'],
  ['a lone continuation byte', [0x74, 0x80], 'MQTT-1.5.3-1'],
  ['a character that breaks off', [0x74, 0xe4, 0xb8], 'MQTT-1.5.3-1'],
  ['a character that turns into another', [0xe4, 0xb8, 0x74], 'MQTT-1.5.3-1'],
  ['a byte that UTF-8 does not have', [0x74, 0xff], 'MQTT-1.5.3-1'],
];

/** One row for each bad text. */
export function withBadTexts(
  where: string,
  row: (name: string, clause: Clause, text: readonly number[]) => Vector,
): Vector[] {
  return badTexts.map(([name, bytes, clause]) => row(`${where} with ${name}`, clause, bytes));
}
