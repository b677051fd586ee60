// Every sentence of the pages in English; the other languages have the same shape.
import { accountTexts } from './subjects/account.js';
import { alarmTexts } from './subjects/alarm.js';
import { deviceTexts } from './subjects/device.js';
import { fleetTexts } from './subjects/fleet.js';
import { frameTexts } from './subjects/frame.js';
import { homeTexts } from './subjects/home.js';
import { leavingTexts } from './subjects/leaving.js';
import { messageLinkTexts } from './subjects/message-link.js';
import { operatorTexts } from './subjects/operators.js';
import { pastTexts } from './subjects/past.js';
import { planTexts } from './subjects/plan.js';
import { possessionTexts } from './subjects/possession.js';
import { reachTexts } from './subjects/reach.js';
import { ruleTexts } from './subjects/rule.js';
import type { SameSentences } from './subjects/same-sentences.js';
import { scanTexts } from './subjects/scan.js';
import { settingsTexts } from './subjects/settings.js';
import { sharingTexts } from './subjects/sharing.js';
import { tellingTexts } from './subjects/telling.js';
import { whyTexts } from './subjects/why.js';

export const en = {
  ...frameTexts.en,
  account: accountTexts.en,
  home: homeTexts.en,
  sharing: sharingTexts.en,
  ...whyTexts.en,
  rule: ruleTexts.en,
  past: pastTexts.en,
  plan: planTexts.en,
  leaving: leavingTexts.en,
  device: deviceTexts.en,
  alarm: alarmTexts.en,
  scan: scanTexts.en,
  possession: possessionTexts.en,
  settings: settingsTexts.en,
  reach: reachTexts.en,
  messageLink: messageLinkTexts.en,
  fleet: fleetTexts.en,
  operators: operatorTexts.en,
  telling: tellingTexts.en,
};

export type Texts = SameSentences<typeof en>;
