// An application: a program of the operator's that listens to devices, or commands them, by rules of its own.

export interface Application {
  /** Chosen by the operator; 1–63 of a–z, 0–9 and hyphen. */
  readonly id: string;
  /** SHA-256 of its 32 random bytes, hex. */
  readonly secretHash: string;
  readonly rules: TopicRules;
  readonly createdAt: number;
}

/** Topic filters of MQTT 3.1.1 §4.7; what none of them covers is refused. */
export interface TopicRules {
  readonly subscribe: readonly string[];
  readonly publish: readonly string[];
}

const prefix = 'app:';

/** Its MQTT user name. The colon keeps it apart from every device's, which has none. */
export function userNameOf(applicationId: string): string {
  return `${prefix}${applicationId}`;
}

/** Null for a user name that is no application's. */
export function applicationOf(userName: string): string | null {
  return userName.startsWith(prefix) ? userName.slice(prefix.length) : null;
}

/**
 * The application whose client this is: a client has its user name for an id, or that with `/` and anything after it,
 * so that it can have several connections. Null for an id that is no application's.
 */
export function applicationOfClient(clientId: string): string | null {
  return applicationOf(clientId)?.split('/', 1)[0] ?? null;
}

export function mayBeClientOf(applicationId: string, clientId: string): boolean {
  return applicationOfClient(clientId) === applicationId;
}
