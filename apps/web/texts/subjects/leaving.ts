// The sentences about what is removed for good: a home, an account.
import type { SameSentences } from './same-sentences.js';

const en = {
  home: 'Remove this home',
  homeText: 'Its members, rooms, contacts and week go with it. Its devices move into another home of yours.',
  homeButton: 'Remove the home …',
  homeAsk: 'Remove “{{home}}”?',
  homeWarning: 'Nobody whom you let in here sees anything of it any more. This cannot be undone.',
  homeConfirm: 'Remove it',
  moveTo: 'Devices in it: {{count}}. They move to',
  account: 'Delete my account',
  accountText: 'With your devices’ histories, homes and everything else that this gateway holds about you.',
  goes: 'What goes',
  goesList:
    'Your devices are nobody’s again, also one that you have reported stolen; their alarms end|What they measured and recorded while they were yours is erased|Your homes with members, rooms, contacts and plans; whoever you let in sees nothing any more|What others have shared with you|Messages to you, sent or not; ways to reach you; sessions; wishes',
  stays: 'What stays',
  staysList:
    'Whose a device was when, without your name and address|What you wrote to others, and what they were told',
  sure: 'Are you sure?',
  sureText: 'Download your data first if you want a copy. Then type the password of {{email}} once more.',
  noPassword: 'Without a password: sign in by a new link, and do this within 15 minutes.',
  button: 'Delete my account …',
  ask: 'Delete your account?',
  warning: 'From this moment on you cannot sign in any more. Nobody can undo it.',
  confirm: 'Delete it for ever',
  goingTitle: 'Your account is being deleted',
  goingText: 'Nobody can sign in to it any more. It can take some minutes until everything is erased.',
  goneTitle: 'Your account is deleted',
  goneText: 'The certificate says what was removed. It is signed by the gateway, and does not name you.',
  keep: 'Keep this link: until {{time}} the certificate can be fetched by it, and by nothing else.',
  download: 'Download the certificate',
};

const zh: SameSentences<typeof en> = {
  home: '删除这个家',
  homeText: '成员、房间、联系人和每周计划会一并删除，设备会移到您的另一个家。',
  homeButton: '删除这个家……',
  homeAsk: '删除“{{home}}”？',
  homeWarning: '您邀请到这里的人将无法再看到任何内容。此操作无法撤销。',
  homeConfirm: '删除',
  moveTo: '其中的设备：{{count}}。移到',
  account: '注销我的账户',
  accountText: '连同设备的历史、您的家，以及本网关保存的关于您的一切。',
  goes: '将被删除',
  goesList:
    '您的设备不再属于任何人（包括已报告被盗的设备），其告警随之结束|设备归您期间测量和记录的内容|您的家及其成员、房间、联系人和计划；您邀请的人将无法再看到任何内容|他人与您共享的内容|发给您的消息（无论是否已送达）、联系您的渠道、登录会话和偏好',
  stays: '将会保留',
  staysList: '设备在何时属于谁的记录，不含您的姓名和地址|您写给他人的内容，以及他人收到的通知',
  sure: '确定吗？',
  sureText: '如需副本，请先下载您的数据。然后再次输入 {{email}} 的密码。',
  noPassword: '没有密码：请用新的登录链接登录，并在 15 分钟内操作。',
  button: '注销我的账户……',
  ask: '注销您的账户？',
  warning: '从此刻起您将无法再登录。此操作任何人都无法撤销。',
  confirm: '永久注销',
  goingTitle: '正在注销您的账户',
  goingText: '已无法再登录该账户。清除全部内容可能需要几分钟。',
  goneTitle: '您的账户已注销',
  goneText: '证书列出已删除的内容，由网关签名，其中不含您的姓名。',
  keep: '请保存此链接：{{time}} 之前只能通过它获取证书。',
  download: '下载证书',
};

export const leavingTexts = { en, zh };
