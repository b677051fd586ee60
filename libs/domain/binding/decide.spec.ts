// What a change of a binding writes, and what of a binding counts for how long.
import { describe, expect, it } from '@jest/globals';
import { type Binding, nobodys } from './binding.js';
import type { BindingEvent } from './binding-event.js';
import { type Decision, decide } from './decide.js';
import { lapse, recoveryOpenMs } from './lapse.js';
import { type EventName, events, inState, later, now } from './samples.fixture.js';

const { at } = events.confirm;

function codeOf(decision: Decision): string {
  return decision.ok ? (decision.change?.next.state ?? '=') : decision.code;
}

/** What was decided, which must have been a change. */
function changeOf(binding: Binding, event: BindingEvent) {
  const decision = decide(binding, event);
  if (!decision.ok || decision.change === null) throw new Error(`nothing changed: ${codeOf(decision)}`);
  return decision.change;
}

const following = (binding: Binding, ...names: EventName[]): Binding =>
  names.reduce((known, name) => changeOf(known, events[name]).next, binding);

const bound = inState('bound');

describe('a decision', () => {
  it('to bind gives the device to the person with home, name and a new epoch', () => {
    expect(changeOf(inState('pending'), events.confirm)).toEqual({
      next: {
        ...inState('pending'),
        ...nobodys,
        state: 'bound',
        epoch: 1,
        version: 8,
        ownerId: 'lin',
        homeId: 'home',
        name: 'Mine',
      },
      ledger: [
        {
          deviceId: 'd1-1',
          epoch: 1,
          at,
          what: 'bound',
          accountId: 'lin',
          via: 'page',
          address: '192.0.2.1',
          concernsId: null,
          proof: 'button',
          until: null,
          reason: null,
        },
      ],
    });
  });

  it.each(['release', 'reset', 'force-release'] as const)('to %s leaves nothing of the owner', event => {
    const troubled = following(bound, 'offer', 'ask for a recovery', 'button');
    const { next } = changeOf(troubled, events[event]);
    expect(next).toMatchObject({ ...nobodys, state: 'released', epoch: 4, credentialEpoch: 4 });
  });

  it('to reset a device that nobody owns ends a window and a claim, and changes no owner', () => {
    const { next } = changeOf(inState('pending'), events.reset);
    expect(next).toMatchObject({ ...nobodys, state: 'registered', epoch: 0, credentialEpoch: 0 });
  });

  it('to claim again replaces the nonce: an earlier one is worth nothing', () => {
    const { next } = changeOf(inState('pending'), events['claim by PIN']);
    expect(codeOf(decide(next, events.confirm))).toBe('claim-expired');
    expect(codeOf(decide(next, { ...events.confirm, nonceHash: 'new' }))).toBe('bound');
  });

  it("lets somebody else claim when the first person's claim has expired", () => {
    const claim = { ...events["another's claim"], at: later };
    expect(codeOf(decide(inState('pending'), claim))).toBe('pending');
  });

  it('gives a new credential with each loss of an owner, and with no first binding', () => {
    expect(following(inState('pending'), 'confirm').credentialEpoch).toBe(0);
    expect(following(following(bound, 'offer'), 'accept')).toMatchObject({ epoch: 4, credentialEpoch: 4 });
  });
});

describe('a nonce that was handed over the local network', () => {
  const open = following(inState('registered'), 'provisioned');
  const claim = (shownHash: string | null) =>
    ({ ...events['claim by button'], proof: 'provisioned', shownHash }) as const;

  it('shows possession once, to whoever knows it', () => {
    const { next } = changeOf(open, claim('handed'));
    expect(next).toMatchObject({ state: 'pending', windowUntil: null, windowNonceHash: null });
    expect(codeOf(decide(next, { ...claim('handed'), accountId: 'bo' }))).toBe('claim-lost');
    const lapsed = lapse(next, claim('handed').expiresAt);
    expect(codeOf(decide({ ...lapsed, version: 9 }, { ...claim('handed'), at: later }))).toBe(
      'possession-not-shown',
    );
  });

  it.each(['guessed', null])('is refused when it is another: %j', shownHash => {
    expect(codeOf(decide(open, claim(shownHash)))).toBe('possession-refused');
  });

  it('is no press of the button, and a press is no nonce', () => {
    expect(codeOf(decide(open, events['claim by button']))).toBe('possession-not-shown');
    const pressed = following(inState('registered'), 'button');
    expect(codeOf(decide(pressed, claim('handed')))).toBe('possession-not-shown');
  });
});

