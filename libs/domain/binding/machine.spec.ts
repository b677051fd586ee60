// The machine as a table of state and event: every cell of it, decided.
import { describe, expect, it } from '@jest/globals';
import type { BindingStateName } from '#codecs/api';
import { type Decision, decide } from './decide.js';
import { eventKinds } from './machine.js';
import { type EventName, events, inState } from './samples.fixture.js';

const order = ['registered', 'claimable', 'pending', 'bound', 'released', 'locked', 'retired'] as const;

/** In the order above: the next state, `=` when it was done before, or the code of the refusal. */
const table: Record<EventName, string> = {
  button: 'claimable claimable pending bound claimable device-locked not-our-code',
  provisioned: 'claimable claimable pending bound claimable device-locked not-our-code',
  reset: 'registered registered registered released released device-locked not-our-code',
  'claim by button':
    'possession-not-shown pending pending already-bound possession-not-shown device-locked not-our-code',
  'claim by PIN': 'pending pending pending already-bound pending device-locked not-our-code',
  "another's claim": 'pending pending claim-lost already-bound pending device-locked not-our-code',
  confirm: 'claim-expired claim-expired bound = claim-expired claim-expired not-our-code',
  "another's confirm":
    'claim-expired claim-expired claim-expired already-bound claim-expired claim-expired not-our-code',
  'wrong nonce': 'claim-expired claim-expired claim-expired = claim-expired claim-expired not-our-code',
  release: 'not-found not-found not-found released not-found device-locked not-found',
  "another's release": 'not-found not-found not-found not-found not-found device-locked not-found',
  rename: 'not-found not-found not-found bound not-found locked not-found',
  "another's rename": 'not-found not-found not-found not-found not-found not-found not-found',
  move: 'not-found not-found not-found bound not-found locked not-found',
  'move to where it is': 'not-found not-found not-found = not-found = not-found',
  "another's move": 'not-found not-found not-found not-found not-found not-found not-found',
  offer: 'not-found not-found not-found bound not-found device-locked not-found',
  "another's offer": 'not-found not-found not-found not-found not-found device-locked not-found',
  withdraw: 'not-found not-found not-found = not-found device-locked not-found',
  accept: 'link-spent link-spent link-spent link-spent link-spent link-spent link-spent',
  lock: 'not-found not-found not-found locked not-found = not-found',
  "another's lock": 'not-found not-found not-found not-found not-found not-found not-found',
  unlock: 'not-found not-found not-found = not-found bound not-found',
  "another's unlock": 'not-found not-found not-found not-found not-found not-found not-found',
  found: 'not-found not-found not-found bound not-found locked not-found',
  'ask for a recovery': 'not-found not-found not-found bound not-found device-locked not-our-code',
  'ask without possession':
    'not-found not-found not-found possession-not-shown not-found device-locked not-our-code',
  veto: 'not-found not-found not-found = not-found = not-found',
  "another's veto": 'not-found not-found not-found not-found not-found not-found not-found',
  recover: 'claim-expired claim-expired claim-expired claim-expired claim-expired device-locked not-our-code',
  'force-release': 'not-found not-found not-found released not-found released not-found',
  retire: 'retired retired retired already-bound retired device-locked =',
};

const rows = (Object.keys(table) as EventName[]).flatMap(event =>
  table[event].split(' ').map((follows, i) => ({ event, state: order[i] ?? 'retired', follows })),
);

function outcome(decision: Decision): string {
  if (!decision.ok) return decision.code;
  return decision.change === null ? '=' : decision.change.next.state;
}

describe('the machine', () => {
  it.each(rows)('in state $state on $event: $follows', ({ state, event, follows }) => {
    expect(outcome(decide(inState(state), events[event]))).toBe(follows);
  });

  it.each(rows)('in state $state on $event leaves one line in the ledger exactly when it changes', row => {
    const before = inState(row.state);
    const { at } = events[row.event];
    const decision = decide(before, events[row.event]);
    const isChange = decision.ok && decision.change !== null;
    expect(isChange).toBe(order.includes(row.follows as BindingStateName));
    if (!isChange || decision.change === null) return;
    const { next, ledger } = decision.change;
    expect(next.version).toBe(before.version + 1);
    expect(ledger).toMatchObject([{ deviceId: 'd1-1', at, epoch: next.epoch }]);
    expect(next.epoch - before.epoch).toBe(next.ownerId === before.ownerId ? 0 : 1);
  });

  it('is tried here on every event that there is', () => {
    const tried = new Set(Object.values(events).map(({ kind }) => kind));
    expect([...tried].sort()).toEqual([...eventKinds].sort());
    for (const row of rows) expect(order).toContain(row.state);
    expect(rows).toHaveLength(Object.keys(table).length * order.length);
  });
});
