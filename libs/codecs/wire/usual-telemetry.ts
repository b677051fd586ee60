// Telemetry of the usual form, read from its bytes: what every sensor says all the time need not go through a whole schema.
import { lastInstantMs, longestName, mostEntries, mostUint32 } from './stamp.js';
import type { Telemetry } from './upward.js';

const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const colon = 0x3a;
const letterA = 0x61;
const letterZ = 0x7a;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Of so many digits and fewer a double holds every whole number, and dividing it by a power of ten rounds once. */
const exactDigits = 15;
const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, exponent) => 10 ** exponent);

/** Names that came lately, found by a sum of their bytes: it is the same few, time and again. */
const names: string[] = Array<string>(256).fill('');

const ascii = new TextDecoder();

/**
 * Reads only what the schema takes as it is, written without escapes, exponents, or white space but for blanks. Null is
 * no verdict: the schema then decides, and says what is wrong.
 * @returns what `JSON.parse` would
 */
export function readUsualTelemetry(payload: Uint8Array): Telemetry | null {
  return new Reader(payload).telemetry();
}

class Reader {
  /** Past the end once something unusual was met: then nothing is found any more. */
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  telemetry(): Telemetry | null {
    let boot: number | null = null;
    let seq: number | null = null;
    let at: number | null = null;
    let values: Record<string, number> | null = null;
    let bits: Record<string, boolean> | null = null;
    this.skip();
    this.take(openBrace);
    do {
      const name = this.name();
      if (name === 'boot' && boot === null) boot = this.whole(mostUint32);
      else if (name === 'seq' && seq === null) seq = this.whole(mostUint32);
      else if (name === 'at' && at === null) at = this.whole(lastInstantMs);
      else if (name === 'values' && values === null) values = this.record(this.number);
      else if (name === 'bits' && bits === null) bits = this.record(this.bit);
      else this.giveUp();
    } while (this.mayTake(comma));
    this.take(closeBrace);
    if (this.at !== this.bytes.length || boot === null || seq === null || values === null) return null;
    if (isEmpty(values) && (bits === null || isEmpty(bits))) return null;
    if (bits === null) return at === null ? { boot, seq, values } : { boot, seq, at, values };
    return at === null ? { boot, seq, values, bits } : { boot, seq, at, values, bits };
  }

  private record<T>(one: (this: Reader) => T): Record<string, T> {
    const record: Record<string, T> = {};
    this.take(openBrace);
    if (this.mayTake(closeBrace)) return record;
    let entries = 0;
    do {
      const name = this.name();
      entries += 1;
      // Said twice, or the name of something that every object has.
      if (entries > mostEntries || record[name] !== undefined) this.giveUp();
      record[name] = one.call(this);
    } while (this.mayTake(comma));
    this.take(closeBrace);
    return record;
  }

  /** As `namePattern` has it, with the colon behind it. */
  private name(): string {
    const { bytes } = this;
    const start = this.at + 1;
    if (bytes[this.at] !== quote) this.giveUp();
    let end = start;
    let sum = 0;
    let mayPause = false;
    for (let byte = bytes[end]; byte !== quote && byte !== undefined; byte = bytes[end]) {
      const isLetter = byte >= letterA && byte <= letterZ;
      if (!isLetter && !(mayPause && (byte === dot || isDigit(byte)))) this.giveUp();
      mayPause = byte !== dot;
      sum = (sum * 31 + byte) & 0xff;
      end += 1;
    }
    if (!mayPause || end - start > longestName) this.giveUp();
    if (this.hasGivenUp) return '';
    this.at = end + 1;
    this.skip();
    this.take(colon);
    return this.nameAt(start, end, sum);
  }

  private nameAt(start: number, end: number, sum: number): string {
    const known = names[sum] ?? '';
    if (known.length === end - start && this.isAt(known, start)) return known;
    // The key of an object is the form of a text by which properties are found fastest.
    const [name = ''] = Object.keys({ [ascii.decode(this.bytes.subarray(start, end))]: 0 });
    names[sum] = name;
    return name;
  }

  private isAt(text: string, start: number): boolean {
    for (let place = 0; place < text.length; place += 1)
      if (text.charCodeAt(place) !== this.bytes[start + place]) return false;
    return true;
  }

  private whole(most: number): number {
    const value = this.number();
    return Number.isSafeInteger(value) && value >= 0 && value <= most ? value : this.giveUp();
  }

  private number(): number {
    const { bytes } = this;
    const start = this.at;
    const sign = bytes[start] === minus ? -1 : 1;
    const first = sign < 0 ? start + 1 : start;
    this.at = first;
    let mantissa = this.digits(0);
    if (bytes[first] === zero && this.at > first + 1) return this.giveUp();
    let decimals = 0;
    if (bytes[this.at] === dot) {
      this.at += 1;
      const from = this.at;
      mantissa = this.digits(mantissa);
      decimals = this.at - from;
    }
    const end = this.at;
    this.skip();
    if (this.hasGivenUp) return 0;
    if (end - first > exactDigits) return this.rounded(start, end);
    return (sign * mantissa) / (powersOfTen[decimals] ?? 1);
  }

  private rounded(start: number, end: number): number {
    const value = Number(ascii.decode(this.bytes.subarray(start, end)));
    return Number.isFinite(value) ? value : this.giveUp();
  }

  /** At least one, behind those before. */
  private digits(before: number): number {
    const { bytes } = this;
    let end = this.at;
    let value = before;
    for (let byte = bytes[end]; isDigit(byte); byte = bytes[end]) {
      value = value * 10 + byte - zero;
      end += 1;
    }
    if (end === this.at) return this.giveUp();
    this.at = end;
    return value;
  }

  private bit(): boolean {
    const isTrue = this.isAt('true', this.at);
    if (!isTrue && !this.isAt('false', this.at)) this.giveUp();
    this.at += isTrue ? 4 : 5;
    this.skip();
    return isTrue;
  }

  private take(byte: number): void {
    if (!this.mayTake(byte)) this.giveUp();
  }

  private mayTake(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at += 1;
    this.skip();
    return true;
  }

  private skip(): void {
    while (this.bytes[this.at] === space) this.at += 1;
  }

  private get hasGivenUp(): boolean {
    return this.at > this.bytes.length;
  }

  private giveUp(): number {
    this.at = this.bytes.length + 1;
    return 0;
  }
}

const isDigit = (byte: number | undefined): byte is number =>
  byte !== undefined && byte >= zero && byte <= zero + 9;

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}
