// Words that the gateway writes into timelines, ledgers and receipts; an unknown one is shown as it is.
import type { BindingStateName, Locale } from '#codecs/api';

type Words = Readonly<Record<string, string>>;
type Book = 'alarm' | 'ledger' | 'actor' | 'proof' | 'channel' | 'receipt';

const words: Record<Locale, Record<Book, Words>> = {
  en: {
    alarm: {
      raised: 'Alarm raised',
      worse: 'It became worse',
      corrected: 'Began earlier than was told',
      unsteady: 'Comes and goes, held open',
      shelved: 'No repeats for a while',
      suppressed: 'Explained by another alarm',
      awaited: 'The hub is back, waiting for this device',
      released: 'No longer explained by another alarm',
      commented: 'Remark',
      acknowledged: 'Seen by a person',
      calm: 'Level normal again',
      back: 'It came back',
      cleared: 'Over',
    },
    ledger: {
      registered: 'Registered',
      'window-opened': 'Button pressed',
      claimed: 'Binding begun',
      bound: 'Bound',
      released: 'Given away',
      'reset-at-device': 'Reset at the device',
      'proof-refused': 'Wrong proof',
      'credential-contested': 'Two clients with its credential',
      renamed: 'Renamed',
      joined: 'Accepted an invitation',
      'let-in': 'Let in who had asked',
      left: 'Left',
      revoked: 'Took a share back',
      'share-ended': 'A share came to its end',
      moved: 'Moved to another home',
    },
    actor: {
      owner: 'the owner',
      you: 'you',
      device: 'at the device',
      operator: 'the operator',
      somebody: 'somebody',
      gateway: 'the gateway',
    },
    proof: {
      button: 'button at the device',
      pin: 'PIN from the box',
      provisioned: 'fresh Wi-Fi setup',
      none: 'no proof needed',
    },
    channel: { 'in-app': 'On this page', webhook: 'Webhook', mail: 'Mail', 'web-push': 'Web push' },
    receipt: {
      due: 'Under way',
      accepted: 'Delivered',
      refused: 'Refused',
      dead: 'Given up',
      cancelled: 'No longer needed',
      raised: 'alarm',
      repeat: 'repeat',
      acknowledged: 'seen',
      calm: 'level normal',
      cleared: 'over',
    },
  },
  zh: {
    alarm: {
      raised: '发出告警',
      worse: '情况加重',
      corrected: '更正：开始得更早',
      unsteady: '反复变化，保持告警',
      shelved: '暂停重复提醒',
      suppressed: '由另一告警引起',
      awaited: '中枢已恢复，等待此设备',
      released: '不再由另一告警引起',
      commented: '备注',
      acknowledged: '有人已知悉',
      calm: '读数恢复正常',
      back: '再次出现',
      cleared: '结束',
    },
    ledger: {
      registered: '登记',
      'window-opened': '按下按键',
      claimed: '开始绑定',
      bound: '绑定',
      released: '转让',
      'reset-at-device': '在设备上重置',
      'proof-refused': '证明错误',
      'credential-contested': '凭据被两处同时使用',
      renamed: '改名',
      joined: '接受邀请',
      'let-in': '同意了申请',
      left: '退出共享',
      revoked: '收回共享',
      'share-ended': '共享到期',
      moved: '移到另一个家',
    },
    actor: {
      owner: '主人',
      you: '您',
      device: '设备上',
      operator: '运营者',
      somebody: '某人',
      gateway: '网关',
    },
    proof: {
      button: '设备按键',
      pin: '盒内 PIN 码',
      provisioned: '刚刚配网',
      none: '无需证明',
    },
    channel: { 'in-app': '本页面', webhook: 'Webhook', mail: '邮件', 'web-push': '网页推送' },
    receipt: {
      due: '进行中',
      accepted: '已送达',
      refused: '被拒绝',
      dead: '已放弃',
      cancelled: '不再需要',
      raised: '告警',
      repeat: '再次提醒',
      acknowledged: '已知悉',
      calm: '读数正常',
      cleared: '结束',
    },
  },
};

export const bindingStateTexts: Record<Locale, Record<BindingStateName, string>> = {
  en: {
    registered: 'New',
    claimable: 'Button pressed',
    pending: 'Being bound',
    bound: 'Bound',
    released: 'Given away',
    locked: 'Locked',
    retired: 'Retired',
  },
  zh: {
    registered: '新设备',
    claimable: '已按键',
    pending: '绑定中',
    bound: '已绑定',
    released: '已转让',
    locked: '已锁定',
    retired: '已停用',
  },
};

export function wordText(locale: Locale, book: Book, word: string): string {
  return words[locale][book][word] ?? word;
}

export const wordBooks = words;
