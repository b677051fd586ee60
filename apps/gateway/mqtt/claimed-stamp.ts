// The stamp of a message that could not be read as a whole, so that its sender knows which one it was.
import { z } from 'zod';
import { upward } from '#codecs/wire';

const stampSchema = z.object({ boot: z.int(), seq: z.int() });

/** Empty when the message does not even have that. Never throws. */
export function claimedStamp(payload: Uint8Array): { boot?: number; seq?: number } {
  if (payload.length > upward.telemetry.maxBytes) return {};
  try {
    return stampSchema.safeParse(JSON.parse(Buffer.from(payload).toString())).data ?? {};
  } catch {
    return {};
  }
}
