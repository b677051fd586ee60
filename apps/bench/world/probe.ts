// Loaded into a process before its own code: says what memory is in use, and how long its event loop was held up.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The sampler's own interval, which it counts as delay. */
const resolutionMs = 5;

const delays = monitorEventLoopDelay({ resolution: resolutionMs });
delays.enable();

const answers: Readonly<Record<string, () => number>> = {
  /** Resident bytes, after a collection of what is garbage. */
  memory: () => {
    globalThis.gc?.();
    globalThis.gc?.();
    return process.memoryUsage.rss();
  },
  /** The longest block since this was asked last, in milliseconds. */
  block: () => {
    const longestMs = Math.max(0, delays.max / 1e6 - resolutionMs);
    delays.reset();
    return longestMs;
  },
};

process.on('message', question => {
  const answer = answers[String(question)];
  if (answer) process.send?.(answer());
});
process.channel?.unref();
