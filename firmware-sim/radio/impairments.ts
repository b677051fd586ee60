// What can happen to a frame between a phone and a device that listens, each with its chance.

/** Loss in bursts (Gilbert): good air turns bad and back, and in bad air almost everything is lost. */
export interface BurstLoss {
  /** Chance per packet that good air turns bad. */
  readonly begin: number;
  /** Chance per packet that it gets good again. */
  readonly end: number;
}

/** How bad the air is; everything left out does not happen. */
export interface Impairments {
  /** Chance that a frame is not heard. */
  readonly loss: number;
  readonly burst?: BurstLoss;
  /** Which copies can be heard: the phone's own frames, the access point's, or both. */
  readonly copies: 'to' | 'from' | 'both';
  /** Chance that the access point sends a frame of somebody else's in between, so that a number is missing. */
  readonly sequenceGaps: number;
  /** Chance that a heard frame is heard once more, with the same number. */
  readonly repeats: number;
  /** Chance that a frame changes places with the next one. */
  readonly reordering: number;
  /** Frames of other senders for each packet, on average. */
  readonly foreign: number;
  /** Chance that a packet of the sender has any other length. */
  readonly strays: number;
  /** Whether the capture knows sequence numbers at all. */
  readonly numbered: boolean;
}

/** A laboratory: every frame is heard once, from the access point. */
export const CLEAR: Impairments = {
  loss: 0,
  copies: 'from',
  sequenceGaps: 0,
  repeats: 0,
  reordering: 0,
  foreign: 0,
  strays: 0,
  numbered: true,
};

/** The profiles in which decoders are measured. */
export const PROFILES = {
  /** Independent loss and nothing else. */
  A: CLEAR,
  /** Gaps in the access point's numbers, and one foreign frame for each packet. */
  B: { ...CLEAR, sequenceGaps: 0.1, foreign: 1 },
  /** As B, and the phone's own copy is heard too, with losses of its own. */
  C: { ...CLEAR, sequenceGaps: 0.1, foreign: 1, copies: 'both' },
  /** As B, and one packet in a hundred has a length that is none of AirKiss. */
  D: { ...CLEAR, sequenceGaps: 0.1, foreign: 1, strays: 0.01 },
  /** As A, in a capture that knows no sequence numbers. */
  N: { ...CLEAR, numbered: false },
} as const satisfies Readonly<Record<string, Impairments>>;

export type ProfileName = keyof typeof PROFILES;
