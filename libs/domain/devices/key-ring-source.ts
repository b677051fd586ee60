// What the devices room needs from whoever starts the gateway: the key ring, and where the pages are reached.
import type { KeyRing } from '#codecs/ticket';

export abstract class KeyRingSource {
  abstract current(): KeyRing;
}

/** The origin of the pages, such as `https://gw.example`; it stands in every printed code. */
export abstract class PublicUrl {
  abstract readonly href: string;
  /** Whether somebody chose it, rather than the gateway found it for the time being. */
  abstract readonly isChosen: boolean;
}
