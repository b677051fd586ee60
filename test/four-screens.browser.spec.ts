// One code and four people in a real browser: who can bind it, whose it is, who was let in, and who has nothing to do with it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { apiPrefix, type MadeDevice } from '#codecs/api';
import { starterProducts } from '#domain/devices';
import type { SimulatedHome } from '#firmware-sim';
import { en } from '../apps/web/texts/en.js';
import { accessibilityFaults } from './accessibility.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { describeWith } from './needs.js';
import { addressOf, passwordOf } from './person.js';
import { build } from './program.js';

const program = process.env.TEST_CHROMIUM ?? '';
const screenshots = process.env.SCREENSHOTS;
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const productName = starterProducts[0]?.name.en ?? '';

describeWith('TEST_CHROMIUM', 'Chromium (set TEST_CHROMIUM to its program)')('one code', () => {
  let browser: Browser;
  let household: Household;
  let made: MadeDevice;
  let home: SimulatedHome;
  const phones: BrowserContext[] = [];

  beforeAll(async () => {
    await build();
    if (screenshots) await mkdir(screenshots, { recursive: true });
    browser = await chromium.launch({ executablePath: program, args: flags });
  }, 240_000);
  afterAll(() => browser.close());

  beforeEach(async () => {
    household = await Household.open();
    made = await household.make('gas-sensor');
    home = await household.running(made);
  });
  afterEach(async () => {
    for (const phone of phones.splice(0)) await phone.close();
    await household.close();
  });

  /** Somebody who is signed in, with a phone in the hand. */
  async function phoneOf(name: string): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'en-GB',
      isMobile: true,
      hasTouch: true,
    });
    phones.push(context);
    const data = { email: addressOf(name), password: passwordOf(name), name };
    const origin = household.gateway.url;
    const answer = await context.request.post(`${origin}${apiPrefix}/accounts`, {
      data,
      headers: { origin },
    });
    expect(answer.ok()).toBe(true);
    return context.newPage();
  }

  const scan = (page: Page) => page.goto(`${household.gateway.url}/D/${made.ticket}`);
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  async function seen(page: Page, name: string): Promise<void> {
    expect(await accessibilityFaults(page, 'en')).toEqual([]);
    if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
  }

  async function bound(): Promise<Page> {
    const owner = await phoneOf('Lan');
    await scan(owner);
    await owner.getByText(en.scan.button).waitFor();
    await seen(owner, 'code-unbound');
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
    await seen(owner, 'code-owner');

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
    await seen(member, 'code-member');

    const stranger = await phoneOf('Bo');
    await scan(stranger);
    await stranger.getByRole('heading', { name: en.scan.strangerTitle }).waitFor();
    await stranger.getByRole('heading', { name: productName }).waitFor();
    expect(await stranger.content()).not.toContain('Kitchen');
    await button(stranger, en.sharing.ask).waitFor();
    await stranger.getByText(en.possession.found).click();
    await stranger.getByLabel(en.possession.foundLabel).fill('It lies at the gate.');
    await seen(stranger, 'code-stranger');
    await button(stranger, en.possession.foundSend).click();
    await stranger.getByText(en.possession.foundSent).waitFor();
    await until('the owner reads it', async () =>
      (await owner.request.get(`${origin}${apiPrefix}/notices`))
        .text()
        .then(text => text.includes('at the gate')),
    );
  }, 120_000);

  it('is handed over by a link, and the page of who gave it away has nothing more of it', async () => {
    const owner = await bound();
    const url = await link(owner, en.possession.transferOffer);
    await seen(owner, 'transfer-offered');
    const buyer = await phoneOf('Wei');
    await buyer.goto(url);
    await buyer.getByRole('heading', { name: productName }).waitFor();
    await seen(buyer, 'transfer-page');
    await buyer.getByLabel(en.scan.name).fill('Cellar');
    await button(buyer, en.possession.take).click();
    await buyer.getByRole('heading', { name: 'Cellar' }).waitFor();
    await owner.getByRole('heading', { name: 'Kitchen', exact: true }).waitFor({ state: 'detached' });
    await buyer.goto(url);
    await buyer.getByRole('heading', { name: en.possession.overTitle }).waitFor();
  }, 120_000);

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
    await seen(holder, 'recovery-asked');
    await owner.reload();
    await button(owner, en.possession.veto).waitFor();
    await seen(owner, 'recovery-objection');
    await button(owner, en.possession.veto).click();
    await button(owner, en.possession.veto).waitFor({ state: 'detached' });
    await button(owner, en.possession.lock).click();
    await button(owner.locator('dialog') as unknown as Page, en.possession.lockConfirm).click();
    await owner.getByText(en.possession.locked).waitFor();
    await seen(owner, 'reported-stolen');
    await button(owner, en.possession.unlock).click();
    await button(owner, en.possession.lock).waitFor();
  }, 120_000);
});
