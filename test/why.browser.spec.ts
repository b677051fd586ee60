// The plan of a home, and why there is an alarm or none, in a real browser on a phone, in both languages and the dark.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { apiPrefix, type Locale } from '#codecs/api';
import type { SimulatedHome } from '#firmware-sim';
import { en, type Texts } from '../apps/web/texts/en.js';
import { zh } from '../apps/web/texts/zh.js';
import { accessibilityFaults } from './accessibility.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { describeWith } from './needs.js';
import { addressOf, type Person, passwordOf } from './person.js';
import { build } from './program.js';

const program = process.env.TEST_CHROMIUM ?? '';
const screenshots = process.env.SCREENSHOTS;
const texts: Readonly<Record<Locale, Texts>> = { en, zh };
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

describeWith('TEST_CHROMIUM', 'Chromium (set TEST_CHROMIUM to its program)')('on a phone', () => {
  let browser: Browser;
  let household: Household;
  let home: SimulatedHome;
  let owner: Person;
  let deviceId: string;
  const phones: BrowserContext[] = [];

  beforeAll(async () => {
    await build();
    if (screenshots) await mkdir(screenshots, { recursive: true });
    browser = await chromium.launch({ executablePath: program, args: flags });
  }, 240_000);
  afterAll(() => browser.close());

  beforeEach(async () => {
    household = await Household.open();
    const made = await household.make('gas-sensor');
    home = await household.running(made);
    owner = await household.person('Lan');
    home.device('gas').press();
    deviceId = await until('the press counts', () => owner.bind(made.ticket, { by: 'button' }, 'Kitchen'));
  });
  afterEach(async () => {
    for (const phone of phones.splice(0)) await phone.close();
    await household.close();
  });

  async function phone(locale: Locale): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: locale === 'zh' ? 'zh-CN' : 'en-GB',
      colorScheme: 'dark',
      isMobile: true,
      hasTouch: true,
    });
    phones.push(context);
    await context.addInitScript(`localStorage.setItem('airbind.locale', '${locale}')`);
    const origin = household.gateway.url;
    const data = { email: addressOf('Lan'), password: passwordOf('Lan') };
    const answer = await context.request.post(`${origin}${apiPrefix}/sessions`, {
      data,
      headers: { origin },
    });
    expect(answer.ok()).toBe(true);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return page;
  }

  async function seen(page: Page, locale: Locale, name: string): Promise<void> {
    expect(await accessibilityFaults(page, locale)).toEqual([]);
    if (screenshots)
      await page.screenshot({ path: join(screenshots, `${name}-${locale}.png`), fullPage: true });
  }

  const open = (page: Page, path: string) => page.goto(`${household.gateway.url}${path}`);

  it.each(['zh', 'en'] as const)(
    'the plan, and why there is an alarm or none, are read in %s',
    async locale => {
      const words = texts[locale];
      const page = await phone(locale);
      const [device] = await owner.call('devices');
      await open(page, `/homes/${device?.homeId}/plan`);
      await page.getByRole('heading', { name: words.plan.title, level: 1 }).waitFor();
      await page.getByRole('button', { name: words.plan.add }).click();
      await page.getByLabel(words.plan.at).first().waitFor();
      await seen(page, locale, 'plan');

      await open(page, `/devices/${deviceId}`);
      await page.getByText(words.noAlarm.title).click();
      await page.getByText(words.noAlarm.stands.calm, { exact: true }).first().waitFor();
      await page.getByRole('heading', { name: words.noAlarm.people }).waitFor();
      await page.getByText(words.noAlarm.pagesOnly).waitFor();
      await seen(page, locale, 'no-alarm');

      home.device('gas').leak();
      const alarm = await until('the gas is an alarm', async () => (await owner.call('alarms'))[0]);
      await open(page, `/alarms/${alarm?.id}/why`);
      await page.getByRole('heading', { name: words.why.title, level: 1 }).waitFor();
      await page.getByRole('heading', { name: words.why.rule }).waitFor();
      await page.getByText('raiseAtLel').waitFor();
      await seen(page, locale, 'why');
    },
    120_000,
  );
});
