// How a person is reached, in a real browser on a phone: ways added, confirmed and tested, and a push that is shown.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { CDPSession, Page } from 'playwright-core';
import { endpoints, type Locale, pathOf } from '#codecs/api';
import { Channels, type Endpoint, EndpointStore } from '#domain/notices';
import { en } from '../apps/web/texts/en.js';
import { partsOf, readMail } from '../libs/adapters/channels/testing/mime.js';
import { PushBrowser } from '../libs/adapters/channels/testing/push-browser.js';
import { StrictServer } from '../libs/adapters/channels/testing/strict-server.js';
import { StrictSmtpServer } from '../libs/adapters/channels/testing/strict-smtp-server.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { describeOnPhones, look, Phones, texts } from './phones.js';

describeOnPhones('how a person is reached', () => {
  const phones = Phones.ofTheSuite();
  let smtp: StrictSmtpServer;
  let household: Household;
  let page: Page;

  beforeEach(async () => {
    smtp = await new StrictSmtpServer().open();
    household = await Household.open({
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Airbind <alarms@gateway.example>',
    });
  });

  afterEach(async () => {
    await household.close();
    await smtp.close();
  });

  async function takePhone(locale: Locale): Promise<void> {
    page = await phones.take(locale, { permissions: ['notifications'] });
    const { url } = await household.operator.call('makeSignInLink', {
      body: { email: 'li@people.example', name: 'Li Hua', locale },
    });
    await page.goto(url);
    await page.getByRole('button', { name: texts[locale].account.signIn, exact: true }).click();
    await page.getByRole('heading', { name: texts[locale].home.emptyTitle }).waitFor();
  }

  /** The page that the newest mail's button leads to; its gateway is reached where it listens. */
  async function openMailed(count: number): Promise<Page> {
    await until('the mail is there', () => smtp.taken.length >= count);
    const [text] = partsOf(readMail(smtp.taken[count - 1]?.message ?? ''), 'text/plain');
    const link = /https?:\/\/[^/\s]+(\/message\/[\w.-]+)/.exec(String(text?.content))?.[1] ?? '';
    const mailed = await page.context().newPage();
    await mailed.goto(new URL(link, household.gateway.url).href);
    return mailed;
  }

  it.each<Locale>(['en', 'zh'])(
    'is arranged on one page (%s)',
    async locale => {
      const t = texts[locale];
      await takePhone(locale);
      const button = (name: string, at = page) => at.getByRole('button', { name, exact: true });
      await page.goto(new URL('/settings', household.gateway.url).href);
      await page.getByRole('link', { name: t.reach.title }).click();
      await page.getByText(t.reach.none).waitFor();
      await look(page, locale, 'reach-1-empty');

      // The page itself: heard, and how fast.
      await button(t.reach.test).click();
      const [heard = ''] = t.reach.pageHeard.split('{{ms}}');
      await page.getByRole('status').filter({ hasText: heard }).first().waitFor();

      // Mail: nothing goes there until its person has followed the link, and opening it is not enough.
      await page.getByLabel(t.reach.place.mail, { exact: true }).first().fill('li@people.example');
      await button(t.settings.add).click();
      await page.getByText(t.reach.state.unconfirmed).waitFor();
      await look(page, locale, 'reach-2-asked');
      const question = await openMailed(1);
      await question.getByRole('heading', { name: t.messageLink.confirm.ask }).waitFor();
      await look(question, locale, 'reach-3-question');
      expect(await page.getByText(t.reach.state.unconfirmed).count()).toBe(1);
      await button(t.messageLink.confirm.act, question).click();
      await question.getByRole('heading', { name: t.messageLink.confirm.done }).waitFor();
      await page.getByText(t.reach.state.proven, { exact: true }).waitFor();

      // A test: how long the mail server took, and how long until the person had it.
      await button(`${t.reach.test} li@people.example`).click();
      const [taken = ''] = t.reach.trialTaken.split('{{ms}}');
      await page.getByText(taken).waitFor();
      const test = await openMailed(2);
      await button(t.messageLink.arrived.act, test).click();
      const [arrived = ''] = t.reach.trialArrived.split('{{ms}}').filter(Boolean);
      await page.getByText(arrived).first().waitFor();
      await look(page, locale, 'reach-4-proven');

      // A contact is asked too.
      await page.getByLabel(t.reach.contactName).fill('王阿姨');
      await page.getByLabel(t.account.email, { exact: true }).last().fill('aunt@people.example');
      await button(t.reach.addContact).click();
      await page.getByRole('heading', { name: '王阿姨' }).waitFor();
      await look(page, locale, 'reach-5-contact');
      const asked = await openMailed(3);
      await asked.getByRole('heading', { name: t.messageLink.confirm.ask }).waitFor();
      await button(t.messageLink.confirm.act, asked).click();
      await asked.getByRole('heading', { name: t.messageLink.confirm.done }).waitFor();
    },
    120_000,
  );

  it('says what is missing for a channel that the operator has not set up', async () => {
    const bare = await Household.open();
    const { url } = await bare.operator.call('makeSignInLink', {
      body: { email: 'li@people.example', name: 'Li', locale: 'en' },
    });
    await takePhone('en');
    await page.goto(url);
    await page.getByRole('button', { name: en.account.signIn, exact: true }).click();
    await page.getByRole('heading', { name: en.home.emptyTitle }).waitFor();
    await page.goto(new URL('/settings/reach', bare.gateway.url).href);
    await page
      .getByText(/SMTP_URL, MAIL_FROM/)
      .first()
      .waitFor();
    await page.getByText(/VAPID_SUBJECT/).waitFor();
    await look(page, 'en', 'reach-6-not-set-up');
    await bare.close();
  }, 120_000);

  it('shows a push while no page needs to be open, and the gateway learns that it was shown', async () => {
    await takePhone('en');
    await page.goto(new URL('/settings/reach', household.gateway.url).href);
    const origin = new URL(household.gateway.url).origin;
    const { push, registrationId } = await registered(origin);

    // The wire half: what the gateway sent to this browser, decrypted by it.
    const publicKey =
      household.gateway.app
        .get(Channels)
        .offers()
        .find(each => each.publicKey)?.publicKey ?? '';
    const keys = new PushBrowser(publicKey);
    const service: StrictServer = await new StrictServer(keys.check(() => service.origin)).open();
    service.answer = response => response.writeHead(201).end();
    const { account } = await sessionOf();
    const endpoint: Endpoint = {
      id: 'this-browser',
      accountId: account.id,
      contactId: null,
      channel: 'web-push',
      name: 'Phone',
      address: `${service.origin}/push/1`,
      secret: keys.secret,
      linkKey: 'a-key-of-its-links',
      locale: 'en',
      createdAt: Date.now(),
      confirmedAt: Date.now(),
      provenAt: null,
      lifeSafetyOnlySince: null,
    };
    await household.gateway.app.get(EndpointStore).insert(endpoint);
    await page.reload();
    await page.getByRole('button', { name: `${en.reach.test} ${new URL(service.origin).host}` }).click();
    await until('the push service has it', () => keys.heard.length === 1);
    await service.close();

    // The page half: the same bytes, given to the service worker as the browser would.
    const data = JSON.stringify(keys.heard[0]);
    await push.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
    await page.getByText(en.reach.state.proven, { exact: true }).waitFor();
    const [arrived = ''] = en.reach.trialArrived.split('{{ms}}');
    await page.getByText(arrived).waitFor();
    const shown = await page.evaluate(`navigator.serviceWorker.ready
      .then(registration => registration.getNotifications())
      .then(all => all.map(({ title, body, tag, data }) => ({ title, body, tag, path: new URL(data.url).pathname })))`);
    expect(shown).toEqual([
      {
        title: 'Test message',
        body: expect.stringContaining('This is a test.'),
        tag: 'this-browser',
        path: expect.stringMatching(/^\/message\/[\w.-]+$/),
      },
    ]);
    await look(page, 'en', 'reach-7-push');
  }, 120_000);

  it('counts what is new, until the alarms are looked at', async () => {
    const made = await household.make('gas-sensor');
    const home = await household.running(made);
    await takePhone('en');
    home.device('gas').press();
    await until('the press counts', async () => {
      const { nonce } = await call('claim', { ticket: made.ticket }, { proof: { by: 'button' } });
      if (nonce === undefined) throw new Error('not yet');
      await call('confirm', { ticket: made.ticket }, { nonce, name: 'Kitchen' });
      return true;
    });
    home.device('gas').leak();
    const news = page.getByText(/^New messages: [1-9]/);
    await news.first().waitFor({ state: 'attached' });
    await page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(en.nav.alarms) })
      .click();
    await page.getByRole('heading', { name: en.alarm.title, level: 1 }).waitFor();
    await news.first().waitFor({ state: 'detached' });
    const marked = await page.evaluate("fetch('/api/v1/notices/unread').then(response => response.json())");
    expect(marked).toMatchObject({ unread: 0 });
  }, 120_000);

  it('says so when the browser does not get a subscription', async () => {
    await takePhone('en');
    await page.goto(new URL('/settings/reach', household.gateway.url).href);
    // There is no push service without the internet.
    await page.getByRole('button', { name: en.reach.pushStart }).click();
    await page.getByText(en.reach.pushFailed).waitFor();
  }, 120_000);

  /** The service worker of the pages, and the session that speaks to it as the browser does. */
  async function registered(origin: string): Promise<{ push: CDPSession; registrationId: string }> {
    const push = await page.context().newCDPSession(page);
    const known = new Promise<string>(resolve => {
      push.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
        if (ours) resolve(ours.registrationId);
      });
    });
    await push.send('ServiceWorker.enable');
    await page.evaluate(
      "navigator.serviceWorker.register('/service-worker.js').then(() => navigator.serviceWorker.ready).then(() => true)",
    );
    return { push, registrationId: await known };
  }

  /** As the page calls, with its cookie. */
  async function call(name: 'claim' | 'confirm', params: Record<string, string>, body: unknown) {
    const { method, path } = endpoints[name];
    const script = `fetch(${JSON.stringify(pathOf(path, params))}, {
      method: '${method}',
      headers: { 'content-type': 'application/json' },
      body: ${JSON.stringify(JSON.stringify(body))},
    }).then(response => response.json())`;
    return (await page.evaluate(script)) as { nonce?: string };
  }

  async function sessionOf(): Promise<{ account: { id: string } }> {
    const answer = await page.evaluate("fetch('/api/v1/sessions/current').then(response => response.json())");
    return answer as { account: { id: string } };
  }
});
