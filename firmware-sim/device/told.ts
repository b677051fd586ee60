// Downward messages of the contract, read as firmware should: what does not fit is not obeyed.
import type { z } from 'zod';
import { type DownwardKind, downward } from '#codecs/wire';
import type { Told } from './events.js';

/** Null for a message that the contract does not know, and for our own words come back from a plain broker. */
export function readTold(kind: DownwardKind, payload: Uint8Array): Told | null {
  const json = parsedJson(payload);
  switch (kind) {
    case 'command':
      return matched(downward.command.schema, json, body => ({ kind, body }));
    case 'config':
      return matched(downward.config.schema, json, body => ({ kind, body }));
    case 'binding':
      return matched(downward.binding.schema, json, body => ({ kind, body }));
    case 'reply':
      return matched(downward.reply.schema, json, body => ({ kind, body }));
    default:
      return kind satisfies never;
  }
}

function matched<T>(schema: z.ZodType<T>, json: unknown, made: (body: T) => Told): Told | null {
  const result = schema.safeParse(json);
  return result.success ? made(result.data) : null;
}

function parsedJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
