// What a radio in monitor mode hears of one datagram: its length and where it came from, not its content.

/** Towards the access point (the phone's own frame) or away from it (the relayed copy). */
export type Direction = 'to' | 'from';

/** One received frame. */
export interface Frame {
  /** Bytes of the frame: the symbol plus a constant of this sender, access point, direction and cipher. */
  readonly length: number;
  /** Sequence number of its transmitter, 0 to 4095; left out where the capture has none. */
  readonly seq?: number;
  readonly direction: Direction;
  /** Address of the original sender, 12 hex digits. */
  readonly source: string;
  /** Address of the access point's cell, 12 hex digits. */
  readonly bssid: string;
  /** Address of the receiver, 12 hex digits; a broadcast when left out. */
  readonly destination?: string;
}

/** AirKiss is broadcast: other frames of the same sender are its ordinary traffic (AirKiss §5.1). */
export const isBroadcast = ({ destination }: Frame): boolean =>
  destination === undefined || destination.toLowerCase().startsWith('ff');
