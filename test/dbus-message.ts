// The few messages of D-Bus that a test speaks: the D-Bus specification, "Message Protocol", little-endian.

/** What is read of a call. */
export interface Heard {
  readonly serial: number;
  readonly member: string;
  readonly destination: string;
  /** The first argument, where it is a text. */
  readonly about: string;
}

export type Value =
  | { readonly s: string }
  | { readonly u: number }
  | { readonly b: boolean }
  | { readonly as: readonly string[] };

interface Fields {
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly error?: string;
  readonly replyTo?: number;
  readonly destination?: string;
  readonly sender?: string;
}

type Kind = 'answer' | 'error' | 'signal';

const types: Readonly<Record<Kind, number>> = { answer: 2, error: 3, signal: 4 };
const codes = { path: 1, interface: 2, member: 3, error: 4, replyTo: 5, destination: 6, sender: 7 } as const;
const fixedHeader = 16;
const call = 1;

/** @returns the calls in the bytes, and what is left of them: the beginning of the next */
export function callsIn(bytes: Buffer): { calls: Heard[]; rest: Buffer } {
  const calls: Heard[] = [];
  let rest = bytes;
  while (rest.length >= fixedHeader) {
    const fieldsEnd = fixedHeader + rest.readUInt32LE(12);
    const length = aligned(fieldsEnd, 8) + rest.readUInt32LE(4);
    if (rest.length < length) break;
    const body = rest.subarray(aligned(fieldsEnd, 8), length);
    const { signature, ...fields } = fieldsOf(rest.subarray(0, fieldsEnd));
    const about = signature.startsWith('s') ? textIn(body, 0) : '';
    if (rest[1] === call) calls.push({ serial: rest.readUInt32LE(8), ...fields, about });
    rest = rest.subarray(length);
  }
  return { calls, rest };
}

const textIn = (bytes: Buffer, at: number): string =>
  bytes.toString('utf8', at + 4, at + 4 + bytes.readUInt32LE(at));

function fieldsOf(header: Buffer) {
  const found = { member: '', destination: '', signature: '' };
  let at = fixedHeader;
  while (at < header.length) {
    at = aligned(at, 8);
    const code = header[at];
    const type = header.toString('latin1', at + 2, at + 3);
    const value = at + 4;
    if (code === codes.member) found.member = textIn(header, value);
    if (code === codes.destination) found.destination = textIn(header, value);
    if (type === 'g')
      found.signature = header.toString('latin1', value + 1, value + 1 + (header[value] ?? 0));
    at =
      value + (type === 'g' ? found.signature.length + 2 : type === 'u' ? 4 : header.readUInt32LE(value) + 5);
  }
  return found;
}

export function message(kind: Kind, serial: number, fields: Fields, values: readonly Value[] = []): Buffer {
  const body = new Bytes();
  for (const value of values) body.value(value);
  const signature = values.map(value => Object.keys(value)[0]).join('');
  const header = new Bytes();
  for (const [name, value] of Object.entries(fields) as [keyof Fields, string | number][])
    header.field(codes[name], name === 'path' ? 'o' : typeof value === 'number' ? 'u' : 's', value);
  if (signature !== '') header.signature(8, signature);
  const fixed = Buffer.from([0x6c, types[kind], 0, 1, ...Array<number>(12).fill(0)]);
  fixed.writeUInt32LE(body.bytes.length, 4);
  fixed.writeUInt32LE(serial, 8);
  fixed.writeUInt32LE(header.bytes.length, 12);
  header.align(8);
  return Buffer.concat([fixed, header.bytes, body.bytes]);
}

/** Alignment counts from the beginning of the message; header fields and body both begin at a multiple of 8. */
class Bytes {
  bytes = Buffer.alloc(0);

  align(to: number): void {
    this.add(Buffer.alloc(aligned(this.bytes.length, to) - this.bytes.length));
  }

  field(code: number, signature: string, value: string | number): void {
    this.align(8);
    this.add(Buffer.from([code, 1, signature.charCodeAt(0), 0]));
    this.value(typeof value === 'number' ? { u: value } : { s: value });
  }

  signature(code: number, text: string): void {
    this.align(8);
    this.add(Buffer.from([code, 1, 'g'.charCodeAt(0), 0, text.length, ...Buffer.from(text), 0]));
  }

  value(value: Value): void {
    if ('s' in value) this.text(value.s);
    else if ('u' in value) this.number(value.u);
    else if ('b' in value) this.number(Number(value.b));
    else {
      const all = new Bytes();
      for (const each of value.as) all.text(each);
      this.number(all.bytes.length);
      this.add(all.bytes);
    }
  }

  private number(value: number): void {
    this.align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.add(bytes);
  }

  private text(value: string): void {
    this.number(Buffer.byteLength(value));
    this.add(Buffer.from(`${value}\0`));
  }

  private add(more: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, more]);
  }
}

const aligned = (at: number, to: number): number => Math.ceil(at / to) * to;
