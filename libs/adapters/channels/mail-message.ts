// A message as a mail: text and HTML in the language of its endpoint, with the picture where there is one.
import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Locale, Severity } from '#codecs/api';
import type { Sending } from '#domain/notices';
import type { Wording } from './wording.js';

export interface MailParts {
  readonly sending: Sending;
  readonly wording: Wording;
  /** As the operator set it. */
  readonly from: string;
  /** A JPEG. */
  readonly picture: Uint8Array | null;
  /** Where a mail program posts to unsubscribe (RFC 8058); null: that is not offered. */
  readonly unsubscribeUrl: string | null;
}

const pictureId = 'picture';

const words: Record<Locale, Record<'picture' | 'time' | 'more' | 'why' | 'notCertified', string>> = {
  zh: {
    picture: '摄像头的最新画面',
    time: '时间',
    more: '查看详情',
    why: '您收到此邮件，是因为此地址已登记用于接收该网关的通知。',
    notCertified: 'Airbind 不是经认证的报警系统；现场探测器鸣响时，请立即按其指示行动。',
  },
  en: {
    picture: 'The camera’s last picture',
    time: 'Time',
    more: 'See more',
    why: 'You get this because this address was given to be told by this gateway.',
    notCertified:
      'Airbind is not a certified alarm system. The detector in the room decides first: when it sounds, act on it.',
  },
};

const colours: Readonly<Record<Severity, string>> = {
  emergency: '#b3261e',
  critical: '#b3261e',
  major: '#a8500a',
  minor: '#8a6d00',
  warning: '#8a6d00',
  info: '#0b5f58',
};

/** The whole message (RFC 5322); its Message-ID is the same at every attempt. */
export function mailMessage({
  sending,
  wording,
  from,
  picture,
  unsubscribeUrl,
}: MailParts): Promise<Uint8Array> {
  const { id, endpoint, notice } = sending;
  const composer = new MailComposer({
    from,
    to: endpoint.address,
    subject: `${wording.severity} · ${wording.title}`,
    date: new Date(notice.createdAt),
    messageId: messageId(id, from),
    // Mail programs show what is said of one subject as one conversation.
    references: messageId(notice.subjectId, from),
    text: plainText(sending, wording),
    html: html(sending, wording, picture !== null),
    attachments: picture
      ? [
          {
            cid: pictureId,
            filename: 'picture.jpg',
            contentType: 'image/jpeg',
            content: Buffer.from(picture),
          },
        ]
      : [],
    headers: {
      'Airbind-Delivery': id,
      // RFC 3834: nobody's "I am away" answers it.
      'Auto-Submitted': 'auto-generated',
      'Content-Language': endpoint.locale,
      ...(notice.class === 'L' && { Importance: 'high', 'X-Priority': '1' }),
      ...(unsubscribeUrl && {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    baseBoundary: hash(id),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Made of the delivery's id, so that what comes twice after a crash is seen to be one mail. */
function messageId(id: string, from: string): string {
  return `<${hash(id)}@${/@([\w.-]+)/.exec(from)?.[1] ?? 'airbind.invalid'}>`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function plainText(
  { endpoint: { locale } }: Sending,
  { severity, title, body, time, url, action }: Wording,
): string {
  const { time: at, more, why, notCertified } = words[locale];
  return `${severity}: ${title}\n\n${body}\n\n${at}: ${time}\n\n${action.label}:\n${action.url}\n\n${more}:\n${url}\n\n-- \n${why}\n${notCertified}\n`;
}

/** Tables and inline styles: what mail programs agree on. */
function html(
  { endpoint: { locale }, notice }: Sending,
  { severity, title, body, time, url, action }: Wording,
  hasPicture: boolean,
): string {
  const { time: at, more, why, notCertified, picture } = words[locale];
  const colour = colours[notice.severity];
  const image = hasPicture
    ? `<p><img src="cid:${pictureId}" alt="${escaped(picture)}" style="max-width:100%;border-radius:8px"></p>`
    : '';
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title></head>
<body style="margin:0;background:#f3f6f3;color:#1c211f;font:16px/1.5 system-ui,'PingFang SC','Microsoft YaHei',sans-serif">
<table role="presentation" style="width:100%;max-width:560px;margin:0 auto;padding:16px"><tr>
<td style="background:#fff;border-top:6px solid ${colour};border-radius:8px;padding:20px">
<p style="margin:0;color:${colour};font-weight:700">${escaped(severity)}</p>
<h1 style="margin:4px 0 12px;font-size:22px;line-height:1.3">${escaped(title)}</h1>
<p style="font-size:18px">${escaped(body)}</p>
${image}
<p style="color:#53605b">${escaped(at)}: ${escaped(time)}</p>
<p><a href="${escaped(action.url)}" style="display:inline-block;background:${colour};color:#fff;padding:12px 20px;border-radius:8px;text-decoration:none;font-weight:700">${escaped(action.label)}</a></p>
<p><a href="${escaped(url)}" style="color:${colour}">${escaped(more)}</a></p>
</td></tr><tr><td style="padding:12px 4px;color:#53605b;font-size:13px">
<p>${escaped(why)}</p><p>${escaped(notCertified)}</p></td></tr></table>
</body></html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, letter => entities[letter] ?? letter);
}
