// What a device has said and nobody has acknowledged yet, in the order in which it was said.
import { z } from 'zod';
import { type UpwardKind, upwardKinds } from '#codecs/wire';

/** A message that counts: it is sent until it is acknowledged, always with the same text. */
export interface Message {
  readonly deviceId: string;
  readonly kind: UpwardKind;
  readonly boot?: number;
  readonly seq?: number;
  /** JSON, or the bytes of a snapshot. */
  readonly payload: string | Uint8Array;
}

/** What of an outbox outlives the process. */
export const storedMessageSchema = z.object({
  deviceId: z.string(),
  kind: z.enum(upwardKinds),
  boot: z.int().optional(),
  seq: z.int().optional(),
  payload: z.string(),
});
export type StoredMessage = z.infer<typeof storedMessageSchema>;

export interface Entry {
  readonly message: Message;
  /** How often it was handed to the network, as far as this process knows. */
  sent: number;
}

/** A gateway takes bursts of 200 from one device, and after a long night everything is sent at once. */
export const mostKept = 150;

export class Outbox {
  private readonly entries: Entry[];

  /** @param changed called whenever what is stored may differ. */
  constructor(
    kept: readonly StoredMessage[] = [],
    private readonly changed: () => void = () => {},
  ) {
    this.entries = kept.map(message => ({ message, sent: 1 }));
  }

  get waiting(): readonly Entry[] {
    return this.entries;
  }

  /** A picture is not worth the flash it would wear: pictures live in memory, and only the newest waits. */
  get stored(): StoredMessage[] {
    return this.entries.map(entry => entry.message).filter(isText);
  }

  add(message: Message): Entry {
    if (!isText(message)) this.dropPicturesOf(message.deviceId);
    if (this.entries.length >= mostKept) this.dropLeastImportant();
    const entry = { message, sent: 0 };
    this.entries.push(entry);
    this.changed();
    return entry;
  }

  /** Acknowledged by the gateway, which from now on answers for it. */
  acknowledge(entry: Entry): void {
    const at = this.entries.indexOf(entry);
    if (at < 0) return;
    this.entries.splice(at, 1);
    this.changed();
  }

  private dropPicturesOf(deviceId: string): void {
    const at = this.entries.findIndex(({ message }) => !isText(message) && message.deviceId === deviceId);
    if (at >= 0) this.entries.splice(at, 1);
  }

  private dropLeastImportant(): void {
    const oldestReading = this.entries.findIndex(({ message }) => message.kind === 'telemetry');
    this.entries.splice(Math.max(0, oldestReading), 1);
  }
}

function isText(message: Message): message is StoredMessage {
  return typeof message.payload === 'string';
}
