// LAN discovery: how a device that has joined says what it is, over UDP 12476 (AirKiss §8).

/** Port of both sides. */
export const DISCOVERY_PORT = 12_476;

const MAGIC = 0xfd01fefc;
const HEADER_BYTES = 16;
const VERSION = 1;
const LONGEST_BODY = 1008;

const COMMANDS = {
  /** From the app to everybody, or to one device. */
  request: 1,
  /** From the device to whoever asked. */
  response: 0x1001,
  /** From the device to everybody, about every five seconds. */
  notify: 0x1002,
} as const;

export type DiscoveryKind = keyof typeof COMMANDS;

/** What the body of a message says; everything may be missing in what others send. */
export interface DiscoveryBody {
  /** The maker's public account, such as `gh_0123456789ab`. */
  readonly deviceType?: string;
  readonly deviceId?: string;
  /** 32 hex digits: what the sender hands the device so that it can prove who provisioned it. */
  readonly nonce?: string;
}

export interface DiscoveryMessage extends DiscoveryBody {
  readonly kind: DiscoveryKind;
}

/** Writes a message as the official library does; a nonce stands beside `deviceInfo` under `airbind`. */
export function writeDiscovery({ kind, deviceType, deviceId, nonce }: DiscoveryMessage): Uint8Array {
  const content = {
    ...(deviceType === undefined && deviceId === undefined ? {} : { deviceInfo: { deviceType, deviceId } }),
    ...(nonce === undefined ? {} : { airbind: { nonce } }),
  };
  const isEmpty = Object.keys(content).length === 0;
  const body = new TextEncoder().encode(isEmpty ? '' : JSON.stringify(content));
  if (body.length > LONGEST_BODY)
    throw new RangeError(`a body of ${body.length} bytes is longer than ${LONGEST_BODY}`);
  const message = new Uint8Array(HEADER_BYTES + body.length);
  const header = new DataView(message.buffer);
  header.setUint32(0, MAGIC);
  header.setUint16(4, HEADER_BYTES);
  header.setUint16(6, VERSION);
  header.setUint32(8, message.length);
  header.setUint32(12, COMMANDS[kind]);
  message.set(body, HEADER_BYTES);
  return message;
}

/**
 * Reads a message leniently: any version and any header of 16 bytes or more, as newer apps send, and a body
 * that is no JSON is an empty one. Undefined for what is none.
 */
export function readDiscovery(datagram: Uint8Array): DiscoveryMessage | undefined {
  if (datagram.length < HEADER_BYTES) return undefined;
  const header = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const headerBytes = Math.max(HEADER_BYTES, header.getUint16(4));
  const total = header.getUint32(8);
  if (header.getUint32(0) !== MAGIC || total > datagram.length) return undefined;
  const command = header.getUint32(12);
  const kind = (Object.keys(COMMANDS) as DiscoveryKind[]).find(each => COMMANDS[each] === command);
  return kind && { kind, ...readBody(datagram.subarray(headerBytes, Math.max(headerBytes, total))) };
}

function readBody(bytes: Uint8Array): DiscoveryBody {
  const content = record(parsed(new TextDecoder().decode(bytes)));
  const deviceInfo = record(content.deviceInfo);
  const { nonce } = record(content.airbind);
  return {
    ...textOf('deviceType', deviceInfo.deviceType),
    ...textOf('deviceId', deviceInfo.deviceId),
    ...(typeof nonce === 'string' && /^[0-9a-f]{32}$/i.test(nonce) ? { nonce: nonce.toLowerCase() } : {}),
  };
}

const textOf = (name: keyof DiscoveryBody, value: unknown): DiscoveryBody =>
  typeof value === 'string' ? { [name]: value } : {};

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
