// A contact: a person without an account who can be reached about one home in an emergency.
import type { Locale } from '#codecs/api';

export interface Contact {
  readonly id: string;
  readonly homeId: string;
  readonly name: string;
  readonly locale: Locale;
  readonly createdAt: number;
}
