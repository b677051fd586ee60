// Every sentence of the pages in Chinese.
import type { Texts } from './en.js';
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
import { scanTexts } from './subjects/scan.js';
import { settingsTexts } from './subjects/settings.js';
import { sharingTexts } from './subjects/sharing.js';
import { tellingTexts } from './subjects/telling.js';
import { whyTexts } from './subjects/why.js';

export const zh: Texts = {
  ...frameTexts.zh,
  account: accountTexts.zh,
  home: homeTexts.zh,
  sharing: sharingTexts.zh,
  ...whyTexts.zh,
  rule: ruleTexts.zh,
  past: pastTexts.zh,
  plan: planTexts.zh,
  leaving: leavingTexts.zh,
  device: deviceTexts.zh,
  alarm: alarmTexts.zh,
  scan: scanTexts.zh,
  possession: possessionTexts.zh,
  settings: settingsTexts.zh,
  reach: reachTexts.zh,
  messageLink: messageLinkTexts.zh,
  fleet: fleetTexts.zh,
  operators: operatorTexts.zh,
  telling: tellingTexts.zh,
};
