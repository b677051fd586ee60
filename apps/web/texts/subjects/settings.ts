// The sentences about a person's settings and what is held about them.
import type { SameSentences } from './same-sentences.js';

const en = {
  title: 'Settings',
  language: 'Language',
  add: 'Add',
  remove: 'Remove',
  removeText: 'Nothing is sent to {{url}} any more.',
  secretTitle: 'The key of the signature',
  secretText: 'It is shown this once. Copy it now to where the messages arrive.',
  copy: 'Copy',
  copied: 'Copied',
  secretDone: 'I have kept it',
  lastReceipt: 'Last: {{outcome}}, {{time}}',
  channels: 'Ways to you',
  inApp: 'This page, live while it is open',
  channelsText: 'Mail, messages to this browser, WeCom, ntfy, webhooks, and the contacts of your home.',
  account: 'Account',
  ownData: 'Your data',
  ownDataText:
    'All that this gateway holds about you, as one file: account, homes, devices, what they measured while they were yours, alarms, messages. No password and no key is in it; other people are “somebody”.',
  download: 'Download my data',
};

const zh: SameSentences<typeof en> = {
  title: '设置',
  language: '语言',
  add: '添加',
  remove: '移除',
  removeText: '不再向 {{url}} 发送任何内容。',
  secretTitle: '签名密钥',
  secretText: '密钥只显示这一次。请立即复制到接收消息的地方。',
  copy: '复制',
  copied: '已复制',
  secretDone: '我已保存',
  lastReceipt: '最近一次：{{outcome}}，{{time}}',
  channels: '通知您的渠道',
  inApp: '本页面：打开时实时显示',
  channelsText: '邮件、此浏览器的推送、企业微信、ntfy、Webhook，以及家的联系人。',
  account: '账户',
  ownData: '您的数据',
  ownDataText:
    '本网关保存的关于您的全部数据，汇成一个文件：账户、家、设备、设备归您期间的测量值、告警和消息。其中不含密码和密钥；其他人只写作“somebody”。',
  download: '下载我的数据',
};

export const settingsTexts = { en, zh };
