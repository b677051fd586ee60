// Contacts of a home: people without an account, who are asked first.
import { describe, expect, it } from '@jest/globals';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import {
  changes,
  channels,
  contacts,
  endpoints,
  home,
  lin,
  linkIn,
  links,
  settleIn,
  stores,
} from './reached-people.fixture.js';

settleIn();

describe('a contact of a home', () => {
  const aunt = { name: '王阿姨', email: 'Aunt@Example.org', locale: 'zh' } as const;

  it('is asked by mail, in their language, who wants them and for which home', async () => {
    const { id, endpoints: ways } = await contacts.add(lin, home.id, aunt);
    expect(ways).toMatchObject([{ channel: 'mail', address: 'aunt@example.org', state: 'unconfirmed' }]);
    expect(channels.attempts).toMatchObject([
      { endpoint: { contactId: id, locale: 'zh' }, notice: { step: 'confirm', class: 'I' } },
    ]);
    const { title, body } = channels.attempts[0]?.notice ?? {};
    expect(`${title?.zh} ${body?.zh}`).toMatch(/Lin .*王阿姨.*“家”/s);
  });

  it('is not kept when nobody may be asked so often any more', async () => {
    const ask = () =>
      contacts.add(lin, home.id, aunt).then(
        () => 'asked',
        ({ code }) => code,
      );
    const answers: string[] = [];
    while (answers.at(-1) !== 'too-many-attempts') answers.push(await ask());
    expect(answers.length).toBeGreaterThan(1);
    expect(await contacts.list(lin, home.id)).toHaveLength(answers.length - 1);
  });

  it('agrees once by the link, and is in the list of the home', async () => {
    const { endpoints: ways } = await contacts.add(lin, home.id, aunt);
    const link = await linkIn(ways[0]?.id ?? '', 'confirm');
    expect(await links.show(link)).toMatchObject({ about: home.name, locale: 'zh' });
    await links.follow(link);
    expect(await contacts.list(lin, home.id)).toMatchObject([
      { name: '王阿姨', endpoints: [{ state: 'proven' }] },
    ]);
    expect(changes.homes).toEqual([home.id, home.id]);
    expect(await endpoints.list(lin)).toEqual([]);
  });

  it('can be tested and removed by the home’s owner, and by nobody else', async () => {
    const { id, endpoints: ways } = await contacts.add(lin, home.id, aunt);
    const { account: stranger } = await someone(stores, 'Wu');
    await expect(contacts.list(stranger, home.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(contacts.remove(stranger, home.id, id)).rejects.toMatchObject({ code: 'not-found' });
    await endpoints.test(lin, ways[0]?.id ?? '');
    expect(channels.toldTo(ways[0]?.id ?? '')).toEqual(['confirm 0', 'test 0']);
    await contacts.remove(lin, home.id, id);
    expect(await contacts.list(lin, home.id)).toEqual([]);
  });
});
