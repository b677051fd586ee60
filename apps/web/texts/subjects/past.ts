// The sentences about devices that one had, and what becomes of what they recorded.
import type { SameSentences } from './same-sentences.js';

const en = {
  title: 'Devices you had',
  lead: 'What a device recorded while it was yours is still yours, and nobody else sees it. You can have it erased for ever. What a device records now stays as long as it is yours, because its alarms need it.',
  none: 'No device was yours before.',
  time: '{{from}} to {{to}}',
  kept: 'Its history is kept.',
  erasing: 'It is being erased. That goes on by itself; you can leave this page.',
  erased: 'Erased: {{time}}',
  erase: 'Erase the history',
  ask: 'Erase what {{name}} recorded?',
  askText:
    'Measurements, events, pictures and alarms from that time go, and what you were told of them. Nobody can bring them back. What other people were told stays with them. You get a signed certificate.',
  confirm: 'Erase for ever',
  certificate: 'Download the certificate',
  choice: 'What it recorded while it was yours',
  keep: 'Keep it',
  away: 'Erase it',
  awayConfirm: 'Give up and erase',
  keepHint: 'Only you can see it; you can erase it later under “Your data”.',
  awayHint: 'It is erased for ever, and you get a signed certificate under “Your data”.',
  offerErases: 'What it recorded is erased then.',
  awayLater: 'When the device is taken, it is erased for ever; the certificate is under “Your data” then.',
};

const zh: SameSentences<typeof en> = {
  title: '您曾拥有的设备',
  lead: '设备归您期间的历史记录仍属于您，别人看不到。您可以把它永久删除。现在归您的设备，其记录会一直保留，因为告警需要它。',
  none: '没有曾经归您、现在不再归您的设备。',
  time: '{{from}}至{{to}}',
  kept: '历史记录已保留。',
  erasing: '正在删除。删除会自动继续，您可以离开本页。',
  erased: '已删除：{{time}}',
  erase: '删除历史记录',
  ask: '删除“{{name}}”的历史记录？',
  askText:
    '那段时间的测量值、事件、照片和告警，以及您收到的相关通知，都会被删除，无法恢复。别人收到的通知仍归他们。您会得到一份带签名的删除证明。',
  confirm: '永久删除',
  certificate: '下载删除证明',
  choice: '归您期间的历史记录',
  keep: '保留',
  away: '删除',
  awayConfirm: '放弃并删除',
  keepHint: '只有您能看到；以后可以在“您的数据”中删除。',
  awayHint: '将被永久删除；您可以在“您的数据”中得到带签名的删除证明。',
  offerErases: '届时其历史记录将被删除。',
  awayLater: '设备被接受时永久删除；届时可以在“您的数据”中得到删除证明。',
};

export const pastTexts = { en, zh };
