// From the bytes of an upward message to a value, or to the sentence that its sender is told.
import { z } from 'zod';
import { upward } from './contract.js';
import { decodeSnapshot, type Snapshot } from './snapshot.js';
import type { UpwardKind } from './topic.js';
import type { DeviceEvent, DeviceInfo, DeviceReply, DeviceStatus, Telemetry } from './upward.js';
import { readUsualTelemetry } from './usual-telemetry.js';

export type UpwardMessage =
  /** `text`: the very body as JSON, where it came like that. */
  | { readonly kind: 'telemetry'; readonly body: Telemetry; readonly text?: string }
  | { readonly kind: 'event'; readonly body: DeviceEvent }
  | { readonly kind: 'status'; readonly body: DeviceStatus }
  | { readonly kind: 'info'; readonly body: DeviceInfo }
  | { readonly kind: 'snapshot'; readonly body: Snapshot }
  | { readonly kind: 'reply'; readonly body: DeviceReply };

export type Decoded =
  | { readonly ok: true; readonly message: UpwardMessage }
  | { readonly ok: false; readonly code: 'malformed' | 'too-large'; readonly detail: string };

/** A device that is wrong everywhere is told the first places; what it is told must fit its memory. */
const mostIssues = 3;
const longestDetail = 300;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Never throws; `detail` names the field at fault and holds nothing of the payload's values. */
export function decodeUpward(kind: UpwardKind, payload: Uint8Array): Decoded {
  const { maxBytes } = upward[kind];
  if (payload.length > maxBytes) {
    return { ok: false, code: 'too-large', detail: `a ${kind} message takes at most ${maxBytes} bytes` };
  }
  try {
    return { ok: true, message: read(kind, payload) };
  } catch (fault) {
    return { ok: false, code: 'malformed', detail: sentence(fault) };
  }
}

function read(kind: UpwardKind, payload: Uint8Array): UpwardMessage {
  switch (kind) {
    case 'telemetry':
      return telemetry(payload);
    case 'event':
      return { kind, body: upward.event.schema.parse(json(payload)) };
    case 'status':
      return { kind, body: upward.status.schema.parse(json(payload)) };
    case 'info':
      return { kind, body: upward.info.schema.parse(json(payload)) };
    case 'reply':
      return { kind, body: upward.reply.schema.parse(json(payload)) };
    case 'snapshot':
      return { kind, body: decodeSnapshot(payload) };
    default:
      return kind satisfies never;
  }
}

function telemetry(payload: Uint8Array): UpwardMessage {
  const kind = 'telemetry';
  const body = readUsualTelemetry(payload);
  if (body !== null) return { kind, body, text: utf8.decode(payload) };
  return { kind, body: upward.telemetry.schema.parse(json(payload)) };
}

function json(payload: Uint8Array): unknown {
  return JSON.parse(utf8.decode(payload));
}

function sentence(fault: unknown): string {
  if (fault instanceof z.ZodError) {
    const told = fault.issues.slice(0, mostIssues);
    return told
      .map(issue => `${fieldOf(issue)}: ${issue.message}`)
      .join('; ')
      .slice(0, longestDetail);
  }
  // A parser's own message quotes the payload, which may hold what a log must not.
  if (fault instanceof SyntaxError || fault instanceof TypeError) return 'the payload is not JSON in UTF-8';
  return fault instanceof Error ? fault.message : 'the payload cannot be read';
}

function fieldOf({ path }: z.core.$ZodIssue): string {
  return path.join('.').slice(0, 64) || 'the message';
}
