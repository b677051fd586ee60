// A grant: what one person lets another see or do, on one device or in one home.
import type { Capability } from '#codecs/api';

export interface Subject {
  readonly kind: 'device' | 'home';
  readonly id: string;
}

export interface Grant {
  readonly id: string;
  readonly subjectKind: Subject['kind'];
  readonly subjectId: string;
  /** Of the device's binding when it was granted: it ends with that owner. 0 for a home, which keeps its owner. */
  readonly epoch: number;
  /** Who holds it. */
  readonly accountId: string;
  readonly grantedBy: string;
  /** The grant out of which it was given, and with which it ends; null: the owner gave it. */
  readonly parentId: string | null;
  readonly capabilities: readonly Capability[];
  readonly since: number;
  /** Not later than its parent's; null: it has no end of its own. */
  readonly until: number | null;
}

/** A grant that waits for whoever holds the link to take it, once. */
export interface Invitation {
  readonly id: string;
  readonly tokenHash: string;
  readonly subjectKind: Subject['kind'];
  readonly subjectId: string;
  readonly epoch: number;
  readonly invitedBy: string;
  readonly parentId: string | null;
  readonly capabilities: readonly Capability[];
  readonly until: number | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Somebody at the code of an owned device who would like to be let in. */
export interface AccessRequest {
  readonly id: string;
  readonly deviceId: string;
  readonly epoch: number;
  readonly accountId: string;
  readonly at: number;
}

export function isLive({ until }: Pick<Grant, 'until'>, now: number): boolean {
  return until === null || until > now;
}

/** Those of the grants that were given out of this one, from one to the next, and itself. */
export function withDescendants(grants: readonly Grant[], id: string): Grant[] {
  const own = grants.filter(grant => grant.id === id);
  const children = grants.filter(({ parentId }) => parentId === id);
  return [...own, ...children.flatMap(child => withDescendants(grants, child.id))];
}
