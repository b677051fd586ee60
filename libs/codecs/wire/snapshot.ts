// A camera's picture: one line of JSON, a line feed, then the bytes of the picture as they are.
import { z } from 'zod';
import { stampShape } from './stamp.js';

export const snapshotHeaderSchema = z.object({
  ...stampShape,
  type: z.literal('image/jpeg'),
});

export type SnapshotHeader = z.infer<typeof snapshotHeaderSchema>;

export interface Snapshot extends SnapshotHeader {
  /** A whole JPEG file. */
  readonly image: Uint8Array;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const lineFeed = 0x0a;
const longestHeader = 256;

export function encodeSnapshot({ image, ...header }: Snapshot): Uint8Array {
  const head = new TextEncoder().encode(`${JSON.stringify(header)}\n`);
  const payload = new Uint8Array(head.length + image.length);
  payload.set(head);
  payload.set(image, head.length);
  return payload;
}

/** @throws a sentence that says what is wrong with the payload. */
export function decodeSnapshot(payload: Uint8Array): Snapshot {
  const end = payload.subarray(0, longestHeader).indexOf(lineFeed);
  if (end < 0) throw new Error(`no line of JSON within the first ${longestHeader} bytes`);
  const header = snapshotHeaderSchema.parse(JSON.parse(utf8.decode(payload.subarray(0, end))));
  const image = payload.subarray(end + 1);
  if (image[0] !== 0xff || image[1] !== 0xd8) throw new Error('the picture does not begin as a JPEG');
  return { ...header, image };
}
