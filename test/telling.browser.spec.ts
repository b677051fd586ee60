// How a person wants to be told, in a real browser on a phone in the dark, and what its operator does about what was refused.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Locale } from '#codecs/api';
import { firstOperator } from '../apps/gateway/gateway.fixture.js';
import { wordText } from '../apps/web/texts/word-texts.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { addressOf, type Person } from './person.js';
import { describeOnPhones, look, Phones, texts } from './phones.js';
import { WebhookReceiver } from './webhook-receiver.js';

describeOnPhones('how a person wants to be told', () => {
  const phones = Phones.ofTheSuite();
  let household: Household;
  let owner: Person;
  let page: Page;

  beforeEach(async () => {
    household = await Household.open();
    owner = await household.person('Lan');
  });

  afterEach(() => household.close());

  async function takePhone(locale: Locale, email: string): Promise<void> {
    page = await phones.takeChosen(locale, { colorScheme: locale === 'zh' ? 'dark' : 'light' });
    const { url } = await household.operator.call('makeSignInLink', { body: { email } });
    await page.goto(url);
    await page.getByRole('button', { name: texts[locale].account.signIn, exact: true }).click();
    await page.getByRole('navigation').first().waitFor();
    await page.waitForURL(address('/'));
  }

  const address = (path: string) => new URL(path, household.gateway.url).href;

  async function leakingSensor(): Promise<void> {
    const { home } = await household.sensorOf(owner);
    home.device('gas').leak();
  }

  it.each<Locale>(['en', 'zh'])(
    'is chosen with the keyboard, saved, and still so when the page is opened again (%s)',
    async locale => {
      const t = texts[locale];
      await takePhone(locale, addressOf('Lan'));
      await page.goto(address('/settings/reach'));
      await page.getByRole('link', { name: t.telling.title }).click();
      await page.getByText(t.telling.always).waitFor();

      await page.getByRole('checkbox', { name: t.telling.quiet }).press('Space');
      await page.getByLabel(t.telling.from, { exact: true }).fill('23:15');
      const life = page.getByRole('group', { name: t.telling.class.L });
      await life.getByRole('checkbox', { name: t.telling.usual }).press('Space');
      const earlier = life.getByRole('button', {
        name: `${t.telling.earlier} ${wordText(locale, 'channel', 'mail')}`,
      });
      // The focus stays on the row that is moved, to the first place and beyond.
      await earlier.focus();
      for (let press = 0; press < 6; press++) await page.keyboard.press('Enter');
      await life.getByText(t.telling.neverOff).waitFor();
      const technical = page.getByRole('group', { name: t.telling.class.T });
      await technical.getByRole('checkbox', { name: t.telling.usual }).press('Space');
      await technical.getByRole('checkbox', { name: wordText(locale, 'channel', 'wecom') }).press('Space');
      await look(page, locale, 'telling-1-chosen');
      await page.getByRole('button', { name: t.common.save, exact: true }).click();
      await page.getByText(t.telling.saved).waitFor();

      const chosen = {
        channels: {
          L: ['mail', 'web-push', 'ntfy', 'webhook', 'wecom'],
          T: ['web-push', 'ntfy', 'webhook', 'mail'],
        },
        quiet: { from: '23:15', to: '07:00', timeZone: 'Asia/Shanghai' },
        digest: null,
      };
      expect(await owner.call('preferences')).toEqual(chosen);
      await page.reload();
      expect(await page.getByLabel(t.telling.from, { exact: true }).inputValue()).toBe('23:15');

      // Back to the usual order, and a digest instead of quiet hours.
      await life.getByRole('checkbox', { name: t.telling.usual }).press('Space');
      await page.getByRole('checkbox', { name: t.telling.quiet }).press('Space');
      await page.getByRole('checkbox', { name: t.telling.digest }).press('Space');
      await page.getByRole('button', { name: t.common.save, exact: true }).click();
      await page.getByText(t.telling.saved).waitFor();
      expect(await owner.call('preferences')).toEqual({
        channels: { T: chosen.channels.T },
        quiet: null,
        digest: { at: '18:00', timeZone: 'Asia/Shanghai' },
      });
    },
  );

  it('knows that an alarm was seen when its page was opened, and leaves it unacknowledged', async () => {
    await leakingSensor();
    const { notice } = await owner.page.heard(({ step }) => step === 'raised');
    const alarmId = notice.alarmId ?? '';
    const inApp = async () =>
      (await owner.call('receipts', { params: { alarmId } })).filter(({ endpointId }) => endpointId === null);
    expect((await inApp()).map(({ seenAt }) => seenAt)).toContain(null);
    await takePhone('en', addressOf('Lan'));
    await page.goto(address(`/alarms/${alarmId}`));
    await until('the message counts as seen', async () =>
      (await inApp()).some(({ step, seenAt }) => step === 'raised' && seenAt !== null),
    );
    expect(await owner.call('alarm', { params: { alarmId } })).toMatchObject({ state: 'raised' });
  });

  it.each<Locale>(['en', 'zh'])(
    'shows the operator what was refused, and sends it again under the same id (%s)',
    async locale => {
      const t = texts[locale].telling.undelivered;
      const receiver = await WebhookReceiver.open();
      try {
        receiver.answer = () => 403;
        await owner.call('makeWebhook', { body: { url: receiver.url } });
        await leakingSensor();
        await until('something was refused', async () => {
          const dead = await household.operator.call('deadNotices');
          return dead.some(({ state }) => state === 'refused');
        });
        const { account } = await (await firstOperator(household.gateway)).call('currentSession');
        await takePhone(locale, account.email);
        await page.goto(address('/fleet'));
        const section = page.getByRole('region', { name: t.title });
        await section.getByRole('button', { name: t.again, exact: true }).first().waitFor();
        await look(page, locale, 'telling-2-undelivered');

        receiver.answer = () => 204;
        const refused = receiver.posted.map(({ event }) => event.id);
        await section.getByRole('button', { name: t.again, exact: true }).last().click();
        await until('it was sent again', () =>
          receiver.taken.some(({ event }) => refused.includes(event.id)),
        );
        await section.getByRole('status').filter({ hasText: /1/ }).waitFor();
      } finally {
        await receiver.close();
      }
    },
  );
});
