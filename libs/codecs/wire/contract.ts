// The contract in one table: which way a topic kind goes, with which quality of service, and its schema.
import type { z } from 'zod';
import { bindingSchema, commandSchema, configSchema, gatewayReplySchema } from './downward.js';
import { snapshotHeaderSchema } from './snapshot.js';
import type { DownwardKind, UpwardKind } from './topic.js';
import { deviceReplySchema, eventSchema, infoSchema, statusSchema, telemetrySchema } from './upward.js';

export interface Clause {
  /** The quality of service that a device should use; the gateway takes 0 and 1 everywhere. */
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** Of the JSON payload; of the first line, where `binary` is set. */
  readonly schema: z.ZodType;
  readonly binary?: true;
  readonly maxBytes: number;
}

const textBytes = 8 * 1024;
const pictureBytes = 512 * 1024;

export const upward = {
  telemetry: { qos: 1, retain: false, schema: telemetrySchema, maxBytes: textBytes },
  event: { qos: 1, retain: false, schema: eventSchema, maxBytes: textBytes },
  status: { qos: 1, retain: true, schema: statusSchema, maxBytes: textBytes },
  info: { qos: 1, retain: true, schema: infoSchema, maxBytes: textBytes },
  snapshot: { qos: 1, retain: false, schema: snapshotHeaderSchema, binary: true, maxBytes: pictureBytes },
  reply: { qos: 1, retain: false, schema: deviceReplySchema, maxBytes: textBytes },
} as const satisfies Record<UpwardKind, Clause>;

export const downward = {
  command: { qos: 1, retain: false, schema: commandSchema, maxBytes: textBytes },
  config: { qos: 1, retain: false, schema: configSchema, maxBytes: textBytes },
  binding: { qos: 1, retain: true, schema: bindingSchema, maxBytes: textBytes },
  reply: { qos: 1, retain: false, schema: gatewayReplySchema, maxBytes: textBytes },
} as const satisfies Record<DownwardKind, Clause>;
