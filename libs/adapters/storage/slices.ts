// Long work in slices: between two of them everybody else has their turn.
import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 20;

/** @returns after a pause whether the work is to end early */
export async function isEnded(signal: AbortSignal): Promise<boolean> {
  if (!signal.aborted) await pause(pauseMs);
  return signal.aborted;
}
