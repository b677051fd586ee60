// A plain decoder as most devices have it, for comparison: a group counts only when none of it is lost.
import { type Credentials, crc8, type Frame } from '#codecs/airkiss';

const FIELDS = 4;
const HEADER = 0x80;
const DATA = 0x100;

/**
 * Follows AirKiss §5 without any memory of single symbols: four rising lengths, the four fields of magic and
 * of prefix in any order, then groups that arrive whole. It is told the sender, so foreign frames cost nothing.
 */
export class WholeGroupDecoder {
  private base: number | undefined;
  private readonly run: number[] = [];
  private readonly fields = new Map<number, number>();
  private total: number | undefined;
  private passwordLength: number | undefined;
  private group: number[] = [];
  private readonly groups = new Map<number, readonly number[]>();
  private lastSeq: string | undefined;

  constructor(private readonly source: string) {}

  push({ length, source, direction, seq }: Frame): Credentials | undefined {
    if (source !== this.source || direction !== 'from' || `${seq}` === this.lastSeq) return undefined;
    this.lastSeq = seq === undefined ? undefined : `${seq}`;
    if (this.base === undefined) this.findBase(length);
    else this.take(length - this.base);
    return this.result();
  }

  private findBase(length: number): void {
    this.run.push(length);
    if (this.run.length > FIELDS) this.run.shift();
    const [first] = this.run;
    if (
      first !== undefined &&
      this.run.length === FIELDS &&
      this.run.every((each, step) => each === first + step)
    )
      this.base = first - 1;
  }

  private take(symbol: number): void {
    if (symbol < 0 || symbol >= 0x200) return;
    if (symbol < HEADER) this.takeField(symbol);
    else this.takeBody(symbol);
  }

  private takeField(symbol: number): void {
    if (this.passwordLength !== undefined) return;
    const field = symbol >> 4;
    const isMagic = field < FIELDS;
    if (isMagic === (this.total !== undefined)) return;
    // The first nibble of magic looks like the guide, so it counts only after another field of magic.
    if (field === 0 && this.fields.size === 0) return;
    this.fields.set(field, symbol & 0x0f);
    const value = (at: number) => this.fields.get(at);
    if (this.fields.size < FIELDS) return;
    const first = isMagic ? 0 : FIELDS;
    const byte = ((value(first) ?? 0) << 4) | (value(first + 1) ?? 0);
    const check = ((value(first + 2) ?? 0) << 4) | (value(first + 3) ?? 0);
    this.fields.clear();
    if (isMagic) this.total = byte >= 0x80 ? byte - 0x80 : byte;
    else if (crc8([byte]) === check) this.passwordLength = byte;
  }

  private takeBody(symbol: number): void {
    this.fields.clear();
    if (this.total === undefined) return;
    const isHeader = symbol < DATA;
    if (isHeader && this.group.length !== 1) this.group = [];
    this.group.push(symbol);
    const [check, index, ...bytes] = this.group;
    if (check === undefined || check >= DATA) {
      this.group = [];
      return;
    }
    if (index === undefined || bytes.length === 0) return;
    const number = index & 0x7f;
    const wanted = Math.min(4, this.total - 4 * number);
    if (bytes.length !== wanted) return;
    const data = bytes.map(each => each & 0xff);
    if ((check & 0x7f) === (crc8([number, ...data]) & 0x7f)) this.groups.set(number, data);
    this.group = [];
  }

  private result(): Credentials | undefined {
    const { total, passwordLength, groups } = this;
    if (total === undefined || passwordLength === undefined || groups.size < Math.ceil(total / 4))
      return undefined;
    const data = Uint8Array.from([...groups].sort(([a], [b]) => a - b).flatMap(([, bytes]) => bytes));
    return {
      password: data.slice(0, passwordLength),
      random: data[passwordLength] ?? 0,
      ssid: data.slice(passwordLength + 1),
    };
  }
}
