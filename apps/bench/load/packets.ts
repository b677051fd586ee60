// The few MQTT 3.1.1 packets that a load is made of, as bytes.

export const packetTypes = { connack: 2, publish: 3, puback: 4, suback: 9, pingresp: 13 } as const;

export interface Identity {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
}

/** Clean session; keep-alive in seconds, 0 for none. */
export function connectBytes({ clientId, username, password }: Identity, keepAliveS = 0): Buffer {
  const flags = 0x02 | (username === undefined ? 0 : 0x80) | (password === undefined ? 0 : 0x40);
  const head = Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, flags, keepAliveS >> 8, keepAliveS & 0xff]);
  const texts = [clientId, username, password].filter(text => text !== undefined);
  return packet(0x10, [head, ...texts.map(textBytes)]);
}

/** QoS 0 or 1; the packet identifier stands at `publishIdAt`. */
export function publishBytes(topic: string, payload: Uint8Array, qos: 0 | 1, packetId = 1): Buffer {
  const id = qos === 0 ? [] : [Buffer.from([packetId >> 8, packetId & 0xff])];
  return packet(0x30 | (qos << 1), [textBytes(topic), ...id, payload]);
}

export function subscribeBytes(filters: readonly string[], qos: 0 | 1 = 1): Buffer {
  const parts = filters.flatMap(filter => [textBytes(filter), Buffer.from([qos])]);
  return packet(0x82, [Buffer.from([0, 1]), ...parts]);
}

export const pingBytes = Buffer.from([0xc0, 0]);
export const disconnectBytes = Buffer.from([0xe0, 0]);

export function pubackBytes(packetId: number): Buffer {
  return Buffer.from([0x40, 2, packetId >> 8, packetId & 0xff]);
}

function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function packet(firstByte: number, parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let rest = body.length; ; rest >>= 7) {
    if (rest < 128) return Buffer.concat([Buffer.from([firstByte, ...length, rest]), body]);
    length.push((rest & 127) | 128);
  }
}
