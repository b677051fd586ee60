// A device that does not know the phone's channel yet visits one after another.

/** The channels of 2.4 GHz. */
const CHANNELS = 13;

export interface Hopping {
  /** Channel of the phone, 1 to 13. */
  readonly channel: number;
  /** Time on each channel. */
  readonly dwellMs: number;
  /** Channel on which the device begins. */
  readonly startAt: number;
}

/** Whether a device that hops like this is on the phone's channel at that time. */
export function isTunedIn({ channel, dwellMs, startAt }: Hopping, atMs: number): boolean {
  const hops = Math.floor(atMs / dwellMs);
  return ((startAt - 1 + hops) % CHANNELS) + 1 === channel;
}
