// A tap on a notification of a real browser, on a desk of the test's own: which page the person then sees.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { en } from '../apps/web/texts/en.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { NotificationDesk } from './notification-desk.js';
import { describeOnPhones, flags } from './phones.js';
import { build } from './program.js';

describeOnPhones('a tap on a notification', () => {
  let household: Household;
  let desk: NotificationDesk;
  let browser: BrowserContext;
  let page: Page;
  let push: CDPSession;
  let registrationId: string;

  beforeAll(() => build(), 240_000);

  beforeEach(async () => {
    [household, desk] = [await Household.open(), await NotificationDesk.open()];
    // A tap finds its way back to the browser's own profile alone, so it is not one of the usual phones.
    browser = await chromium.launchPersistentContext('', {
      executablePath: process.env.TEST_CHROMIUM,
      args: flags,
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: desk.address },
      permissions: ['notifications'],
      locale: 'en-GB',
    });
    const [beside] = browser.pages();
    if (beside === undefined) throw new Error('the browser has no page');
    push = await browser.newCDPSession(beside);
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await signIn();
    registrationId = await registered();
  }, 240_000);

  afterEach(async () => {
    await browser.close();
    await desk.close();
    await household.close();
  });

  const at = (path: string) => new URL(path, household.gateway.url).href;

  const inWorker = (script: string): Promise<unknown> | undefined =>
    browser.serviceWorkers()[0]?.evaluate(script);

  /** Of the gateway's own pages that are open. */
  async function open(): Promise<string[]> {
    const urls = await inWorker(
      "clients.matchAll({ type: 'window', includeUncontrolled: true }).then(all => all.map(({ url }) => url))",
    );
    return (urls as string[]).map(url => new URL(url).pathname);
  }

  async function signIn(): Promise<void> {
    const { url } = await household.operator.call('makeSignInLink', {
      body: { email: 'li@people.example', name: 'Li', locale: 'en' },
    });
    await page.goto(url);
    await page.getByRole('button', { name: en.account.signIn, exact: true }).click();
    await page.getByRole('heading', { name: en.home.emptyTitle }).waitFor();
  }

  async function registered(): Promise<string> {
    const known = new Promise<string>(resolve => {
      push.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const ours = registrations.find(({ scopeURL }) => scopeURL === at('/'));
        if (ours) resolve(ours.registrationId);
      });
    });
    await push.send('ServiceWorker.enable');
    await page.evaluate(
      "navigator.serviceWorker.register('/service-worker.js').then(() => navigator.serviceWorker.ready).then(() => true)",
    );
    return known;
  }

  /** A message as a push service would bring it. */
  async function shown(url: string): Promise<void> {
    const message = {
      title: 'Kitchen: Gas leak',
      body: 'Open the windows.',
      url,
      lang: 'en',
      tag: 'it',
      at: 1,
    };
    const data = JSON.stringify({ ...message, isLoud: true, staysUntilSeen: true, shownUrl: '/shown' });
    const before = desk.shown;
    await push.send('ServiceWorker.deliverPushMessage', {
      origin: new URL(at('/')).origin,
      registrationId,
      data,
    });
    await until('the notification lies on the desk', () => desk.shown > before);
  }

  const notifications = () =>
    page.evaluate(
      'navigator.serviceWorker.ready.then(at => at.getNotifications()).then(all => all.length)',
    ) as Promise<number>;

  it('opens the page that it is about when none is open', async () => {
    await shown(at('/alarms'));
    await page.close();
    await until('no page is open', async () => (await open()).length === 0);
    const opened = browser.waitForEvent('page', { timeout: 60_000 });
    desk.tap();
    page = await opened;
    await page.getByRole('heading', { name: en.alarm.title, level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/alarms');
    expect(await notifications()).toBe(0);
  }, 240_000);

  it('takes to the front the page that is open there already, and changes nothing of another', async () => {
    await page.goto(at('/alarms'));
    const other = await browser.newPage();
    await other.goto(at('/settings'));
    await shown(at('/alarms'));
    await inWorker(`(() => {
      const focus = WindowClient.prototype.focus;
      self.focused = [];
      WindowClient.prototype.focus = async function () {
        const client = await focus.call(this);
        self.focused.push(new URL(client.url).pathname);
        return client;
      };
    })()`);
    desk.tap();
    await until(
      'a page came to the front',
      async () => ((await inWorker('self.focused')) as string[]).length > 0,
    );
    expect(await inWorker('self.focused')).toEqual(['/alarms']);
    expect((await open()).sort()).toEqual(['/alarms', '/settings']);
  }, 240_000);

  it('leads an open page there when none shows it', async () => {
    await page.goto(at('/settings'));
    await shown(at('/alarms'));
    desk.tap();
    await page.waitForURL(at('/alarms'), { timeout: 60_000 });
    expect(await open()).toEqual(['/alarms']);
  }, 240_000);

  it('stays with the gateway’s own pages, whatever the message says', async () => {
    await page.goto(at('/settings'));
    await shown('https://elsewhere.example/alarms');
    desk.tap();
    await page.waitForURL(at('/alarms'), { timeout: 60_000 });
    expect(browser.pages()).toHaveLength(2);
  }, 240_000);
});
