// The sentences of the pages that a link in a message opens.
import type { SameSentences } from './same-sentences.js';

const en = {
  confirm: {
    ask: 'May messages come here?',
    done: 'Confirmed',
    text: 'Messages about {{about}} go to {{address}}.',
    act: 'Yes, confirm',
  },
  arrived: {
    ask: 'Has the message arrived?',
    done: 'Thank you, it has arrived',
    text: 'So it is known that this way works: {{address}}.',
    act: 'Yes, it has',
  },
  unsubscribe: {
    ask: 'Fewer messages?',
    done: 'Only life safety from now on',
    text: 'From then on only what is about life safety goes to {{address}}, such as gas, smoke and carbon monoxide. It can be changed in the settings.',
    act: 'Only life safety',
  },
  acknowledge: {
    ask: 'Have you seen this alarm?',
    done: 'Somebody has seen it',
    text: 'Pressing the button says that you have seen it, and stops the repeated messages. It does not end the alarm.',
    act: 'I have seen it',
  },
  over: 'This alarm is over.',
  since: 'since {{time}}',
};

const zh: SameSentences<typeof en> = {
  confirm: {
    ask: '可以向这里发送消息吗？',
    done: '已确认',
    text: '有关 {{about}} 的消息将发送到 {{address}}。',
    act: '是的，确认',
  },
  arrived: {
    ask: '消息收到了吗？',
    done: '谢谢，已收到',
    text: '这样就知道此方式有效：{{address}}。',
    act: '收到了',
  },
  unsubscribe: {
    ask: '减少消息？',
    done: '此后只发送生命安全消息',
    text: '此后只有燃气、烟雾、一氧化碳等生命安全消息会发送到 {{address}}。可在设置中更改。',
    act: '只要生命安全消息',
  },
  acknowledge: {
    ask: '您看到这条告警了吗？',
    done: '已有人看到',
    text: '按下按钮表示您已看到，并停止重复消息，但不会结束告警。',
    act: '我知道了',
  },
  over: '此告警已结束。',
  since: '自 {{time}} 起',
};

export const messageLinkTexts = { en, zh };
