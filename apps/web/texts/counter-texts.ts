// What the gateway counts, in words for its operator; reasons and clauses keep the names that the docs have for them.
import type { Locale } from '#codecs/api';

const counts: Record<Locale, Readonly<Record<string, string>>> = {
  en: {
    inputs: 'Messages kept',
    duplicates: 'Messages that came twice',
    malformed: 'Messages that could not be read',
    condemned: 'Messages set aside',
    batches: 'Commits',
    largestBatch: 'Most messages in one commit',
    refused: 'Messages refused',
    untold: 'Commits whose news could not be told',
    'connections.open': 'Connections now',
    'connections.total': 'Connections so far',
    'sessions.open': 'Sessions now',
    'sessions.forgotten': 'Sessions forgotten',
    logins: 'Logins',
    messages: 'Messages received',
    acknowledged: 'Messages acknowledged',
    takeovers: 'Connections taken over by a newer one',
    wills: 'Last wills',
    'wills-held-back': 'Last wills held back',
    told: 'Messages sent to devices',
    'fanned-out': 'Messages passed to applications',
    unkept: 'Changes to mailboxes that were not kept',
  },
  zh: {
    inputs: '已保存的消息',
    duplicates: '重复的消息',
    malformed: '无法读取的消息',
    condemned: '搁置的消息',
    batches: '提交次数',
    largestBatch: '单次提交最多消息数',
    refused: '拒绝的消息',
    untold: '未能转告的提交',
    'connections.open': '当前连接',
    'connections.total': '累计连接',
    'sessions.open': '当前会话',
    'sessions.forgotten': '已遗忘的会话',
    logins: '登录次数',
    messages: '收到的消息',
    acknowledged: '已确认的消息',
    takeovers: '被新连接取代',
    wills: '遗嘱消息',
    'wills-held-back': '暂缓的遗嘱消息',
    told: '发给设备的消息',
    'fanned-out': '转给应用的消息',
    unkept: '未能保存的信箱变更',
  },
};

const families: Record<Locale, Readonly<Record<string, string>>> = {
  en: { refused: 'Refused', clause: 'Against a clause of MQTT' },
  zh: { refused: '拒绝', clause: '违反 MQTT 条款' },
};

export interface CounterText {
  readonly text: string;
  /** What a family of counters has one of for each; null: it stands alone. */
  readonly code: string | null;
}

export function counterText(locale: Locale, name: string): CounterText {
  const text = counts[locale][name];
  if (text !== undefined) return { text, code: null };
  const [family = '', ...rest] = name.split('.');
  const known = families[locale][family];
  return known === undefined ? { text: '', code: name } : { text: known, code: rest.join('.') };
}

export const counterWords = counts;
