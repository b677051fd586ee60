// What became of a message in words: the gateway writes it down in English; codes of others stay as they are.
import type { Locale } from '#codecs/api';

/** As `libs/adapters/channels` and `libs/domain/notices` write them, whole or in parts. */
const inChinese: readonly (readonly [string, string])[] = [
  ['no answer in time', '超时无应答'],
  ['the connection failed', '连接失败'],
  ['redirects are not followed', '不跟随跳转'],
  ['not tried: nothing has been answered there for a while', '未尝试：对方一段时间没有应答'],
  ['the channel is not set up', '此渠道尚未设置'],
  ['there is no mail server', '没有邮件服务器'],
  ['the mail server cannot be used', '邮件服务器不可用'],
  ['the mail could not be written', '邮件无法写出'],
  ['other mails were in the way', '正在发送其他邮件'],
  ['no TLS', '没有 TLS'],
  ['it does not take our password', '不接受我们的密码'],
  ['it does not speak SMTP', '不支持 SMTP'],
  ['its name is not known', '找不到此名称'],
  ['no answer', '没有应答'],
  ['this is not the address of a topic', '这不是主题地址'],
  ['this is not the address of a robot', '这不是机器人地址'],
  ['this is not a subscription of a browser', '这不是浏览器的订阅'],
  ['the answer is not WeCom’s', '应答不是来自企业微信'],
  ['waits for the robot’s next minute', '等待机器人的下一分钟'],
  ['the address is a private one', '该地址属于内部网络'],
  ['this is not an http or https URL', '这不是 http 或 https 地址'],
];

export function saidText(locale: Locale, said: string): string {
  if (locale === 'en') return said;
  return inChinese.reduce((text, [english, chinese]) => text.replace(english, chinese), said);
}
