// The connections of an application, as the domain sees them; the broker's adapter is behind it.

export abstract class ApplicationLink {
  /** Ends every connection of the application at once. */
  abstract disconnect(applicationId: string): void;
  /** Ends them, and what was kept for its clients between their connections; resolves when that is durable. */
  abstract forget(applicationId: string): Promise<void>;
}
