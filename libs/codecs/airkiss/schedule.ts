// When which symbol is sent: schedules are data, the generator in transmit.ts walks through them.

/** A part of a cycle: passes begin while its time lasts, or so many of them. */
export type Span = { readonly forMs: number } | { readonly passes: number };

export interface PhasePlan {
  readonly gapMs: number;
  readonly span: Span;
}

/** One cycle: guide, magic, prefix, data. */
export interface CyclePlan {
  readonly guide: PhasePlan;
  readonly magic: PhasePlan;
  readonly prefix: PhasePlan;
  /** `rotate`: each round begins one group later, which breaks up periodic interference. */
  readonly data: PhasePlan & { readonly rotate: boolean };
}

export interface Schedule {
  readonly name: string;
  /** The cycles in turn, again from the first after the last. */
  readonly cycles: readonly [CyclePlan, ...CyclePlan[]];
  /** No cycle begins after this time. */
  readonly totalMs: number;
}

const TOTAL_MS = 41_999;

const announce = (passes: number): PhasePlan => ({ gapMs: 5, span: { passes } });

/** As measured on the WeChat app (AirKiss §4). */
const wechat: Schedule = {
  name: 'wechat',
  cycles: [
    {
      guide: { gapMs: 10, span: { forMs: 2000 } },
      magic: announce(20),
      prefix: announce(20),
      data: { gapMs: 5, span: { forMs: 4000 }, rotate: false },
    },
  ],
  totalMs: TOTAL_MS,
};

/**
 * A short cycle for the device that is already on the channel, then a guide just so long that a device which
 * visits 13 channels for 100 ms each comes by while it lasts. Both together announce no longer than the WeChat
 * app does once: whatever time of data a device needs, it is over no later.
 */
const adaptive: Schedule = {
  name: 'adaptive',
  cycles: [
    {
      guide: { gapMs: 5, span: { forMs: 600 } },
      magic: announce(10),
      prefix: announce(10),
      data: { gapMs: 5, span: { forMs: 2000 }, rotate: true },
    },
    {
      guide: { gapMs: 4, span: { forMs: 1300 } },
      magic: announce(10),
      prefix: announce(10),
      data: { gapMs: 5, span: { forMs: 4000 }, rotate: true },
    },
  ],
  totalMs: TOTAL_MS,
};

export const SCHEDULES = { wechat, adaptive } as const;

export type ScheduleName = keyof typeof SCHEDULES;
