// Text as GBK bytes: how many access points in China send a Chinese name.

/** First and last byte of the lead and trail bytes of a two-byte character. */
const LEAD = [0x81, 0xfe] as const;
const TRAIL = [0x40, 0xfe] as const;

let table: ReadonlyMap<string, Uint8Array> | undefined;

/** The text in GBK; undefined when a character of it has no place there. */
export function encodeGbk(text: string): Uint8Array | undefined {
  const characters = Array.from(text, bytesOf);
  return characters.every(bytes => bytes !== undefined)
    ? Uint8Array.from(characters.flatMap(b => [...b]))
    : undefined;
}

function bytesOf(character: string): Uint8Array | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return Uint8Array.of(code);
  table ??= readTable();
  return table.get(character);
}

/** Engines know GBK only in one direction, so it is turned round. */
function readTable(): Map<string, Uint8Array> {
  const decoder = new TextDecoder('gbk', { fatal: true });
  const entries = new Map<string, Uint8Array>();
  for (let lead: number = LEAD[0]; lead <= LEAD[1]; lead++) {
    for (let trail: number = TRAIL[0]; trail <= TRAIL[1]; trail++) {
      const bytes = Uint8Array.of(lead, trail);
      const character = decoded(decoder, bytes);
      if (character !== undefined && !entries.has(character)) entries.set(character, bytes);
    }
  }
  return entries;
}

function decoded(decoder: { decode(bytes: Uint8Array): string }, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
