// The sentences about how a person wants to be told, and about what could not be delivered, in every language.

const en = {
  title: 'How you want to be told',
  lead: 'Choose what may wait, and which way is tried first.',
  waiting: 'What may wait',
  always:
    'Life safety always comes at once, by day and by night: gas, smoke, carbon monoxide, water. Security does too.',
  quiet: 'Quiet hours: technical matters and information wait until they are over',
  from: 'From',
  to: 'Until',
  digest: 'Technical matters and information come once a day, as one message',
  at: 'At',
  zone: 'By the clocks of {{zone}}',
  order: 'Which way first',
  orderText: 'A way that you have not added is passed over. All of it is on this page in any case.',
  class: { L: 'Life safety', S: 'Security', T: 'Technical', I: 'Information' },
  classText: {
    L: 'Gas, smoke, carbon monoxide, water. When nobody answers, the next way is tried.',
    S: 'A door or movement while the home is armed, tampering.',
    T: 'A device is silent, a battery is low, something is broken.',
    I: 'What is good to know, such as stale air.',
  },
  usual: 'The usual order',
  earlier: 'Earlier',
  neverOff: 'Life safety cannot be turned off: what you leave out here is tried last.',
  pageOnly: 'You see it on this page only.',
  saved: 'Saved.',
  undelivered: {
    title: 'Messages that could not be delivered',
    text: 'The newest that were refused, or given up after many attempts. Sent again, each keeps its number, so that nobody counts it twice.',
    none: 'None. Everything was delivered, or is on its way.',
    attempts_one: '{{count}} attempt',
    attempts_other: '{{count}} attempts',
    again: 'Send again',
    all: 'Send all of them again',
    sent_one: '{{count}} is on its way again.',
    sent_other: '{{count}} are on their way again.',
    gone: 'None went out: the way that it was for is gone.',
  },
};

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

const zh: Texts<typeof en> = {
  title: '您希望如何接收通知',
  lead: '选择哪些可以稍后再说，以及先用哪种方式。',
  waiting: '哪些可以等',
  always: '生命安全告警（燃气、烟雾、一氧化碳、漏水）不分昼夜，总是立即通知。安防告警也一样。',
  quiet: '免打扰时段：技术类和信息类消息等时段结束后再发',
  from: '从',
  to: '到',
  digest: '技术类和信息类消息每天合并为一条发送',
  at: '时间',
  zone: '按 {{zone}} 的时间',
  order: '先用哪种方式',
  orderText: '您没有添加的方式会被跳过。所有消息总能在本页面看到。',
  class: { L: '生命安全', S: '安防', T: '技术', I: '信息' },
  classText: {
    L: '燃气、烟雾、一氧化碳、漏水。无人响应时会尝试下一种方式。',
    S: '布防时门被打开或有人移动、设备被拆动。',
    T: '设备没有消息、电量不足、发生故障。',
    I: '值得了解的情况，例如空气不新鲜。',
  },
  usual: '使用默认顺序',
  earlier: '提前',
  neverOff: '生命安全通知无法关闭：在这里取消的方式会最后尝试。',
  pageOnly: '只在本页面显示。',
  saved: '已保存。',
  undelivered: {
    title: '未能送达的消息',
    text: '最近被拒绝或多次尝试后放弃的消息。重新发送时编号不变，不会被重复计算。',
    none: '没有。所有消息都已送达或正在发送。',
    attempts_one: '尝试 {{count}} 次',
    attempts_other: '尝试 {{count}} 次',
    again: '重新发送',
    all: '全部重新发送',
    sent_one: '{{count}} 条正在重新发送。',
    sent_other: '{{count}} 条正在重新发送。',
    gone: '没有发出：原来的通知方式已不存在。',
  },
};

export const tellingTexts = { en, zh };
