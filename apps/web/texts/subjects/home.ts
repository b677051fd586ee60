// The sentences of the first page: whether all is calm at home, and in which mode it is.
import type { SameSentences } from './same-sentences.js';

const en = {
  title: 'My devices',
  calm: 'All is calm',
  calmText: 'Every device is heard. No alarm is open.',
  alarm: 'An alarm is open',
  alarmText: 'Open alarms: {{count}}',
  blind: 'Not everything is heard',
  blindText: 'Devices that are silent: {{count}}. We cannot say how it is there.',
  cutOff: 'This page is cut off',
  cutOffText: 'We are trying to reach the gateway again.',
  emptyTitle: 'No device yet',
  emptyText: 'Scan the code on a device with the camera of your phone. It opens a page that guides you.',
  emptySteps: 'Scan the code|Press the button on the device|Give it a name',
  mode: 'Mode of {{home}}',
  modeHome: 'Home',
  modeAway: 'Away',
  modeNight: 'Night',
  modeHintHome:
    'A door that opens raises no alarm; one that stays open does remind you. Gas and CO are watched as always.',
  modeHintAway:
    'You have a moment to leave. From then on a door that opens raises an alarm after its entry delay, unless you switch to Home in time. Doors left open, gas and CO are watched as always.',
  modeHintNight:
    'After a moment, a door that opens raises an alarm after its entry delay, unless you switch to Home in time. Doors left open, gas and CO are watched as always.',
};

const zh: SameSentences<typeof en> = {
  title: '我的设备',
  calm: '一切平静',
  calmText: '每台设备都有回音，没有未结束的告警。',
  alarm: '有告警未结束',
  alarmText: '未结束的告警：{{count}}',
  blind: '有设备没有回音',
  blindText: '没有回音的设备：{{count}}。我们无法判断那里的情况。',
  cutOff: '页面与网关断开了',
  cutOffText: '正在重新连接网关。',
  emptyTitle: '还没有设备',
  emptyText: '用手机相机扫描设备上的二维码，打开的页面会一步步带您完成。',
  emptySteps: '扫描二维码|按一下设备上的按键|给它起个名字',
  mode: '{{home}}的模式',
  modeHome: '在家',
  modeAway: '外出',
  modeNight: '夜间',
  modeHintHome: '开门不会告警，忘记关门会提醒您。燃气和一氧化碳始终看护。',
  modeHintAway:
    '留出片刻让您出门；之后开门，会在进门延时后告警，除非您及时切换到“在家”。忘记关门会提醒您，燃气和一氧化碳始终看护。',
  modeHintNight:
    '片刻之后开门，会在进门延时后告警，除非您及时切换到“在家”。忘记关门会提醒您，燃气和一氧化碳始终看护。',
};

export const homeTexts = { en, zh };
