// What becomes of an input that cannot be decided or stored though the store works: a device's message becomes a dead letter.
import { bodyOf } from './decide-message.js';
import type { Input } from './input.js';
import type { DeadLetter } from './intake.store.js';

const keptBytes = 1024;
const longestReason = 300;

/** Null for what people, time and the broker do: they are answered with the error. */
export function letterOf(input: Input, error: unknown): DeadLetter | null {
  const reason = reasonOf(error);
  switch (input.kind) {
    case 'message': {
      const { deviceId, message, receivedAt } = input.said;
      const payload = new TextEncoder().encode(JSON.stringify(bodyOf(message)) ?? '');
      const kept = payload.slice(0, keptBytes);
      return { deviceId, kind: message.kind, reason, payload: kept, bytes: payload.length, at: receivedAt };
    }
    case 'malformed':
      return { ...input.letter, reason };
    case 'broker':
    case 'tick':
    case 'parent':
    case 'rules':
    case 'mode':
    case 'acknowledge':
    case 'reset':
    case 'shelve':
    case 'comment':
    case 'matter':
    case 'binding':
      return null;
    default:
      return input satisfies never;
  }
}

/** One line, without what a database may refuse in a text. */
function reasonOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const said = `could not be taken: ${name}: ${message}`.replace(/[\p{Cc}\p{Cs}]+/gu, ' ');
  return said.slice(0, longestReason).replace(/\p{Cs}/gu, '');
}
