// Loaded into a process before its own code: says what memory is in use, and how long its event loop was held up.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The sampler's own interval, which it counts as delay. */
const resolutionMs = 5;

const delays = monitorEventLoopDelay({ resolution: resolutionMs });
delays.enable();

export interface Memory {
  /** What the system has given to the process, whether it uses it now or not; the kernel's own part is not in it. */
  readonly residentBytes: number;
  /** Objects of the heap, and the buffers that belong to them. */
  readonly liveBytes: number;
}

/** What can be asked, and what is answered. */
export interface Answers {
  memory: Memory;
  /** Milliseconds. */
  block: number;
}

const answers: { readonly [Q in keyof Answers]: () => Answers[Q] } = {
  memory: () => {
    globalThis.gc?.();
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    return { residentBytes: rss, liveBytes: heapUsed + external };
  },
  /** The longest since this was asked last. */
  block: () => {
    const longestMs = Math.max(0, delays.max / 1e6 - resolutionMs);
    delays.reset();
    return longestMs;
  },
};

process.on('message', question => {
  if (question === 'memory' || question === 'block') process.send?.(answers[question]());
});
process.channel?.unref();
