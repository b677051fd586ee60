// Test messages: how fast an endpoint took one, whether it was seen to arrive, and what a failure tells.
import { describe, expect, it } from '@jest/globals';
import type { EndpointDetails } from '#codecs/api';
import {
  channels,
  clock,
  day,
  endpoints,
  lin,
  linkIn,
  links,
  mail,
  only,
  settleIn,
  webhook,
} from './reached-people.fixture.js';

settleIn();

describe('how people are reached', () => {
  it('a test tells how long the provider took, and how long it was until a person saw it', async () => {
    const { id } = await endpoints.add(lin, mail);
    await links.follow(await linkIn(id, 'confirm'));
    clock.advance(31 * day);
    const sentAt = clock.now();
    channels.answer = () => {
      clock.advance(80);
      return { outcome: 'accepted', detail: '250' };
    };
    expect(await endpoints.test(lin, id)).toMatchObject({
      state: 'unproven',
      lastTrial: { at: sentAt, outcome: 'accepted', acceptedMs: 80, arrivedMs: null },
    });
    clock.advance(4_920);
    await links.follow(await linkIn(id, 'arrived', sentAt));
    await links.follow(await linkIn(id, 'arrived', sentAt));
    expect(await only()).toMatchObject({
      state: 'proven',
      lastTrial: { acceptedMs: 80, arrivedMs: 5_000 },
    });
  });

  it('a test that fails says why', async () => {
    const { id } = await endpoints.add(lin, webhook);
    channels.answer = () => ({ outcome: 'retry', detail: 'HTTP 503' });
    expect(await endpoints.test(lin, id)).toMatchObject({
      state: 'unproven',
      lastTrial: { outcome: 'retry', detail: 'HTTP 503', acceptedMs: null },
    });
  });

  it('a receiver of the person’s own proves itself by its answer', async () => {
    const { id } = await endpoints.add(lin, webhook);
    clock.advance(5);
    expect(await endpoints.test(lin, id)).toMatchObject({ state: 'proven', lastTrial: { arrivedMs: 0 } });
  });

  it('an endpoint that its provider knows no more is removed', async () => {
    const details = {
      channel: 'web-push',
      url: 'https://push.example.org/1',
      p256dh: 'p'.repeat(87),
      auth: 'a'.repeat(22),
      name: 'Phone',
    } as const satisfies EndpointDetails;
    const { id } = await endpoints.add(lin, details);
    channels.answer = () => ({ outcome: 'refused', detail: 'HTTP 410', isGone: true });
    expect(await endpoints.test(lin, id)).toMatchObject({ lastTrial: { outcome: 'refused' } });
    expect(await endpoints.list(lin)).toEqual([]);
  });
});
