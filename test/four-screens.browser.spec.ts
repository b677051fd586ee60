// One code and four people in a real browser: who can bind it, whose it is, who was let in, and who has nothing to do with it.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { apiPrefix, type MadeDevice } from '#codecs/api';
import { starterProducts } from '#domain/devices';
import type { SimulatedHome } from '#firmware-sim';
import { en } from '../apps/web/texts/en.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { addressOf, passwordOf } from './person.js';
import { describeOnPhones, look, Phones } from './phones.js';

const productName = starterProducts[0]?.name.en ?? '';

describeOnPhones('one code', () => {
  const phones = Phones.ofTheSuite();
  let household: Household;
  let made: MadeDevice;
  let home: SimulatedHome;

  beforeEach(async () => {
    household = await Household.open();
    made = await household.make('gas-sensor');
    home = await household.running(made);
  });
  afterEach(() => household.close());

  /** Somebody who is signed in, with a phone in the hand. */
  async function phoneOf(name: string): Promise<Page> {
    const page = await phones.take('en');
    const data = { email: addressOf(name), password: passwordOf(name), name };
    const origin = household.gateway.url;
    const answer = await page.request.post(`${origin}${apiPrefix}/accounts`, {
      data,
      headers: { origin },
    });
    expect(answer.ok()).toBe(true);
    return page;
  }

  const scan = (page: Page) => page.goto(`${household.gateway.url}/D/${made.ticket}`);
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  async function bound(): Promise<Page> {
    const owner = await phoneOf('Lan');
    await scan(owner);
    await owner.getByText(en.scan.button).waitFor();
    await look(owner, 'en', 'code-unbound');
    home.device('gas').press();
    await owner.getByLabel(en.scan.name).fill('Kitchen');
    await button(owner, en.scan.bind).click();
    await owner.getByRole('heading', { name: 'Kitchen' }).waitFor();
    return owner;
  }

  const link = async (page: Page, make: string): Promise<string> => {
    await button(page, make).click();
    return page.getByLabel(en.possession.transferLink).inputValue();
  };

  it('opens four screens for four people', async () => {
    const owner = await bound();
    await scan(owner);
    await owner.waitForURL(`**/devices/${made.id}`);
    await owner.getByRole('heading', { name: 'Kitchen' }).waitFor();
    await look(owner, 'en', 'code-owner');

    const member = await phoneOf('Mei');
    const origin = household.gateway.url;
    const invited = await owner.request.post(`${origin}${apiPrefix}/devices/${made.id}/invitations`, {
      data: { can: ['view'], until: null },
      headers: { origin },
    });
    const { url } = (await invited.json()) as { url: string };
    await member.goto(url);
    await button(member, en.sharing.accept).click();
    await member.waitForURL(/\/$/);
    await scan(member);
    await member.waitForURL(`**/devices/${made.id}`);
    await member.getByRole('heading', { name: 'Kitchen' }).waitFor();
    expect(await member.getByRole('heading', { name: en.possession.title }).count()).toBe(0);
    await look(member, 'en', 'code-member');

    const stranger = await phoneOf('Bo');
    await scan(stranger);
    await stranger.getByRole('heading', { name: en.scan.strangerTitle }).waitFor();
    await stranger.getByRole('heading', { name: productName }).waitFor();
    expect(await stranger.content()).not.toContain('Kitchen');
    await button(stranger, en.sharing.ask).waitFor();
    await stranger.getByText(en.possession.found).click();
    await stranger.getByLabel(en.possession.foundLabel).fill('It lies at the gate.');
    await look(stranger, 'en', 'code-stranger');
    await button(stranger, en.possession.foundSend).click();
    await stranger.getByText(en.possession.foundSent).waitFor();
    await until('the owner reads it', async () =>
      (await owner.request.get(`${origin}${apiPrefix}/notices`))
        .text()
        .then(text => text.includes('at the gate')),
    );
  });

  it('is handed over by a link, and the page of who gave it away has nothing more of it', async () => {
    const owner = await bound();
    const url = await link(owner, en.possession.transferOffer);
    await look(owner, 'en', 'transfer-offered');
    const buyer = await phoneOf('Wei');
    await buyer.goto(url);
    await buyer.getByRole('heading', { name: productName }).waitFor();
    await look(buyer, 'en', 'transfer-page');
    await buyer.getByLabel(en.scan.name).fill('Cellar');
    await button(buyer, en.possession.take).click();
    await buyer.getByRole('heading', { name: 'Cellar' }).waitFor();
    await owner.getByRole('heading', { name: 'Kitchen', exact: true }).waitFor({ state: 'detached' });
    await buyer.goto(url);
    await buyer.getByRole('heading', { name: en.possession.overTitle }).waitFor();
  });

  it('of a device that somebody else holds: they ask for it, and the owner objects', async () => {
    const owner = await bound();
    const holder = await phoneOf('Bo');
    await scan(holder);
    await holder.getByText(en.possession.recover).click();
    home.device('gas').press();
    const isAsked = async () => (await holder.getByText(/Asked\. If its owner/).count()) > 0;
    await until('the press counts', async () => {
      // Once it is asked, there is no button any more.
      if (await isAsked()) return true;
      await button(holder, en.possession.recoverAsk).click({ timeout: 1_000 });
      return isAsked();
    });
    await look(holder, 'en', 'recovery-asked');
    await owner.reload();
    await button(owner, en.possession.veto).waitFor();
    await look(owner, 'en', 'recovery-objection');
    await button(owner, en.possession.veto).click();
    await button(owner, en.possession.veto).waitFor({ state: 'detached' });
    await button(owner, en.possession.lock).click();
    await button(owner.locator('dialog') as unknown as Page, en.possession.lockConfirm).click();
    await owner.getByText(en.possession.locked).waitFor();
    await look(owner, 'en', 'reported-stolen');
    await button(owner, en.possession.unlock).click();
    await button(owner, en.possession.lock).waitFor();
  });
});
