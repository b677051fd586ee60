// What the channels must be told about this gateway.

export interface ChannelOptions {
  /** The gateway's public URL: the `source` of its events. */
  readonly source: string;
  /**
   * Lets webhooks reach private, loopback and link-local addresses. Off, a resident's webhook cannot be turned upon
   * the operator's own network; on, for a demo or where only the operator's people have accounts.
   */
  readonly allowPrivateAddresses: boolean;
}

export class ChannelSettings implements ChannelOptions {
  readonly source: string;
  readonly allowPrivateAddresses: boolean;

  constructor({ source, allowPrivateAddresses }: ChannelOptions) {
    this.source = source;
    this.allowPrivateAddresses = allowPrivateAddresses;
  }
}
