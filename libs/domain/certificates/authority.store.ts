// What the private authority needs kept: two keys with their certificates, in a place that nobody else can read.
import type { Certified } from './signing.js';

export abstract class AuthorityStore {
  /** Null when there is none. @throws DomainError `file-unreadable`: it is never taken for absent. */
  abstract authority(): Promise<Certified | null>;
  /** Durable when the promise resolves. @throws when there is one: every device's certificate comes from it. */
  abstract keepAuthority(authority: Certified): Promise<void>;
  /** What the gateway shows of itself. */
  abstract server(): Promise<Certified | null>;
  /** Creates or replaces. */
  abstract keepServer(server: Certified): Promise<void>;
}
