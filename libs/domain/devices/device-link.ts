// The way down to a device, as the domain sees it; the broker's adapter is behind it.
import type { BindingNotice, Command, DeviceConfig, GatewayReply } from '#codecs/wire';
import type { Remains } from './remains.js';

export type Downward =
  | {
      readonly kind: 'command';
      readonly body: Command;
      /** It holds a secret: given afresh at every subscription, it is never kept for a device that is away. */
      readonly isFleeting?: true;
    }
  | { readonly kind: 'config'; readonly body: DeviceConfig }
  | { readonly kind: 'binding'; readonly body: BindingNotice }
  | { readonly kind: 'reply'; readonly body: GatewayReply };

export abstract class DeviceLink {
  /** Queues the message on the device's connection (its hub's, for a child); false when there is none. */
  abstract tell(deviceId: string, message: Downward): boolean;
  /** A batch has taken these away: what is held of them in memory goes, after what is being acknowledged now. */
  abstract forget(remains: Remains): void;
  abstract isConnected(deviceId: string): boolean;
  /** Ends the device's own connection at once; a child has none. */
  abstract disconnect(deviceId: string): void;
  /** Number of open connections. */
  abstract connections(): number;
}
