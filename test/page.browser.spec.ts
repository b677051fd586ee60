// A phone in a real browser: the code is opened, the device bound, and its alarm seen, answered and ended on the page.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Locale, MadeDevice } from '#codecs/api';
import { starterProducts } from '#domain/devices';
import type { SimulatedHome } from '#firmware-sim';
import { en } from '../apps/web/texts/en.js';
import { accessibilityFaults } from './accessibility.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { describeOnPhones, look, Phones, texts } from './phones.js';

describeOnPhones('the pages on a phone', () => {
  const phones = Phones.ofTheSuite();
  let household: Household;
  let page: Page;
  let made: MadeDevice;
  let home: SimulatedHome;
  let mishaps: string[];

  beforeEach(async () => {
    household = await Household.open();
    made = await household.make('gas-sensor');
    home = await household.running(made);
    mishaps = [];
  });

  afterEach(() => household.close());

  async function takePhone(locale: Locale): Promise<void> {
    page = await phones.take(locale);
    page.on('pageerror', error => mishaps.push(error.message));
    page.on('console', message => {
      if (/content security policy/i.test(message.text())) mishaps.push(message.text());
    });
  }

  async function enterByLink(locale: Locale): Promise<void> {
    const { url } = await household.operator.call('makeSignInLink', {
      body: { email: 'li@people.example', name: 'Li Hua', locale },
    });
    await page.goto(url);
    await page.getByRole('button', { name: texts[locale].account.signIn, exact: true }).click();
    await page.getByRole('heading', { name: texts[locale].home.emptyTitle }).waitFor();
  }

  /** Goes there with the Tab key alone. */
  async function tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    const focused = target.and(page.locator(':focus'));
    for (let steps = 0; steps < 60; steps += 1) {
      if ((await focused.count()) > 0) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not lead to ${target}`);
  }

  it.each<Locale>(['en', 'zh'])(
    'take a person from the printed code to the end of an alarm (%s)',
    async locale => {
      const t = texts[locale];
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      const link = (name: string) => page.getByRole('link', { name, exact: true });
      const productName = starterProducts.find(({ id }) => id === made.product)?.name[locale] ?? '';
      await takePhone(locale);

      // As a camera opens it, by somebody whom nobody knows yet.
      expect(made.url).toMatch(/^HTTP:\/\/[^a-z]+\/D\/[0-9A-Z]+$/);
      await page.goto(made.url);
      await page.getByRole('heading', { name: productName, level: 1 }).waitFor();
      expect(await link(t.scan.signIn).count()).toBe(1);
      await look(page, locale, '1-scanned');

      await enterByLink(locale);
      await look(page, locale, '2-no-device');

      await page.goto(made.url);
      await page.getByText(t.scan.waiting).waitFor();
      expect(await button(t.scan.bind).count()).toBe(0);
      await look(page, locale, '3-possession');
      home.device('gas').press();
      await page.getByText(t.scan.opened).waitFor();
      const name = locale === 'zh' ? '厨房' : 'Kitchen';
      await page.getByLabel(t.scan.name).fill(name);
      await look(page, locale, '4-pressed');
      await button(t.scan.bind).click();
      await page.getByText(t.device.bound.replace('{{name}}', name)).waitFor();
      await look(page, locale, '5-bound');

      // The alarm comes to a page that nobody touches.
      await page.evaluate('window.untouched = true');
      home.device('gas').leak();
      const figure = page.locator('[data-packet-to-page-ms]').first();
      await figure.waitFor();
      expect(Number(await figure.getAttribute('data-packet-to-page-ms'))).toBeGreaterThanOrEqual(0);
      expect(await page.evaluate('window.untouched')).toBe(true);
      const readAloud = await page.getByRole('alert').first().textContent();
      expect(readAloud).toContain(name);
      expect(readAloud).toContain(t.alarm.raised);
      expect(await page.getByText(t.common.notCertified).count()).toBe(1);
      await look(page, locale, '6-alarm');

      // From here on with the keyboard alone.
      await tabTo(link(t.alarm.show));
      await page.keyboard.press('Enter');
      await tabTo(button(t.alarm.acknowledge));
      await look(page, locale, '7-alarm-page');
      await page.keyboard.press('Enter');
      const [, seenText = ''] = t.alarm.seenAt.split('{{time}}');
      await page.getByRole('status').filter({ hasText: seenText }).waitFor();
      expect(await button(t.alarm.acknowledge).count()).toBe(0);
      expect(await button(t.alarm.reset).count()).toBe(0);
      await look(page, locale, '8-acknowledged');

      home.device('gas').closeValve();
      await tabTo(button(t.alarm.reset));
      await look(page, locale, '9-latched');
      await page.keyboard.press('Enter');
      await page.getByText(t.alarm.ended.reset).waitFor();
      expect(await button(t.alarm.reset).count()).toBe(0);
      expect(await page.evaluate('window.untouched')).toBe(true);
      await look(page, locale, '10-over');

      await page.goto(new URL('/', household.gateway.url).href);
      await page.getByText(t.home.calm, { exact: true }).waitFor();
      await look(page, locale, '11-calm');
      expect(mishaps).toEqual([]);
    },
  );

  it('are looked at by a pass that sees what is wrong with a page', async () => {
    await takePhone('en');
    await page.setContent(
      '<html lang="fr"><title>X</title><main><h1>A</h1><h3 id="a">B</h3><p id="a"></p>' +
        '<button style="width: 9px; height: 9px; padding: 0"></button><input>' +
        '<a href="/" tabindex="2">C</a><div style="width: 500px">D</div></main></html>',
    );
    const faults = await accessibilityFaults(page, 'en');
    expect(new Set(faults.map(fault => fault.replace(/:.*/s, '')))).toEqual(
      new Set(['headings', 'keyboard', 'size', 'ids', 'width', 'names', 'language']),
    );
    expect(faults.filter(fault => fault.startsWith('names'))).toHaveLength(2);
  });

  it('show a stranger and a wrong code a calm page that gives nothing away', async () => {
    const owner = await household.person('Lan');
    home.device('gas').press();
    await takePhone('en');
    await enterByLink('en');
    const { ticket } = made;
    await until('the press counts', () => owner.bind(ticket, { by: 'button' }, 'The kitchen of Lan'));

    await page.goto(made.url);
    await page.getByText(en.scan.strangerTitle).waitFor();
    await look(page, 'en', '12-stranger');
    expect(await page.locator('body').textContent()).not.toMatch(/Lan\b|kitchen/i);

    await page.goto(new URL('/D/NOT0A0CODE', household.gateway.url).href);
    await page.getByRole('heading', { name: en.scan.invalidTitle, level: 1 }).waitFor();
    await look(page, 'en', '13-wrong-code');
    expect(mishaps).toEqual([]);
  });
});
