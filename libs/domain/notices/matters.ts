// What people read about a matter of their device that is no alarm.
import type { AlarmClass, Matter, Severity, Text } from '#codecs/api';

interface MatterText {
  readonly class: AlarmClass;
  readonly severity: Severity;
  readonly title: (device: string) => Text;
  readonly body: Text;
}

export const matterTexts: Readonly<Record<Matter, MatterText>> = {
  'reset-at-device': {
    class: 'S',
    severity: 'major',
    title: device => ({
      zh: `${device}：已在设备上重置，不再属于您`,
      en: `${device}: reset at the device and yours no more`,
    }),
    body: {
      zh: '如果不是您或家人所为，请检查设备是否还在原处，再重新绑定。',
      en: 'If it was none of your household, see whether the device is still in its place, and bind it again.',
    },
  },
  'credential-contested': {
    class: 'S',
    severity: 'major',
    title: device => ({
      zh: `${device}：有另一台设备在冒用它的身份`,
      en: `${device}: somebody else speaks in its name`,
    }),
    body: {
      zh: '两处同时使用同一凭据。请联系安装人员更换设备凭据；在此之前不要依赖它。',
      en: 'Two connections use its credential at once. Ask whoever installed it for a new one, and do not rely on it until then.',
    },
  },
  transferred: {
    class: 'I',
    severity: 'info',
    title: device => ({ zh: `${device}：已转给新主人`, en: `${device}: handed over` }),
    body: {
      zh: '您的转让链接已被接受，这台设备不再属于您。',
      en: 'Your offer was accepted, and the device is yours no more.',
    },
  },
  'force-released': {
    class: 'S',
    severity: 'major',
    title: device => ({
      zh: `${device}：运营者已解除它与您的绑定`,
      en: `${device}: released by the operator and yours no more`,
    }),
    body: { zh: '运营者给出的理由：', en: 'The reason that the operator gave:' },
  },
  found: {
    class: 'I',
    severity: 'major',
    title: device => ({ zh: `${device}：有人捡到了它`, en: `${device}: somebody has found it` }),
    body: { zh: '对方留言：', en: 'They write:' },
  },
  'recovery-asked': {
    class: 'S',
    severity: 'major',
    title: device => ({ zh: `${device}：有人请求接管它`, en: `${device}: somebody asks to take it over` }),
    body: {
      zh: '对方持有这台设备。如果您不同意，请在设备页面上拒绝；否则 72 小时后它将归对方所有。',
      en: 'They hold it in their hands. Object on its page if it is still yours; otherwise it can be theirs after 72 hours.',
    },
  },
  'recovery-vetoed': {
    class: 'I',
    severity: 'info',
    title: device => ({ zh: `${device}：主人拒绝了您的接管请求`, en: `${device}: its owner objected` }),
    body: {
      zh: '这台设备仍属于它的主人。',
      en: 'The device stays with its owner.',
    },
  },
  recovered: {
    class: 'S',
    severity: 'major',
    title: device => ({
      zh: `${device}：已被接管，不再属于您`,
      en: `${device}: taken over and yours no more`,
    }),
    body: {
      zh: '72 小时内没有人拒绝，持有设备的人已成为新主人。',
      en: 'Nobody objected within 72 hours, and whoever holds it is its owner now.',
    },
  },
};
