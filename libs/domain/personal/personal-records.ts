// What the gateway holds about one person, read piece by piece.

/** One thing: `what` it is, and what is known of it. Other people are `somebody` in it. */
export interface PersonalRecord {
  readonly what: string;
  readonly [field: string]: unknown;
}

export abstract class PersonalRecords {
  /**
   * Everything but pictures, in pages between which others have their turn; no password, token, key or hash of one.
   * Each device that was theirs comes as `{ what: 'ownership', deviceId, epoch }`, before what it recorded.
   */
  abstract of(accountId: string): AsyncIterable<readonly PersonalRecord[]>;
}
