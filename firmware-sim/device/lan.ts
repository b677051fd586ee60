// What a device on the Wi-Fi needs of the network around it: that whoever asks can find out what it is.
import type { Ears } from './air.js';

/** What it answers, and where. */
export interface Presence {
  /** The device's own address on the network. */
  readonly address: string;
  /** The maker's word for what it is (`gh_…` at WeChat). */
  readonly deviceType: string;
  readonly deviceId: string;
  /** Whoever asked has handed it a nonce, 32 hex digits. */
  readonly handed: (nonce: string) => void;
}

export interface Lan {
  /** Answers until it is closed; a network on which it cannot is no reason to stop. */
  attend(presence: Presence): Promise<Ears>;
}
