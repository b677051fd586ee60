// A recipient: a person who is told about a device's alarms, and where else than in the app.
import type { Endpoint } from './delivery.js';

export interface Recipient {
  readonly accountId: string;
  readonly endpoints: readonly Endpoint[];
}

/** Who must hear that the endpoints of an account have changed; the intake, which keeps recipients, is behind it. */
export abstract class RecipientChanges {
  abstract changed(accountId: string): Promise<void>;
}
