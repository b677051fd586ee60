// Long work in slices: each is what goes in a moment, and between two of them everybody else has their turn.
import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import type { Database } from './database.js';

const pauseMs = 20;
/** An alarm that comes just then waits so long for the slice under way. */
const momentMs = 3;
/** What the first slice of a kind takes, before it is known how long a row takes. */
const firstRows = 8;
const mostRows = 1_000;

/** How many rows of each kind make a slice: their cost differs by kind, by machine, and by what stands beside them. */
export class SliceSizes<Kind extends string> {
  readonly #rows = new Map<Kind, number>();

  of(kind: Kind): number {
    return this.#rows.get(kind) ?? firstRows;
  }

  /** @param count the rows that it was; fewer than were asked for say nothing about how many more would fit */
  took(kind: Kind, count: number, ms: number): void {
    const rows = this.of(kind);
    const most = count < rows ? 1 : 2;
    const fitting = Math.floor(rows * Math.min(momentMs / ms, most));
    this.#rows.set(kind, Math.min(Math.max(fitting, 1), mostRows));
  }
}

/** @returns with the time for which others had to wait */
export async function sliceOf<T>(
  database: Database,
  work: (manager: EntityManager) => Promise<T>,
): Promise<{ taken: T; tookMs: number }> {
  let began = 0;
  const taken = await database.eraseSome(manager => {
    // Its turn has come.
    began = performance.now();
    return work(manager);
  });
  return { taken, tookMs: performance.now() - began };
}

/** @returns after a pause whether the work is to end early */
export async function isEnded(signal: AbortSignal): Promise<boolean> {
  if (!signal.aborted) await pause(pauseMs);
  return signal.aborted;
}