describe('an offer to hand the device over', () => {
  const offering = following(bound, 'offer');

  it('is taken once, by whoever has the token, in a new epoch', () => {
    const { next, ledger } = changeOf(offering, events.accept);
    expect(next).toMatchObject({ ...nobodys, state: 'bound', ownerId: 'bo', homeId: 'bos-home', epoch: 4 });
    expect(ledger).toMatchObject([{ what: 'transferred', accountId: 'bo' }]);
    expect(codeOf(decide(next, events.accept))).toBe('=');
    expect(codeOf(decide(next, { ...events.accept, accountId: 'eve' }))).toBe('link-spent');
  });

  it.each([
    { what: 'with another token', event: { ...events.accept, tokenHash: 'guess' } },
    { what: 'when it has expired', event: { ...events.accept, at: later } },
  ])('is spent $what', ({ event }) => {
    expect(codeOf(decide(offering, event))).toBe('link-spent');
  });

  it.each(['withdraw', 'lock', 'release', 'reset'] as const)('is over after %s', name => {
    expect(codeOf(decide(following(offering, name), events.accept))).toBe('link-spent');
  });
});

describe('a recovery by possession', () => {
  const asked = following(bound, 'ask for a recovery');
  const dueLater = { ...events.recover, at: later };

  it('gives the device to who asked, when the owner did not object in time', () => {
    expect(codeOf(decide(asked, events.recover))).toBe('recovery-not-due');
    expect(changeOf(asked, dueLater).next).toMatchObject({ state: 'bound', ownerId: 'bo', epoch: 4 });
  });

  it('wants possession again when it is due', () => {
    const unshown = { ...dueLater, proof: 'button' } as const;
    expect(codeOf(decide(asked, unshown))).toBe('possession-not-shown');
  });

  it('is ended by the owner, with a veto or by reporting it stolen', () => {
    expect(codeOf(decide(following(asked, 'veto'), dueLater))).toBe('claim-expired');
    expect(codeOf(decide(following(asked, 'lock', 'unlock'), dueLater))).toBe('claim-expired');
  });

  it('is nobody elses: who comes second waits until it is over', () => {
    const second = { ...events['ask for a recovery'], accountId: 'eve' };
    expect(codeOf(decide(asked, second))).toBe('claim-lost');
    expect(codeOf(decide(asked, { ...dueLater, accountId: 'eve' }))).toBe('claim-expired');
    expect(codeOf(decide(asked, { ...second, at: later + recoveryOpenMs }))).toBe('bound');
  });
});

describe('a binding in time', () => {
  it.each([
    { state: 'claimable', epoch: 0, becomes: 'registered' },
    { state: 'pending', epoch: 2, becomes: 'released' },
  ] as const)('in state $state of epoch $epoch becomes $becomes by itself', ({ state, epoch, becomes }) => {
    const lapsed = lapse({ ...inState(state), epoch }, later);
    expect(lapsed).toMatchObject({ state: becomes, windowUntil: null, pending: null });
  });

  it.each([
    { what: 'a window', state: 'claimable', event: 'claim by button', before: 'pending' },
    { what: 'a claim', state: 'pending', event: 'confirm', before: 'bound' },
  ] as const)('counts $what until its very end, and not after', ({ state, event, before }) => {
    const when = (moment: number) => codeOf(decide(inState(state), { ...events[event], at: moment }));
    expect(when(later - 1)).toBe(before);
    expect(when(later)).not.toBe(before);
  });

  it('goes back from a claim to its window when that is open longer', () => {
    const binding: Binding = { ...inState('pending'), windowUntil: later + 1000 };
    expect(lapse(binding, later)).toMatchObject({ state: 'claimable', pending: null });
  });

  it.each(['bound', 'locked', 'retired'] as const)('stays %s', state => {
    expect(lapse(inState(state), later + 1e9)).toEqual(inState(state));
  });

  it('is looked at as it is now, and not as it was stored', () => {
    expect(lapse(inState('claimable'), now).state).toBe('claimable');
  });
});
