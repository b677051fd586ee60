// What the plans of modes need from a store; changes of mode are written by the intake's commit alone.
import type { Home } from './home.js';
import type { ModeChangeRow, ModePlan } from './mode-plan.js';

export abstract class ModePlanStore {
  abstract ofHome(homeId: string): Promise<ModePlan | null>;
  /** Inserts or replaces. */
  abstract put(plan: ModePlan): Promise<void>;
  /** Of every home that has a plan. */
  abstract all(): Promise<{ readonly plan: ModePlan; readonly home: Home }[]>;
  /** Changes since a moment, oldest first; at most so many of the newest. */
  abstract changes(homeId: string, since: number, limit: number): Promise<ModeChangeRow[]>;
}
