// The sentences about who looks after the gateway.
import type { SameSentences } from './same-sentences.js';

const en = {
  title: 'Operators',
  lead: 'Operators make devices, watch the fleet and see to what goes wrong. All of them may do the same.',
  who: 'Who looks after this gateway',
  alone:
    'You are the only one. If you lose your way in, somebody has to get to the gateway’s machine: let a second one in.',
  you: '{{name}} (you)',
  invite: 'Let one more in',
  linkTitle: 'Send this link to one person whom you trust',
  linkText:
    'Whoever opens it becomes an operator. It works once, until {{time}}, and takes the place of an earlier one. It is shown this once.',
  linkLabel: 'Link that makes an operator',
  waiting: 'Link, not used yet',
  stepDown: {
    button: 'Step down',
    ask: 'Step down as an operator?',
    text: 'You keep your account and your devices. Only another operator can let you in again.',
  },
  takeDown: {
    button: 'Take down',
    ask: 'Take {{name}} down?',
    text: 'They lose an operator’s rights at this moment, and keep their account and their devices. What they know of secrets stays in their head: give programs new ones.',
  },
  acts: 'What happened',
  noActs: 'Nothing yet.',
  offerTitle: '{{name}} wants you as an operator',
  offerTitleMachine: 'You are wanted as an operator',
  offerText:
    'An operator looks after this whole gateway: makes devices, sees how each of them is and what it raised, and can take one from its owner.',
  offerUntil: 'This can be accepted until {{time}}.',
  offerAs: 'You are signed in as {{name}} ({{email}}).',
  offerSignIn: 'Sign in to accept, or create an account first. The link stays as it is until then.',
  accept: 'Become an operator',
  already: 'You are an operator already. Send the link to whom it is meant for.',
  overTitle: 'This link cannot be used',
  overText: 'It was used, withdrawn, or is too old. Ask an operator for a new one.',
};

const zh: SameSentences<typeof en> = {
  title: '运营者',
  lead: '运营者登记设备、看护设备群，并处理故障。所有运营者的权限相同。',
  who: '谁在照看这台网关',
  alone: '目前只有您一位。如果您无法登录，就必须有人到网关本机上处理：请再邀请一位。',
  you: '{{name}}（您）',
  invite: '再邀请一位',
  linkTitle: '把这个链接发给一位您信任的人',
  linkText:
    '打开并确认的人将成为运营者。只能使用一次，{{time}} 前有效，之前的链接随即失效。链接只显示这一次。',
  linkLabel: '成为运营者的链接',
  waiting: '链接尚未使用',
  stepDown: {
    button: '卸任',
    ask: '不再担任运营者？',
    text: '您的账户和设备保持不变。之后只有其他运营者可以再次邀请您。',
  },
  takeDown: {
    button: '免去',
    ask: '免去“{{name}}”的运营者身份？',
    text: '对方立即失去运营者权限，账户和设备保持不变。对方已知的密钥无法收回：请为程序更换新的密钥。',
  },
  acts: '发生过什么',
  noActs: '还没有记录。',
  offerTitle: '{{name}} 邀请您成为运营者',
  offerTitleMachine: '邀请您成为运营者',
  offerText: '运营者照看整台网关：登记设备，查看每台设备的状态和告警，并可解除设备与主人的绑定。',
  offerUntil: '{{time}} 前可以接受。',
  offerAs: '您已登录为 {{name}}（{{email}}）。',
  offerSignIn: '请先登录或创建账户，再接受邀请。在此之前，链接保持有效。',
  accept: '成为运营者',
  already: '您已经是运营者。请把链接发给您想邀请的人。',
  overTitle: '这个链接无法使用',
  overText: '它已被使用、已撤回，或已过期。请向运营者索取新的链接。',
};

export const operatorTexts = { en, zh };
