// The sentences about what is removed for good: a home.
import type { SameSentences } from './same-sentences.js';

const en = {
  home: 'Remove this home',
  homeText: 'Its members, rooms, contacts and week go with it. Its devices move into another home of yours.',
  homeButton: 'Remove the home …',
  homeAsk: 'Remove “{{home}}”?',
  homeWarning: 'Nobody whom you let in here sees anything of it any more. This cannot be undone.',
  homeConfirm: 'Remove it',
  moveTo: 'Devices in it: {{count}}. They move to',
};

const zh: SameSentences<typeof en> = {
  home: '删除这个家',
  homeText: '成员、房间、联系人和每周计划会一并删除，设备会移到您的另一个家。',
  homeButton: '删除这个家……',
  homeAsk: '删除“{{home}}”？',
  homeWarning: '您邀请到这里的人将无法再看到任何内容。此操作无法撤销。',
  homeConfirm: '删除',
  moveTo: '其中的设备：{{count}}。移到',
};

export const leavingTexts = { en, zh };
