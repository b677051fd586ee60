// Reads a mail as a strict mail program would: headers once each, encoded words, multiparts, and both encodings.

export interface MimePart {
  readonly headers: ReadonlyMap<string, string>;
  readonly type: string;
  /** Decoded; empty for a multipart. */
  readonly content: Buffer;
  readonly parts: readonly MimePart[];
}

const once: ReadonlySet<string> = new Set(['from', 'to', 'subject', 'date', 'message-id', 'mime-version']);

/** @throws Error for what RFC 5322 or MIME does not allow. */
export function readMail(message: string): MimePart {
  const mail = readPart(message);
  for (const name of once) if (!mail.headers.has(name)) throw new Error(`no ${name}`);
  if (Number.isNaN(Date.parse(mail.headers.get('date') ?? ''))) throw new Error('no such date');
  if (!/^<[^<>@\s]+@[^<>@\s]+>$/.test(mail.headers.get('message-id') ?? '')) throw new Error('no message id');
  return mail;
}

/** All parts of this type, wherever they stand. */
export function partsOf(mail: MimePart, type: string): MimePart[] {
  return [...(mail.type === type ? [mail] : []), ...mail.parts.flatMap(part => partsOf(part, type))];
}

function readPart(text: string): MimePart {
  const end = text.indexOf('\r\n\r\n');
  const headers = readHeaders(text.slice(0, end));
  const body = text.slice(end + 4);
  const contentType = headers.get('content-type') ?? 'text/plain';
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return { headers, type, content: decoded(body, headers), parts: [] };
  const [, ...pieces] = `\r\n${body}`.split(`\r\n--${boundary}`);
  if (!pieces.at(-1)?.startsWith('--')) throw new Error('a multipart without an end');
  return {
    headers,
    type,
    content: Buffer.alloc(0),
    parts: pieces.slice(0, -1).map(piece => readPart(piece.slice(2))),
  };
}

function readHeaders(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const [, name = '', value = ''] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key === '') throw new Error(`not a header: ${line}`);
    if (headers.has(key) && once.has(key)) throw new Error(`${key} twice`);
    headers.set(key, words(value));
  }
  return headers;
}

/** RFC 2047. */
function words(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('latin1')
        : unquoted(text.replace(/_/g, ' ')).toString('latin1'),
    )
    .replace(/[\x80-\xff]+/g, bytes => Buffer.from(bytes, 'latin1').toString());
}

function decoded(body: string, headers: ReadonlyMap<string, string>): Buffer {
  switch (headers.get('content-transfer-encoding')?.toLowerCase() ?? '7bit') {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return unquoted(body.replace(/=\r\n/g, ''));
    case '7bit':
      return Buffer.from(body);
    default:
      throw new Error('an encoding that nobody offered');
  }
}

function unquoted(text: string): Buffer {
  const latin = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(latin, 'latin1');
}
