// A home: where devices live; its time zone and its mode decide what an open door means.
import type { HomeMode } from '#codecs/api';

export interface Home {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly mode: HomeMode;
  readonly modeSince: number;
  readonly createdAt: number;
}
