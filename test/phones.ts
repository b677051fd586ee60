// Phones in a real browser for end-to-end specs: taken in the hand, looked at, and put away after each test.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import type { Locale } from '#codecs/api';
import { en, type Texts } from '../apps/web/texts/en.js';
import { zh } from '../apps/web/texts/zh.js';
import { accessibilityFaults } from './accessibility.js';
import { describeWith } from './needs.js';
import { build } from './program.js';

const screenshots = process.env.SCREENSHOTS;
const browserLocales: Readonly<Record<Locale, string>> = { en: 'en-GB', zh: 'zh-CN' };
export const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

export const describeOnPhones = describeWith('TEST_CHROMIUM', 'Chromium (set TEST_CHROMIUM to its program)');

export const texts: Readonly<Record<Locale, Texts>> = { en, zh };

export class Phones {
  private browser: Browser | null = null;
  private readonly taken: BrowserContext[] = [];

  /** To be called inside of a `describe`, before its own hooks: a gateway may end only after its pages. */
  static ofTheSuite(): Phones {
    const phones = new Phones();
    beforeAll(() => phones.launch(), 240_000);
    afterEach(() => phones.putAway());
    afterAll(() => phones.browser?.close());
    return phones;
  }

  /** @param options beside those of a phone in Shanghai */
  async take(locale: Locale, options: BrowserContextOptions = {}): Promise<Page> {
    if (this.browser === null) throw new Error('the browser has not started');
    const context = await this.browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: browserLocales[locale],
      timezoneId: 'Asia/Shanghai',
      isMobile: true,
      hasTouch: true,
      ...options,
    });
    this.taken.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return page;
  }

  /** One on which the language was chosen before: that goes before the language of the account. */
  async takeChosen(locale: Locale, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.take(locale, options);
    await page.context().addInitScript(`localStorage.setItem('airbind.locale', '${locale}')`);
    return page;
  }

  private async launch(): Promise<void> {
    await build();
    if (screenshots) await mkdir(screenshots, { recursive: true });
    this.browser = await chromium.launch({ executablePath: process.env.TEST_CHROMIUM, args: flags });
  }

  private async putAway(): Promise<void> {
    for (const context of this.taken.splice(0)) await context.close();
  }
}

/** The whole page as it is now, where `SCREENSHOTS` names a folder for it. */
export async function picture(page: Page, name: string): Promise<void> {
  if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

/** What is there now, for whoever looks at it later and for whoever cannot see it. */
export async function look(page: Page, locale: Locale, name: string): Promise<void> {
  await picture(page, `${locale}-${name}`);
  expect([name, await accessibilityFaults(page, locale)]).toEqual([name, []]);
}
