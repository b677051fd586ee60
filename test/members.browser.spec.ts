// Two phones in a real browser: an owner invites by a link, a member accepts and sees, and is out by itself.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Locale, MadeDevice } from '#codecs/api';
import { en, type Texts } from '../apps/web/texts/en.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { addressOf, type Person, passwordOf } from './person.js';
import { describeOnPhones, look, Phones, texts } from './phones.js';

describeOnPhones('members on their phones', () => {
  const phones = Phones.ofTheSuite();
  let household: Household;
  let made: MadeDevice;
  let owner: Person;
  let deviceId: string;

  beforeEach(async () => {
    household = await Household.open();
    owner = await household.person('Lan');
    ({ made, deviceId } = await household.sensorOf(owner));
  });

  afterEach(() => household.close());

  const address = (path: string) => new URL(path, household.gateway.url).href;

  async function signIn(page: Page, name: string, t: Texts): Promise<void> {
    await page.getByLabel(t.account.email).fill(addressOf(name));
    await page.getByLabel(t.account.password, { exact: true }).fill(passwordOf(name));
    await page.getByRole('button', { name: t.account.signIn, exact: true }).click();
  }

  it.each<Locale>(['en', 'zh'])(
    'take a member from the link to the device, and out again (%s)',
    async locale => {
      const t = texts[locale];
      await household.person('Mei');
      const [ownerPage, memberPage] = [await phones.takeChosen(locale), await phones.takeChosen(locale)];
      await ownerPage.goto(address(`/devices/${deviceId}`));
      await signIn(ownerPage, 'Lan', t);
      await ownerPage.getByRole('heading', { name: 'Kitchen', level: 1 }).waitFor();
      await ownerPage.getByText(t.sharing.nobody).waitFor();

      // With the keyboard alone.
      await ownerPage.getByRole('button', { name: t.sharing.invite }).focus();
      await ownerPage.keyboard.press('Enter');
      const choice = (name: string) => ownerPage.getByRole('checkbox', { name, exact: true });
      expect(await choice(t.sharing.can.view).isChecked()).toBe(true);
      await choice(t.sharing.can.alerts).focus();
      await ownerPage.keyboard.press('Space');
      await look(ownerPage, locale, 'members-1-terms');
      await ownerPage.getByRole('button', { name: t.sharing.make, exact: true }).focus();
      await ownerPage.keyboard.press('Enter');
      const link = await ownerPage.getByLabel(t.sharing.linkLabel).inputValue();
      expect(link).toMatch(/\/invitations\/[\w-]{43}$/);
      await look(ownerPage, locale, 'members-2-link');
      await ownerPage.getByRole('button', { name: t.sharing.done }).click();
      await ownerPage.getByText(t.sharing.waiting).waitFor();

      // Somebody who is not signed in sees what is offered, and comes back to it.
      await memberPage.goto(link);
      await memberPage.getByText(t.sharing.can.alerts, { exact: true }).waitFor();
      expect(await memberPage.getByText(t.sharing.can.control, { exact: true }).count()).toBe(0);
      await look(memberPage, locale, 'members-3-offer');
      await memberPage.getByRole('link', { name: t.account.signIn }).click();
      await signIn(memberPage, 'Mei', t);
      await memberPage.getByRole('button', { name: t.sharing.accept, exact: true }).click();
      await memberPage.getByRole('link', { name: 'Kitchen' }).waitFor();
      await look(memberPage, locale, 'members-4-devices');
      await memberPage.getByRole('link', { name: 'Kitchen' }).click();
      await memberPage.getByRole('heading', { name: t.sharing.shared }).waitFor();
      await memberPage.getByRole('heading', { name: t.device.alarms, exact: true }).waitFor();
      for (const hidden of [t.device.commands, t.device.ledger, t.sharing.members])
        expect(await memberPage.getByRole('heading', { name: hidden, exact: true }).count()).toBe(0);
      expect(await memberPage.getByRole('button', { name: t.device.release }).count()).toBe(0);
      expect(await memberPage.getByRole('button', { name: t.device.rename }).count()).toBe(0);
      await look(memberPage, locale, 'members-5-device');

      // The owner's page has heard of it by itself.
      await ownerPage.getByText('Mei', { exact: true }).first().waitFor();
      await look(ownerPage, locale, 'members-6-members');
      await ownerPage.getByRole('button', { name: `${t.sharing.remove} Mei` }).click();
      const dialog = ownerPage.getByRole('dialog');
      await dialog.getByRole('button', { name: t.sharing.remove, exact: true }).click();
      await memberPage.getByRole('heading', { name: t.missing.title }).waitFor();
      expect(await memberPage.locator('main').textContent()).not.toContain('Kitchen');
      await look(memberPage, locale, 'members-7-out');

      await memberPage.goto(link);
      await memberPage.getByRole('heading', { name: t.sharing.overTitle }).waitFor();
      await look(memberPage, locale, 'members-8-over');
    },
  );

  it('group the devices of a home by room', async () => {
    const page = await phones.takeChosen('en');
    await page.goto(address('/'));
    await signIn(page, 'Lan', en);
    await page.getByRole('link', { name: en.sharing.home }).click();
    for (const room of ['Ground floor', 'Upstairs']) {
      await page.getByLabel(en.sharing.roomName).fill(room);
      await page.getByRole('button', { name: en.sharing.addRoom }).click();
      await page.getByRole('listitem').filter({ hasText: room }).waitFor();
    }
    await page.getByRole('button', { name: 'Up Upstairs' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Upstairs' }).first().waitFor();
    await look(page, 'en', 'members-11-home');
    await page.goto(address(`/devices/${deviceId}`));
    await page.getByLabel(en.sharing.placeLabel).selectOption({ label: 'Upstairs' });
    await until('the device hangs there', async () => (await owner.call('devices'))[0]?.roomId != null);
    await page.goto(address('/'));
    await page.getByText('My home · Upstairs').waitFor();
    await look(page, 'en', 'members-12-rooms');
  });

  it('let a stranger at the code ask, and the owner let them in', async () => {
    await household.person('Bao');
    const [ownerPage, strangerPage] = [await phones.takeChosen('en'), await phones.takeChosen('en')];
    await ownerPage.goto(address(`/devices/${deviceId}`));
    await signIn(ownerPage, 'Lan', en);
    await ownerPage.getByText(en.sharing.nobody).waitFor();

    await strangerPage.goto(address('/sign-in'));
    await signIn(strangerPage, 'Bao', en);
    await strangerPage.getByRole('heading', { name: en.home.emptyTitle }).waitFor();
    await strangerPage.goto(made.url);
    await strangerPage.getByRole('button', { name: en.sharing.ask }).click();
    await strangerPage.getByText(en.sharing.asked).waitFor();
    await look(strangerPage, 'en', 'members-9-asked');

    await ownerPage.getByRole('heading', { name: en.sharing.requests }).waitFor();
    await look(ownerPage, 'en', 'members-10-request');
    await ownerPage.getByRole('button', { name: 'Let in … Bao' }).click();
    await ownerPage.getByRole('button', { name: en.sharing.grant, exact: true }).click();
    // Their open page goes to the device by itself.
    await strangerPage.getByRole('heading', { name: 'Kitchen', level: 1 }).waitFor();
  });
});
