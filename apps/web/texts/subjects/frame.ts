// The sentences around every page: where one can go, what every form says, and what stands there when nothing does.
import type { SameSentences } from './same-sentences.js';

const en = {
  nav: {
    main: 'Main',
    devices: 'Devices',
    alarms: 'Alarms',
    settings: 'Settings',
    fleet: 'Fleet',
    skip: 'Skip to the content',
    home: 'Airbind, to my devices',
  },
  common: {
    notCertified:
      'Airbind is not a certified alarm system. The detector in the room decides first: when it sounds, act on it.',
    loading: 'Loading',
    retry: 'Try again',
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    back: 'Back',
    wentWrong: 'That did not work',
    check: 'Please look at: {{fields}}',
    fields: {
      email: 'mail address',
      password: 'password',
      name: 'name',
      url: 'address',
      message: 'message',
      text: 'text',
      at: 'time',
    },
    waitSeconds: 'Try again in {{seconds}} s.',
    language: 'Language',
  },
  live: {
    lost: 'Connection lost, retrying. What you see may be old.',
    open: 'Live',
  },
  missing: {
    title: 'Nothing here',
    text: 'This page does not exist, or it is not for you.',
    home: 'To my devices',
  },
};

const zh: SameSentences<typeof en> = {
  nav: {
    main: '主导航',
    devices: '设备',
    alarms: '告警',
    settings: '设置',
    fleet: '设备群',
    skip: '跳到正文',
    home: 'Airbind，回到我的设备',
  },
  common: {
    notCertified: 'Airbind 不是经过认证的报警系统。请以房间里的探测器为准：它一响，就立即行动。',
    loading: '正在加载',
    retry: '重试',
    cancel: '取消',
    close: '关闭',
    save: '保存',
    back: '返回',
    wentWrong: '没有成功',
    check: '请检查：{{fields}}',
    fields: {
      email: '邮箱',
      password: '密码',
      name: '名称',
      url: '地址',
      message: '留言',
      text: '文字',
      at: '时间',
    },
    waitSeconds: '请在 {{seconds}} 秒后重试。',
    language: '语言',
  },
  live: { lost: '连接已断开，正在重试。您看到的可能不是最新状态。', open: '实时' },
  missing: { title: '这里什么也没有', text: '页面不存在，或者不对您开放。', home: '回到我的设备' },
};

export const frameTexts = { en, zh };
