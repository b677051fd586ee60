// The sentences that lead from a scanned code to a bound device.
import type { SameSentences } from './same-sentences.js';

const en = {
  what: 'Your new device',
  signIn: 'Sign in to go on',
  signUp: 'Create an account',
  signInText: 'You need an account on this gateway to bind the device to you.',
  proveTitle: 'Show that it is in your hands',
  button: 'Press the button on the device once.',
  buttonText: 'This keeps anyone who only has a photo of the code from taking it.',
  waiting: 'Waiting for the button …',
  pin: 'Enter the PIN from the label inside the box.',
  pinLabel: 'PIN',
  pinHint: '6 to 12 digits',
  provisioned:
    'You put this device on the Wi-Fi. Enter the number that was shown at the end, within five minutes.',
  nonceLabel: 'Number of the provisioning',
  nonceHint: '32 digits and letters a–f',
  none: 'This device needs no proof. Whoever binds it first owns it.',
  opened: 'That is it. The device is in your hands.',
  left: 'Time left: {{seconds}} s',
  name: 'What shall we call it?',
  nameHint: 'For example “Kitchen”',
  bind: 'Bind',
  binding: 'Binding …',
  strangerTitle: 'This device has an owner',
  strangerText:
    'If it is yours, sign in with the account that bound it. If you got it from somebody, ask them to hand it over or give it up first, or reset it at the device.',
  invalidTitle: 'Not a code of ours',
  invalidText: 'Check that you scanned the code on the label of the device, and that nothing covers it.',
  oldTitle: 'This label was replaced',
  oldText: 'There is a newer label for this device. Scan that one.',
  link: 'About the product',
};

const zh: SameSentences<typeof en> = {
  what: '您的新设备',
  signIn: '登录后继续',
  signUp: '创建账户',
  signInText: '绑定设备需要这台网关上的账户。',
  proveTitle: '证明设备在您手里',
  button: '按一下设备上的按键。',
  buttonText: '这样，只有一张二维码照片的人就无法拿走它。',
  waiting: '正在等待按键……',
  pin: '输入包装盒内标签上的 PIN 码。',
  pinLabel: 'PIN 码',
  pinHint: '6 到 12 位数字',
  provisioned: '您已为这台设备配网。请在五分钟内输入配网结束时显示的号码。',
  nonceLabel: '配网号码',
  nonceHint: '32 位数字和字母 a–f',
  none: '这台设备无需证明。谁先绑定，就归谁。',
  opened: '好了，设备在您手里。',
  left: '剩余时间：{{seconds}} 秒',
  name: '给它起个名字',
  nameHint: '例如“厨房”',
  bind: '绑定',
  binding: '正在绑定……',
  strangerTitle: '这台设备已有主人',
  strangerText:
    '如果它是您的，请用绑定它的账户登录。如果是别人转给您的，请先让对方转让或放弃它，或者在设备上重置。',
  invalidTitle: '这不是我们的设备码',
  invalidText: '请确认您扫描的是设备标签上的二维码，并且没有被遮挡。',
  oldTitle: '这张标签已被替换',
  oldText: '这台设备有更新的标签，请扫描新标签。',
  link: '了解这款产品',
};

export const scanTexts = { en, zh };
