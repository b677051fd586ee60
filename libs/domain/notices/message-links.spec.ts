// The links in messages: what they do, and which do nothing.
import { describe, expect, it } from '@jest/globals';
import { signLink } from './message-link.js';
import { day, endpoints, lin, linkIn, links, mail, now, only, settleIn } from './reached-people.fixture.js';

settleIn();

describe('how people are reached', () => {
  it.each([
    ['forged', async (id: string) => `${(await linkIn(id, 'confirm')).slice(0, -2)}AA`],
    ['for something else', async (id: string) => linkIn(id, 'acknowledge')],
    ['too old', async (id: string) => linkIn(id, 'confirm', now - 8 * day)],
    ['no token at all', async () => 'x'],
    [
      'of an endpoint that is gone',
      async () => signLink({ endpointId: 'gone', purpose: 'confirm', subject: '', sentAt: now }, 'key'),
    ],
  ] as const)('a link that is %s does nothing', async (_, make) => {
    const { id } = await endpoints.add(lin, mail);
    const link = await make(id);
    await expect(links.follow(link)).rejects.toMatchObject({ code: 'link-spent' });
    expect(await only()).toMatchObject({ state: 'unconfirmed' });
  });

  it('unsubscribing leaves what is about life safety', async () => {
    const { id } = await endpoints.add(lin, mail);
    await links.follow(await linkIn(id, 'confirm'));
    await links.follow(await linkIn(id, 'unsubscribe'));
    expect(await only()).toMatchObject({ state: 'proven', lifeSafetyOnlySince: now });
    await endpoints.change(lin, id, { lifeSafetyOnly: false });
    expect(await only()).toMatchObject({ lifeSafetyOnlySince: null });
  });
});
