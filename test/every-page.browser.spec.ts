// Every page in a real browser, in both languages, by day and by night: on the narrowest phone, with large type, by keyboard, by ear.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { apiPrefix, type Locale } from '#codecs/api';
import { accessibilityFaults } from './accessibility.js';
import { keyboardFaults } from './every-page/keyboard.js';
import { legibilityFaults, paleFaults } from './every-page/legible.js';
import { type Row, rows } from './every-page/rows.js';
import { Scene } from './every-page/scene.js';
import { describeOnPhones, Phones, picture, texts } from './phones.js';

const narrow = { width: 320, height: 640 };
const usual = { width: 390, height: 844 };
/** As if the browser's own type were twice as large, which is not the same as zooming in. */
const largeType = "document.documentElement.style.fontSize = '200%'";

describeOnPhones('every page', () => {
  const phones = Phones.ofTheSuite();
  let scene: Scene;

  beforeAll(async () => {
    scene = await Scene.open();
  });
  afterAll(() => scene.close());

  async function open({ as, path, shows, open, without }: Row, locale: Locale): Promise<Page> {
    const t = texts[locale];
    const page = await phones.takeChosen(locale, { viewport: narrow, reducedMotion: 'reduce' });
    if (as !== null) {
      const credentials = { data: scene.credentialsOf(as), headers: { origin: scene.url } };
      const answer = await page.context().request.post(`${scene.url}${apiPrefix}/sessions`, credentials);
      expect(answer.ok()).toBe(true);
    }
    if (without) {
      const problem = {
        type: 'about:blank',
        title: 'The store is away',
        status: 503,
        code: 'storage-unavailable',
      };
      await page.route(`**${apiPrefix}/${without}`, route => route.fulfill({ status: 503, json: problem }));
    }
    await page.goto(`${scene.url}${path(scene.keys)}`);
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await open?.(page, t);
    await page.getByText(shows(t, locale)).first().waitFor();
    return page;
  }

  const faultsOf = async (page: Page, locale: Locale) => [
    ...(await accessibilityFaults(page, locale)),
    ...(await legibilityFaults(page)),
  ];

  const cases = rows.flatMap(row => (['zh', 'en'] as const).map(locale => ({ ...row, locale, row })));

  it.each(cases)('is read by everybody: $name, $locale', async ({ name, locale, row }) => {
    const page = await open(row, locale);
    const faults: Record<string, string[]> = { narrow: await faultsOf(page, locale) };

    await page.emulateMedia({ colorScheme: 'dark' });
    faults.dark = await paleFaults(page);
    await page.setViewportSize(usual);
    await picture(page, `${name}-${locale}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await picture(page, `${name}-${locale}-light`);

    // What stands there and in which order is the same in every language, and English has the longest words.
    if (locale === 'en') {
      faults.keyboard = await keyboardFaults(page);
      await page.evaluate(largeType);
      faults.large = await faultsOf(page, locale);
      await picture(page, `${name}-${locale}-large`);
    }
    expect(Object.values(faults).flat()).toEqual([]);
  });
});
