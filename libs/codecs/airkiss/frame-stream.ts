// The text form of received frames: one frame a line, as captures are kept and passed on (AirKiss §10).
import type { Frame } from './frame.js';

/** One line of a frame stream. */
export type StreamLine =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'channel-change' }
  | { readonly kind: 'end' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'malformed'; readonly text: string };

/** The one source of a stream that names none. */
export const UNNAMED_SOURCE = '020000000001';

/** The one cell of a stream that names none. */
export const UNNAMED_BSSID = '020000000002';

const LINE =
  /^(\d{1,5})(?:\s+(\d{1,4}))?(?:\s+(from|to)(?:\s+([0-9a-f]{12}))?(?:\s+([0-9a-f]{12}))?(?:\s+([0-9a-f]{12}))?)?$/i;

/** Reads one line; what is not a frame, a mark or a comment comes back as malformed and can be reported. */
export function parseLine(line: string): StreamLine {
  const text = line.replace(/#.*/, '').trim();
  if (text === '') return { kind: 'blank' };
  if (text === '!') return { kind: 'channel-change' };
  if (text === '=') return { kind: 'end' };
  const match = LINE.exec(text);
  if (!match) return { kind: 'malformed', text: line };
  const [, length, seq, direction, source, bssid, destination] = match;
  return {
    kind: 'frame',
    frame: {
      length: Number(length),
      ...(seq === undefined ? {} : { seq: Number(seq) % 4096 }),
      direction: direction?.toLowerCase() === 'to' ? 'to' : 'from',
      source: source?.toLowerCase() ?? UNNAMED_SOURCE,
      bssid: bssid?.toLowerCase() ?? UNNAMED_BSSID,
      ...(destination === undefined ? {} : { destination: destination.toLowerCase() }),
    },
  };
}

/** Writes a frame as a line that `parseLine` reads back; a frame without number is only its length. */
export function formatFrame(frame: Frame): string {
  if (frame.seq === undefined) return String(frame.length);
  const fields = [frame.length, frame.seq, frame.direction, frame.source, frame.bssid];
  return [...fields, frame.destination ?? 'ffffffffffff'].join(' ');
}
