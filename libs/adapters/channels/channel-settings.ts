// What the channels must be told about this gateway.

export abstract class ChannelSettings {
  /** The gateway's public URL: the `source` of its events. */
  abstract readonly source: string;
  /**
   * Lets what people give as an address be a private, loopback or link-local one. Off, a resident's webhook cannot be
   * turned upon the operator's own network; on, for a demo or where only the operator's people have accounts.
   */
  abstract readonly allowPrivateAddresses: boolean;
  /** `smtp://` or `smtps://`, with user and password where the server wants them; null: no mail is sent. */
  abstract readonly smtpUrl: string | null;
  /** The sender, such as `Airbind <alarms@example.org>`. */
  abstract readonly mailFrom: string | null;
  abstract readonly vapid: VapidSettings;
}

/** RFC 8292: whom a push service may turn to, and the gateway's keys as base64url. */
export interface VapidSettings {
  /** `mailto:` or `https:`; null: push services would not take anything. */
  readonly subject: string | null;
  readonly publicKey: string;
  readonly privateKey: string;
}

export type ChannelOptions = Readonly<ChannelSettings>;
