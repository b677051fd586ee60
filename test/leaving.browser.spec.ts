// A phone in a real browser: the ledger says from where, a home is removed, and an account ends with a certificate.
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Locale } from '#codecs/api';
import { isGenuine, readCertificate } from '#domain/erasure';
import { TestCaller } from '../apps/gateway/gateway.fixture.js';
import { errorTexts } from '../apps/web/texts/error-texts.js';
import { Household } from './household.js';
import { addressOf, type Person, passwordOf } from './person.js';
import { describeOnPhones, look, Phones, texts } from './phones.js';

describeOnPhones('leaving, on a phone', () => {
  const phones = Phones.ofTheSuite();
  let household: Household;
  let owner: Person;
  let deviceId: string;

  beforeEach(async () => {
    household = await Household.open();
    owner = await household.person('Lan');
    ({ deviceId } = await household.sensorOf(owner));
    const member = await household.person('Mei');
    const params = { deviceId };
    const { url } = await owner.call('inviteToDevice', { params, body: { can: ['view'] } });
    await member.call('acceptInvitation', { params: { token: url.split('/').at(-1) ?? '' } });
    await owner.call('makeHome', { body: { name: 'Cottage', timeZone: 'UTC' } });
  });

  afterEach(() => household.close());

  const address = (path: string) => new URL(path, household.gateway.url).href;
  const pressed = async (page: Page, name: string) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };

  it.each<Locale>(['en', 'zh'])(
    'is done with the keyboard alone, and ends with a certificate that is genuine (%s)',
    async locale => {
      const t = texts[locale];
      // One by day, one by night.
      const page = await phones.takeChosen(locale, { colorScheme: locale === 'zh' ? 'dark' : 'light' });
      await page.goto(address(`/devices/${deviceId}`));
      await page.getByLabel(t.account.email).fill(addressOf('Lan'));
      await page.getByLabel(t.account.password, { exact: true }).fill(passwordOf('Lan'));
      await page.getByRole('button', { name: t.account.signIn, exact: true }).click();

      // Whom it happened to, how, and the address of one's own acts alone.
      const lines = page.getByRole('listitem').filter({ hasText: locale === 'zh' ? '接受邀请' : 'Accepted' });
      await lines.getByText(/Mei/).waitFor();
      expect(await lines.textContent()).not.toContain('127.0.0.1');
      expect(await page.getByText('127.0.0.1').count()).toBeGreaterThan(0);
      await look(page, locale, 'leaving-1-ledger');

      const [first] = await owner.call('homes');
      await page.goto(address(`/homes/${first?.id}`));
      await pressed(page, t.leaving.homeButton);
      await page.getByLabel(t.leaving.moveTo.replace('{{count}}', '1')).waitFor();
      await look(page, locale, 'leaving-2-home');
      await pressed(page, t.leaving.homeConfirm);
      await page.waitForURL(address('/'));
      expect((await owner.call('homes')).map(({ name }) => name)).toEqual(['Cottage']);

      await page.goto(address('/settings'));
      await page.getByRole('link', { name: t.leaving.button }).click();
      await page.getByText(addressOf('Lan')).waitFor();
      await look(page, locale, 'leaving-3-account');
      await page.getByLabel(t.account.password, { exact: true }).fill('a wrong one');
      await page.keyboard.press('Enter');
      await pressed(page, t.leaving.confirm);
      await page.getByText(errorTexts[locale]['wrong-credentials']).waitFor();
      await look(page, locale, 'leaving-4-wrong');
      await page.keyboard.press('Escape');
      await page.getByLabel(t.account.password, { exact: true }).fill(passwordOf('Lan'));
      await page.keyboard.press('Enter');
      await pressed(page, t.leaving.confirm);

      await page.getByRole('heading', { name: t.leaving.goneTitle }).waitFor();
      await look(page, locale, 'leaving-5-gone');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: t.leaving.download }).click(),
      ]);
      const certificate = readCertificate(await readFile(await download.path(), 'utf8'));
      const [key] = await new TestCaller(household.gateway.url).call('certificateKeys');
      expect(certificate && isGenuine(certificate, createPublicKey(key?.publicKey ?? ''))).toBe(true);
      expect((await owner.raw('homes')).status).toBe(401);
    },
  );
});
