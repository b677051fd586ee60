// What the applications room needs from a store.
import type { Application } from './application.js';

export abstract class ApplicationStore {
  /** False when there is one of that id; nothing is written then. */
  abstract insert(application: Application): Promise<boolean>;
  /** In the order of their ids. */
  abstract all(): Promise<Application[]>;
  abstract byId(id: string): Promise<Application | null>;
  /** Null when there is none. */
  abstract putSecret(id: string, secretHash: string): Promise<Application | null>;
  /** With what the broker keeps for its clients, in one transaction. False when there was none. */
  abstract remove(id: string): Promise<boolean>;
}
