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
  'transfer-offered': {
    class: 'I',
    severity: 'info',
    title: device => ({ zh: `${device}：主人想把它转给您`, en: `${device}: its owner offers it to you` }),
    body: { zh: '打开设备页面接受或拒绝。', en: 'Open its page to accept or to decline.' },
  },
};
