// Binding as a model that random people and devices try to break.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Binding, type LedgerRow, registeredBinding } from './binding.js';
import { type BindingEvent, decide, lapse } from './decide.js';

const now = 1_763_700_000_000;

/** The world of the model: one device, some people, and what they have in their hands. */
interface World {
  binding: Binding;
  at: number;
  nonces: number;
  /** Every nonce hash ever given, with its person. */
  readonly given: { readonly accountId: string; readonly nonceHash: string }[];
  readonly ledger: LedgerRow[];
}

const people = ['lin', 'bo', 'eve'];
const person = fc.constantFrom(...people);

const step = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), byMs: fc.oneof(fc.nat(5_000), fc.nat(200_000)) }),
  fc.record({ kind: fc.constant('window' as const) }),
  fc.record({ kind: fc.constant('claim' as const), by: person, proof: fc.constantFrom('button', 'pin') }),
  fc.record({
    kind: fc.constant('confirm' as const),
    by: person,
    nonceBack: fc.oneof(fc.constant(0), fc.nat(20)),
  }),
  fc.record({ kind: fc.constant('release' as const), by: person }),
  fc.record({ kind: fc.constant('reset' as const) }),
  fc.record({ kind: fc.constant('rename' as const), by: person }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function eventOf(world: World, tried: Exclude<Step, { kind: 'wait' }>): BindingEvent {
  const moment = world.at;
  switch (tried.kind) {
    case 'window':
      return { kind: 'window', at: moment, until: moment + 120_000 };
    case 'claim': {
      const nonceHash = `nonce ${world.nonces++}`;
      const proof = tried.proof === 'button' ? 'button' : 'pin';
      return {
        kind: 'claim',
        at: moment,
        accountId: tried.by,
        proof,
        nonceHash,
        expiresAt: moment + 120_000,
      };
    }
    case 'confirm': {
      const nonceHash = world.given.at(-1 - tried.nonceBack)?.nonceHash ?? 'guessed';
      const { by } = tried;
      return { kind: 'confirm', at: moment, accountId: by, nonceHash, homeId: `home of ${by}`, name: null };
    }
    case 'release':
      return { kind: 'release', at: moment, accountId: tried.by };
    case 'reset':
      return { kind: 'reset', at: moment };
    case 'rename':
      return { kind: 'rename', at: moment, accountId: tried.by, name: 'New name' };
    default:
      return tried satisfies never;
  }
}

/** One step of the world, with everything that must hold of it. */
function live(world: World, tried: Step): void {
  if (tried.kind === 'wait') {
    world.at += tried.byMs;
    return;
  }
  const event = eventOf(world, tried);
  const before = structuredClone(world.binding);
  const decision = decide(world.binding, event);
  expect(world.binding).toEqual(before);
  if (!decision.ok || decision.change === null) return;
  const { next, ledger } = decision.change;
  expect(next.version).toBe(before.version + 1);
  expect(next.epoch - before.epoch).toBe(next.ownerId === before.ownerId ? 0 : 1);
  expect(next.ownerId !== null).toBe(next.state === 'bound');
  expect(next).toEqual(lapse(next, event.at));
  if (event.kind === 'claim') {
    if (event.proof === 'button') expect(lapse(before, event.at).windowUntil).not.toBeNull();
    world.given.push(event);
  }
  if (event.kind === 'confirm') expectRightfulConfirm(world, before, event);
  if (before.ownerId !== null && next.ownerId !== before.ownerId) {
    expect(event.kind === 'reset' || ('accountId' in event && event.accountId === before.ownerId)).toBe(true);
  }
  world.binding = next;
  world.ledger.push(...ledger);
}

function expectRightfulConfirm(
  { given, at: moment }: World,
  before: Binding,
  event: Extract<BindingEvent, { kind: 'confirm' }>,
): void {
  const latest = given.at(-1);
  expect(latest).toMatchObject({ accountId: event.accountId, nonceHash: event.nonceHash });
  expect(before.pending?.expiresAt).toBeGreaterThan(moment);
  expect(before.ownerId).toBeNull();
}

/** Who owns the device according to the ledger alone. */
function ownerByLedger(ledger: readonly LedgerRow[]): { ownerId: string | null; epoch: number } {
  return ledger.reduce<{ ownerId: string | null; epoch: number }>(
    (known, { what, accountId, epoch }) => {
      if (what === 'bound') return { ownerId: accountId, epoch };
      return what === 'released' || what === 'reset-at-device' ? { ownerId: null, epoch } : known;
    },
    { ownerId: null, epoch: 0 },
  );
}

describe('whatever people and devices do, in whatever order', () => {
  it('there is at most one owner, by a rightful proof, in an epoch of their own, explained by the ledger', () => {
    let bound = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150, size: 'max' }), steps => {
        const world: World = {
          binding: registeredBinding('d1-1'),
          at: now,
          nonces: 0,
          given: [],
          ledger: [],
        };
        for (const tried of steps) live(world, tried);
        const { ownerId, epoch, version } = world.binding;
        expect(ownerByLedger(world.ledger)).toEqual({ ownerId, epoch });
        expect(world.ledger).toHaveLength(version);
        bound += world.ledger.filter(({ what }) => what === 'bound').length;
      }),
      { numRuns: 500 },
    );
    // Otherwise the property would have been shown of nothing.
    expect(bound).toBeGreaterThan(50);
  });
});
