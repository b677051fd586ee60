// The encoder: what is to be sent, symbol for symbol as the WeChat app sends it (AirKiss §1).
import { crc8 } from './crc8.js';
import { type CredentialFault, type Credentials, faultOf, totalOf } from './credentials.js';
import { DATA, FIELD, fieldSymbol, GUIDE, HEADER, ZERO_NIBBLE } from './symbol.js';

/** Bytes of data in a full group. */
export const GROUP_BYTES = 4;

/** Every symbol of one provisioning, without repeats; a schedule says how often each part is sent. */
export interface AirKissProgram {
  readonly guide: readonly number[];
  /** Total length and CRC of the SSID, four nibbles. */
  readonly magic: readonly number[];
  /** Length of the password and its CRC, four nibbles. */
  readonly prefix: readonly number[];
  /** One group each: CRC, index, then one to four bytes of password ‖ random ‖ SSID. */
  readonly sequences: readonly (readonly number[])[];
  /** Bytes of data in all groups together. */
  readonly total: number;
}

/** Thrown when credentials do not fit the format; ask `faultOf` first where they come from a person. */
export class UnsendableCredentials extends RangeError {
  constructor(readonly fault: CredentialFault) {
    super(`credentials cannot be sent by AirKiss: ${fault}`);
    this.name = 'UnsendableCredentials';
  }
}

/** Lays out credentials as symbols; throws UnsendableCredentials when they are too long or empty. */
export function encode(credentials: Credentials): AirKissProgram {
  const fault = faultOf(credentials);
  if (fault !== undefined) throw new UnsendableCredentials(fault);
  const { ssid, password, random } = credentials;
  const total = totalOf(credentials);
  const data = Uint8Array.of(...password, random, ...ssid);
  return {
    guide: GUIDE,
    magic: magicOf(total, crc8(ssid)),
    prefix: prefixOf(password.length),
    sequences: groupsOf(data).map(groupSymbols),
    total,
  };
}

function magicOf(total: number, ssidCrc: number): number[] {
  const [first, ...rest] = nibbles(FIELD.totalHigh, total, ssidCrc);
  return [first || ZERO_NIBBLE, ...rest];
}

function prefixOf(passwordLength: number): number[] {
  return nibbles(FIELD.passwordHigh, passwordLength, crc8([passwordLength]));
}

/** The four symbols of two bytes, in the four fields from the given one on. */
function nibbles(field: number, first: number, second: number): [number, number, number, number] {
  return [
    fieldSymbol(field, first >> 4),
    fieldSymbol(field + 1, first & 0x0f),
    fieldSymbol(field + 2, second >> 4),
    fieldSymbol(field + 3, second & 0x0f),
  ];
}

function groupsOf(data: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(data.length / GROUP_BYTES) }, (_, index) =>
    data.subarray(index * GROUP_BYTES, (index + 1) * GROUP_BYTES),
  );
}

function groupSymbols(bytes: Uint8Array, index: number): number[] {
  return [groupCheck(index, bytes), HEADER | index, ...Array.from(bytes, byte => DATA | byte)];
}

/** The symbol that checks a group: only seven bits of the CRC travel, so one wrong group in 128 passes. */
export const groupCheck = (index: number, bytes: Iterable<number>): number =>
  HEADER | (crc8([index, ...bytes]) & 0x7f);
