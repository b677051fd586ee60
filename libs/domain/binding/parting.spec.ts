// What becomes of what a device recorded, when its owner parts with it: asked for in the same change, or not at all.
import { describe, expect, it } from '@jest/globals';
import { byGateway } from '#domain/accounts';
import type { Binding } from './binding.js';
import type { BindingEvent } from './binding-event.js';
import { decide } from './decide.js';
import { type EventName, events, inState } from './samples.fixture.js';

const bound = inState('bound');

function linesOf(binding: Binding, event: BindingEvent) {
  const decision = decide(binding, event);
  if (!decision.ok || decision.change === null) throw new Error('nothing changed');
  return decision.change;
}

const whats = (binding: Binding, event: BindingEvent) =>
  linesOf(binding, event).ledger.map(({ what }) => what);

describe('parting with a device', () => {
  it('asks for the erasure of the epoch that ends, from where its owner gives it away', () => {
    const { next, ledger } = linesOf(bound, { ...events.release, erases: true });
    expect(next.epoch).toBe(4);
    const { at, from } = events.release;
    expect(ledger).toMatchObject([
      { what: 'released', epoch: 4 },
      { what: 'erasure-asked', epoch: 3, accountId: 'lin', at, via: from.via, address: from.address },
    ]);
  });

  it('remembers with an offer what its owner chose, and asks for it when the device is taken', () => {
    const { next: offered, ledger } = linesOf(bound, { ...events.offer, erases: true });
    expect(ledger.map(({ what }) => what)).toEqual(['transfer-offered']);
    expect(linesOf(offered, events.accept).ledger).toMatchObject([
      { what: 'transferred', epoch: 4, accountId: 'bo' },
      // The owner chose, and the taker's address is none of it.
      { what: 'erasure-asked', epoch: 3, accountId: 'lin', ...byGateway },
    ]);
  });

  it('asks for nothing when the offer was withdrawn, or made anew without it', () => {
    const { next: offered } = linesOf(bound, { ...events.offer, erases: true });
    const { next: anew } = linesOf(offered, events.offer);
    expect(whats(anew, events.accept)).toEqual(['transferred']);
    const { next: withdrawn } = linesOf(offered, events.withdraw);
    expect(whats(withdrawn, events.release)).toEqual(['released']);
    // The choice was for whoever would take it by the link.
    expect(whats(offered, events.release)).toEqual(['released']);
  });

  it.each<EventName>(['release', 'reset', 'force-release'])('keeps everything at a %s as ever', name => {
    const { next: offered } = linesOf(bound, { ...events.offer, erases: true });
    expect(whats(offered, events[name])).toHaveLength(1);
  });
});
