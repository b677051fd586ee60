// The sentences about the modes of a home by the clock.
import type { SameSentences } from './same-sentences.js';

const en = {
  title: 'Modes by the clock',
  link: 'Modes by the clock',
  lead: 'When {{home}} changes its mode by itself, by its own clocks ({{zone}}).',
  week: 'The week',
  none: 'No switch yet: the mode changes only when somebody changes it.',
  add: 'Add a switch',
  remove: 'Remove',
  saved: 'Saved.',
  hint: 'A mode that you choose yourself holds until the next switch. A time that the clocks leave out in spring comes when they are set; one that they show twice in autumn comes once.',
  days: 'Days',
  at: 'Time',
  modeLabel: 'Mode',
  mode: { home: 'Home', away: 'Away', night: 'Night' },
  past: 'Next, and before',
  next: 'Next: {{mode}}, {{time}}.',
  byPlan: 'by the plan',
};

const zh: SameSentences<typeof en> = {
  title: '定时模式',
  link: '定时模式',
  lead: '{{home}}按当地时间（{{zone}}）自动切换模式。',
  week: '一周',
  none: '尚无定时：只有人切换时模式才会改变。',
  add: '添加一项',
  remove: '删除',
  saved: '已保存。',
  hint: '您手动选择的模式保持到下一次定时切换。春季拨快时被跳过的时刻在拨钟时执行；秋季出现两次的时刻只执行一次。',
  days: '星期',
  at: '时间',
  modeLabel: '模式',
  mode: { home: '在家', away: '外出', night: '夜间' },
  past: '接下来与之前',
  next: '接下来：{{mode}}，{{time}}。',
  byPlan: '按计划',
};

export const planTexts = { en, zh };
