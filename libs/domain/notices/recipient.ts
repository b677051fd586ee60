// A recipient: a person who is told about a device's alarms, and where else than in the app.
import type { NoticePreferences } from '#codecs/api';
import type { Endpoint } from './endpoint.js';

export interface Recipient {
  readonly accountId: string;
  readonly endpoints: readonly Endpoint[];
  readonly preferences: NoticePreferences;
}

/** A person without an account who is told when nobody of the home answers. */
export interface ContactReach {
  readonly contactId: string;
  readonly endpoints: readonly Endpoint[];
}

/** Who must hear that people are reached otherwise now; the intake, which keeps recipients, is behind it. */
export abstract class RecipientChanges {
  /** The endpoints of an account. */
  abstract changed(accountId: string): Promise<void>;
  /** The contacts of a home, or their endpoints. */
  abstract homeChanged(homeId: string): Promise<void>;
}
