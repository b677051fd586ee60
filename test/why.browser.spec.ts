// The plan of a home, and why there is an alarm or none, in a real browser on a phone, in both languages and the dark.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { apiPrefix, type Locale } from '#codecs/api';
import type { SimulatedHome } from '#firmware-sim';
import { until } from './condition.js';
import { Household } from './household.js';
import { addressOf, type Person, passwordOf } from './person.js';
import { describeOnPhones, look, Phones, texts } from './phones.js';

describeOnPhones('on a phone', () => {
  const phones = Phones.ofTheSuite();
  let household: Household;
  let home: SimulatedHome;
  let owner: Person;
  let deviceId: string;

  beforeEach(async () => {
    household = await Household.open();
    owner = await household.person('Lan');
    ({ home, deviceId } = await household.sensorOf(owner));
  });
  afterEach(() => household.close());

  async function phone(locale: Locale): Promise<Page> {
    const page = await phones.takeChosen(locale, { colorScheme: 'dark' });
    const origin = household.gateway.url;
    const data = { email: addressOf('Lan'), password: passwordOf('Lan') };
    const answer = await page.request.post(`${origin}${apiPrefix}/sessions`, {
      data,
      headers: { origin },
    });
    expect(answer.ok()).toBe(true);
    return page;
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
      await look(page, locale, 'plan');

      await open(page, `/devices/${deviceId}`);
      await page.getByText(words.noAlarm.title).click();
      await page.getByText(words.noAlarm.stands.calm, { exact: true }).first().waitFor();
      await page.getByRole('heading', { name: words.noAlarm.people }).waitFor();
      await page.getByText(words.noAlarm.pagesOnly).waitFor();
      await look(page, locale, 'no-alarm');

      home.device('gas').leak();
      const alarm = await until('the gas is an alarm', async () => (await owner.call('alarms'))[0]);
      await open(page, `/alarms/${alarm?.id}/why`);
      await page.getByRole('heading', { name: words.why.title, level: 1 }).waitFor();
      await page.getByRole('heading', { name: words.why.rule }).waitFor();
      await page.getByText(words.rule.figures.raiseAtLel, { exact: true }).waitFor();
      await look(page, locale, 'why');
    },
  );
});
