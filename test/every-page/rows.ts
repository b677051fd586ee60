// Every page of the gateway: its address, who looks at it, and what shows that it has come.
import type { Page } from 'playwright-core';
import type { Locale } from '#codecs/api';
import type { Texts } from '../../apps/web/texts/en.js';
import { errorTexts } from '../../apps/web/texts/error-texts.js';
import type { Keys, Somebody } from './scene.js';

export interface Row {
  readonly name: string;
  /** Null: somebody who is not signed in. */
  readonly as: Somebody | null;
  readonly path: (keys: Keys) => string;
  /** A sentence that stands there once everything has come. */
  readonly shows: (t: Texts, locale: Locale) => string;
  /** What is opened on it before it is looked at. */
  readonly open?: (page: Page, t: Texts) => Promise<void>;
  /** A call that does not come off, so that the page has to say so. */
  readonly without?: string;
}

/** @param exact false: more is said to who hears it */
const press =
  (name: (t: Texts) => string, exact = true) =>
  async (page: Page, t: Texts) =>
    page
      .getByRole('button', { name: name(t), exact })
      .first()
      .click();

/** A sentence up to the first value in it. */
const begin = (sentence: string) => sentence.split('{{')[0] ?? '';

export const rows: readonly Row[] = [
  { name: 'sign-in', as: null, path: () => '/sign-in', shows: t => t.account.signInLead },
  { name: 'sign-up', as: null, path: () => '/sign-up', shows: t => t.account.signUpLead },
  {
    name: 'sign-in-link',
    as: null,
    path: keys => `/sign-in/${keys.signIn}`,
    shows: t => t.account.linkText,
  },
  { name: 'welcome', as: null, path: () => '/welcome/token', shows: t => t.account.welcomeText },
  { name: 'code-signed-out', as: null, path: keys => `/D/${keys.freeCode}`, shows: t => t.scan.signInText },
  { name: 'code-of-nobody', as: null, path: () => '/D/NOT0A0CODE', shows: t => t.scan.invalidText },
  {
    name: 'invitation',
    as: null,
    path: keys => `/invitations/${keys.invitation}`,
    shows: t => t.sharing.can.alerts,
  },
  {
    name: 'message-link',
    as: null,
    path: keys => `/message/${keys.message}`,
    shows: t => t.messageLink.arrived.ask,
  },
  { name: 'missing', as: null, path: () => '/no/such/page', shows: t => t.missing.text },

  { name: 'first-day', as: 'Bo', path: () => '/', shows: t => t.home.emptyText },
  { name: 'no-alarms', as: 'Bo', path: () => '/alarms', shows: t => t.alarm.noneText },
  { name: 'empty-home', as: 'Bo', path: keys => `/homes/${keys.emptyHome}`, shows: t => t.sharing.nobody },
  { name: 'empty-plan', as: 'Bo', path: keys => `/homes/${keys.emptyHome}/plan`, shows: t => t.plan.none },
  { name: 'no-ways', as: 'Bo', path: () => '/settings/reach', shows: t => t.reach.none },
  { name: 'code-to-bind', as: 'Bo', path: keys => `/D/${keys.freeCode}`, shows: t => t.scan.pin },
  {
    name: 'code-of-others',
    as: 'Bo',
    path: keys => `/D/${keys.boundCode}`,
    shows: t => t.possession.recoverText,
    open: async (page, t) => {
      await page.getByText(t.possession.found).click();
      await page.getByText(t.possession.recover).click();
    },
  },
  {
    name: 'transfer',
    as: 'Bo',
    path: keys => `/transfers/${keys.transfer}`,
    shows: t => t.possession.takeText,
  },
  {
    name: 'transfer-over',
    as: 'Bo',
    path: () => `/transfers/${'x'.repeat(43)}`,
    shows: t => t.possession.overText,
  },
  { name: 'not-ours', as: 'Bo', path: keys => `/devices/${keys.device}`, shows: t => t.missing.text },

  { name: 'devices', as: 'Lan', path: () => '/', shows: () => 'Kitchen' },
  {
    name: 'device',
    as: 'Lan',
    path: keys => `/devices/${keys.device}`,
    shows: t => t.noAlarm.rules,
    open: (page, t) => page.getByText(t.noAlarm.title).click(),
  },
  {
    name: 'device-rename',
    as: 'Lan',
    path: keys => `/devices/${keys.device}`,
    shows: t => t.device.name,
    open: press(t => t.device.rename),
  },
  {
    name: 'device-invite',
    as: 'Lan',
    path: keys => `/devices/${keys.device}`,
    shows: t => t.sharing.term,
    open: press(t => t.sharing.invite),
  },
  {
    name: 'device-release',
    as: 'Lan',
    path: keys => `/devices/${keys.device}`,
    shows: t => t.device.releaseText,
    open: press(t => t.device.release),
  },
  { name: 'alarms', as: 'Lan', path: () => '/alarms', shows: t => t.alarm.open },
  {
    name: 'alarm',
    as: 'Lan',
    path: keys => `/alarms/${keys.alarm}`,
    shows: () => '马上到',
    open: (page, t) => page.getByText(begin(t.alarm.earlier)).click(),
  },
  { name: 'why', as: 'Lan', path: keys => `/alarms/${keys.alarm}/why`, shows: t => t.why.messages },
  { name: 'home', as: 'Lan', path: keys => `/homes/${keys.home}`, shows: t => t.sharing.newHome },
  { name: 'plan', as: 'Lan', path: keys => `/homes/${keys.home}/plan`, shows: t => begin(t.plan.next) },
  { name: 'settings', as: 'Lan', path: () => '/settings', shows: t => t.settings.ownDataText },
  { name: 'reach', as: 'Lan', path: () => '/settings/reach', shows: () => '127.0.0.1' },
  { name: 'telling', as: 'Lan', path: () => '/settings/telling', shows: t => t.telling.always },
  {
    name: 'failure',
    as: 'Lan',
    path: () => '/settings/telling',
    shows: (_, locale) => errorTexts[locale]['storage-unavailable'],
    without: 'preferences',
  },

  { name: 'member-devices', as: 'Mei', path: () => '/', shows: () => 'Kitchen' },
  { name: 'member-device', as: 'Mei', path: keys => `/devices/${keys.device}`, shows: t => t.sharing.leave },
  { name: 'member-alarm', as: 'Mei', path: keys => `/alarms/${keys.alarm}`, shows: t => t.alarm.receipts },

  { name: 'fleet', as: 'operator', path: () => '/fleet', shows: t => t.telling.undelivered.again },
  { name: 'operators', as: 'operator', path: () => '/fleet/operators', shows: t => t.operators.waiting },
  {
    name: 'operator-remove',
    as: 'operator',
    path: () => '/fleet/operators',
    shows: t => t.operators.takeDown.text,
    open: press(t => t.operators.takeDown.button, false),
  },
  {
    name: 'operator-offer',
    as: 'Bo',
    path: keys => `/operator/${keys.operator}`,
    shows: t => t.operators.accept,
  },
  {
    name: 'operator-offer-signed-out',
    as: null,
    path: keys => `/operator/${keys.operator}`,
    shows: t => t.operators.offerSignIn,
  },
  {
    name: 'operator-offer-over',
    as: null,
    path: () => `/operator/${'x'.repeat(43)}`,
    shows: t => t.operators.overText,
  },
  { name: 'operator-devices', as: 'operator', path: () => '/', shows: t => t.home.emptyText },
];
