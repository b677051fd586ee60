// Bulkheads: how much may be under way at once, so that whoever hangs holds up nobody else.

import type { ChannelKind } from '#codecs/api';
import type { Candidate } from './outbox.store.js';

interface Limit {
  readonly most: number;
  /** Of them kept free for class L. */
  readonly reserved: number;
}

/** At once: in all, on a channel, for a person with all their endpoints, and to one endpoint. */
export const limits = {
  all: { most: 128, reserved: 32 },
  channel: { most: 48, reserved: 12 },
  account: { most: 8, reserved: 2 },
  endpoint: { most: 4, reserved: 1 },
} as const satisfies Record<string, Limit>;

type Scope = keyof typeof limits;

const keys: { readonly [S in Scope]: (of: Candidate) => string } = {
  all: () => '',
  channel: ({ channel }) => channel,
  account: ({ accountId }) => accountId,
  endpoint: ({ endpointId }) => endpointId,
};

const scopes = Object.keys(limits) as Scope[];

export class Bulkheads {
  private readonly underWay: { readonly [S in Scope]: Map<string, number> } = {
    all: new Map(),
    channel: new Map(),
    account: new Map(),
    endpoint: new Map(),
  };

  /** How many more may begin. */
  room(urgent: boolean): number {
    return Math.max(0, mostOf('all', urgent) - (this.underWay.all.get('') ?? 0));
  }

  /** Takes its places, if all of them are free. */
  admit(candidate: Candidate): boolean {
    const urgent = candidate.class === 'L';
    const isFree = (scope: Scope) => this.count(scope, candidate) < mostOf(scope, urgent);
    if (!scopes.every(isFree)) return false;
    for (const scope of scopes) this.change(scope, candidate, 1);
    return true;
  }

  leave(candidate: Candidate): void {
    for (const scope of scopes) this.change(scope, candidate, -1);
  }

  /** Those who have as much under way as they may. */
  full(urgent: boolean) {
    const fullOf = (scope: Scope) =>
      [...this.underWay[scope]].filter(([, count]) => count >= mostOf(scope, urgent)).map(([key]) => key);
    return {
      endpointIds: fullOf('endpoint'),
      accountIds: fullOf('account'),
      channels: fullOf('channel') as ChannelKind[],
    };
  }

  private count(scope: Scope, candidate: Candidate): number {
    return this.underWay[scope].get(keys[scope](candidate)) ?? 0;
  }

  private change(scope: Scope, candidate: Candidate, by: number): void {
    const count = this.count(scope, candidate) + by;
    const key = keys[scope](candidate);
    if (count === 0) this.underWay[scope].delete(key);
    else this.underWay[scope].set(key, count);
  }
}

function mostOf(scope: Scope, urgent: boolean): number {
  const { most, reserved } = limits[scope];
  return urgent ? most : most - reserved;
}
