// What can be watched at a device from outside.
import type { BindingNotice, Command, DeviceConfig, GatewayReply, UpwardKind } from '#codecs/wire';

/** Something that the gateway told the device, already checked against the contract. */
export type Told =
  | { readonly kind: 'command'; readonly body: Command }
  | { readonly kind: 'config'; readonly body: DeviceConfig }
  | { readonly kind: 'binding'; readonly body: BindingNotice }
  | { readonly kind: 'reply'; readonly body: GatewayReply };

export interface Said {
  /** The device itself, or a child of it. */
  readonly deviceId: string;
  readonly kind: UpwardKind;
  readonly boot?: number;
  readonly seq?: number;
}

export interface DeviceEvents {
  /** It has no Wi-Fi and listens on the air. */
  sniffing: [{ readonly ports: readonly number[] }];
  /** It has found somebody who sends AirKiss, after so many frames. */
  locked: [{ readonly source: string; readonly frames: number }];
  /** It knows a network's name and password; `right` says whether the access point lets it in with them. */
  decoded: [{ readonly ssid: string; readonly frames: number; readonly right: boolean }];
  joined: [{ readonly ssid: string; readonly mac: string; readonly address: string }];
  connected: [{ readonly boot: number }];
  disconnected: [{ readonly reason: string; readonly retryInMs: number }];
  published: [Said & { readonly again: boolean; readonly bytes: number }];
  acknowledged: [Said];
  told: [Told & { readonly deviceId: string }];
}
