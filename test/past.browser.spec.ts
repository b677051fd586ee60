// A phone in a real browser: a device is given away with its history, another one without, and the certificate is genuine.
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Locale } from '#codecs/api';
import { isGenuine, readCertificate } from '#domain/erasure';
import type { Texts } from '../apps/web/texts/en.js';
import { Household } from './household.js';
import { addressOf, type Person, passwordOf } from './person.js';
import { describeOnPhones, look, Phones, texts } from './phones.js';

describeOnPhones('who gives a device away on a phone', () => {
  const phones = Phones.ofTheSuite();
  let household: Household;
  let owner: Person;

  beforeEach(async () => {
    household = await Household.open();
    owner = await household.person('Lan');
  });

  afterEach(() => household.close());

  const address = (path: string) => new URL(path, household.gateway.url).href;

  async function signIn(page: Page, t: Texts): Promise<void> {
    await page.goto(address('/sign-in'));
    await page.getByLabel(t.account.email).fill(addressOf('Lan'));
    await page.getByLabel(t.account.password, { exact: true }).fill(passwordOf('Lan'));
    await page.getByRole('button', { name: t.account.signIn, exact: true }).click();
    await page.getByRole('link', { name: 'Kitchen' }).waitFor();
  }

  it.each<[Locale, 'light' | 'dark']>([
    ['en', 'light'],
    ['zh', 'dark'],
  ])(
    'has what it recorded erased, at once or later, and gets a certificate (%s, %s)',
    async (locale, colorScheme) => {
      const t = texts[locale];
      const { deviceId } = await household.sensorOf(owner, 'Kitchen');
      const { deviceId: laterId } = await household.sensorOf(owner, 'Bath');
      const page = await phones.takeChosen(locale, { colorScheme });
      await signIn(page, t);
      await page.goto(address(`/devices/${deviceId}`));
      await page.getByRole('group', { name: t.past.choice }).waitFor();
      await look(page, locale, 'past-1-belonging');

      // With the keyboard alone: to the dialog, to the choice, to the button.
      await page.getByRole('button', { name: t.device.release }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      const choice = (name: string) => dialog.getByRole('radio', { name, exact: true });
      expect(await choice(t.past.keep).isChecked()).toBe(true);
      await choice(t.past.keep).focus();
      await page.keyboard.press('ArrowRight');
      expect(await choice(t.past.away).isChecked()).toBe(true);
      await dialog.getByText(t.past.awayHint).waitFor();
      await look(page, locale, 'past-2-give-away');
      await dialog.getByRole('button', { name: t.past.awayConfirm, exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Bath' }).waitFor();
      await owner.call('release', { params: { deviceId: laterId } });

      await page.goto(address('/settings'));
      await page.getByRole('link', { name: t.past.title }).waitFor();
      await look(page, locale, 'past-3-settings');
      await page.getByRole('link', { name: t.past.title }).click();
      await page.getByText(t.past.kept).waitFor();
      await page.getByRole('link', { name: t.past.certificate }).waitFor();
      await look(page, locale, 'past-4-list');

      await page.getByRole('button', { name: t.past.erase }).click();
      await page.getByRole('dialog').getByText(t.past.askText).waitFor();
      await look(page, locale, 'past-5-ask');
      await page.getByRole('dialog').getByRole('button', { name: t.past.confirm, exact: true }).click();
      // It says by itself when it is done.
      await page.getByRole('link', { name: t.past.certificate }).nth(1).waitFor();
      expect(await page.getByRole('button', { name: t.past.erase }).count()).toBe(0);
      await look(page, locale, 'past-6-erased');

      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: t.past.certificate }).first().click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/^airbind-[\w-]+\.\d+\.json$/);
      const certificate = readCertificate(await readFile(await download.path(), 'utf8'));
      const [key] = await owner.call('certificateKeys');
      if (!certificate || !key) throw new Error('no certificate, or no key');
      expect(isGenuine(certificate, createPublicKey(key.publicKey))).toBe(true);
    },
  );
});
