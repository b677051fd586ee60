// What people read about an alarm: its name, what to do, and one sentence for each of its steps.
import type { NoticeStep, RuleKind, Text } from '#codecs/api';
import type { Alarm } from './alarm.js';

const titles: Record<RuleKind, Text> = {
  gas: { zh: '燃气泄漏', en: 'Gas leak' },
  co: { zh: '一氧化碳', en: 'Carbon monoxide' },
  'left-open': { zh: '门未关', en: 'Left open' },
  intrusion: { zh: '布防时门被打开', en: 'Opened while armed' },
  silence: { zh: '设备失联', en: 'Device silent' },
};

/** Advice by the kind of danger, as fire brigades and gas suppliers give it. */
const advice: Record<RuleKind, Text> = {
  gas: {
    zh: '不要开关任何电器，不要有明火。打开门窗，关闭燃气阀门，人员撤离，到室外再打电话求助。',
    en: 'Switch nothing electrical, no flame. Open the windows, close the valve, leave, and call for help from outside.',
  },
  co: {
    zh: '立即到室外呼吸新鲜空气，叫醒所有人。关闭燃烧设备（如安全可行）。有头痛、恶心者立即就医并拨打急救电话。',
    en: 'Get everyone into fresh air now. Turn off what burns fuel if that is safe. Headache or sickness: call an ambulance.',
  },
  'left-open': { zh: '请检查并关上。', en: 'Please check and close it.' },
  intrusion: {
    zh: '如果不是家人，请保持安全距离并报警。',
    en: 'If it is none of your household, keep a safe distance and call the police.',
  },
  silence: {
    zh: '设备没有按时上报，现在没有在保护您。请检查电源和网络。',
    en: 'It has not reported in time and does not protect you now. Check its power and its Wi-Fi.',
  },
};

const steps: Record<NoticeStep, (title: string, device: string, value: string) => Text> = {
  raised: (title, device, value) => ({
    zh: `${device}：${title}${value}`,
    en: `${device}: ${title}${value}`,
  }),
  repeat: (title, device, value) => ({
    zh: `${device}：${title}告警尚无人确认${value}`,
    en: `${device}: nobody has acknowledged the alarm "${title}" yet${value}`,
  }),
  acknowledged: (title, device) => ({
    zh: `${device}：${title}已有人确认，告警尚未解除`,
    en: `${device}: ${title} was acknowledged; the alarm is not over`,
  }),
  calm: (title, device) => ({
    zh: `${device}：${title}的原因已消除，请到现场检查后复位`,
    en: `${device}: the cause of "${title}" is gone. Check on the spot, then reset it`,
  }),
  cleared: (title, device) => ({ zh: `${device}：${title}已解除`, en: `${device}: ${title} is over` }),
};

/** It ended with the ownership and not with the danger: nobody may take it for an all-clear. */
const handedOver = (title: string, device: string): Text => ({
  zh: `${device}：设备更换主人，${title}告警结束，原因不一定已消除`,
  en: `${device}: the alarm "${title}" ended because the device changed hands. Its cause may not be gone`,
});

const beforeReset: Text = {
  zh: '复位前请先到现场确认安全。',
  en: 'Make sure on the spot that it is safe before you reset it.',
};

const nothingToDo: Text = { zh: '无需再做什么。', en: 'There is nothing more to do.' };

export function alarmTitle(kind: RuleKind): Text {
  return titles[kind];
}

export function alarmAdvice(kind: RuleKind): Text {
  return advice[kind];
}

/** What to do about a step: the danger's advice while it may last, and something calmer afterwards. */
export function stepAdvice({ kind, endReason }: Alarm, step: NoticeStep): Text {
  if (step === 'calm') return beforeReset;
  return step === 'cleared' && endReason !== 'ownership-changed' ? nothingToDo : advice[kind];
}

/** The sentence of a step; `device` is the owner's name for it, or the product's. */
export function stepText(alarm: Alarm, step: NoticeStep, device: Text): Text {
  const value = alarm.value === null ? '' : ` (${alarm.value}${alarm.unit ? ` ${alarm.unit}` : ''})`;
  const say = step === 'cleared' && alarm.endReason === 'ownership-changed' ? handedOver : steps[step];
  return {
    zh: say(titles[alarm.kind].zh, device.zh, value).zh,
    en: say(titles[alarm.kind].en, device.en, value).en,
  };
}
