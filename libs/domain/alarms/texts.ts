// What people read about an alarm: its name, what to do, and one sentence for each of its steps.
import type { NoticeStep, RuleKind, Severity, Text } from '#codecs/api';
import type { Alarm } from './alarm.js';
import { isWorse } from './rules/index.js';

const titles: Record<RuleKind, Text> = {
  gas: { zh: '燃气泄漏', en: 'Gas leak' },
  co: { zh: '一氧化碳', en: 'Carbon monoxide' },
  smoke: { zh: '烟雾', en: 'Smoke' },
  water: { zh: '漏水', en: 'Water leak' },
  co2: { zh: '二氧化碳过高', en: 'Carbon dioxide' },
  'left-open': { zh: '门未关', en: 'Left open' },
  intrusion: { zh: '布防时门被打开', en: 'Opened while armed' },
  tamper: { zh: '设备被拆动', en: 'Tampered with' },
  motion: { zh: '布防时有动静', en: 'Motion while armed' },
  silence: { zh: '设备失联', en: 'Device silent' },
  battery: { zh: '电量不足', en: 'Battery low' },
  fault: { zh: '设备故障', en: 'Device out of order' },
  'warm-up': { zh: '正在预热，尚未保护', en: 'Warming up, not protecting yet' },
  'end-of-life': { zh: '设备到期', en: 'End of life' },
  implausible: { zh: '读数不可信', en: 'Reading not plausible' },
  clock: { zh: '设备时钟不准', en: 'Clock is wrong' },
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
  smoke: {
    zh: '叫醒所有人，弯腰离开，随手关门，不要乘电梯。到室外拨打火警电话，不要返回。',
    en: 'Wake everyone, stay low, get out and close the doors behind you. No lift. Call the fire brigade from outside and do not go back.',
  },
  water: {
    zh: '关闭总水阀。有水的地方不要碰电器和插座，可先在安全处断电。',
    en: 'Close the main valve. Touch nothing electrical in the wet; switch the power off from a dry place.',
  },
  co2: {
    zh: '立即离开到室外，叫上其他人。不要独自返回，请求救援。',
    en: 'Leave for fresh air now and take the others with you. Do not go back alone: call for help.',
  },
  'left-open': { zh: '请检查并关上。', en: 'Please check and close it.' },
  intrusion: {
    zh: '如果不是家人，请保持安全距离并报警。',
    en: 'If it is none of your household, keep a safe distance and call the police.',
  },
  tamper: {
    zh: '有人打开或拆动了设备。请到现场检查；如果不是家人，请保持安全距离并报警。',
    en: 'Somebody opened or moved the device. Look at it; if it was none of your household, keep a safe distance and call the police.',
  },
  motion: {
    zh: '先看画面。如果不是家人，请保持安全距离并报警。',
    en: 'Look at the picture first. If it is none of your household, keep a safe distance and call the police.',
  },
  silence: {
    zh: '设备没有按时上报，现在没有在保护您。请检查电源和网络。',
    en: 'It has not reported in time and does not protect you now. Check its power and its Wi-Fi.',
  },
  battery: {
    zh: '请尽快更换电池。电量耗尽后设备不再保护您。',
    en: 'Change the battery soon. Once it is empty the device does not protect you.',
  },
  fault: {
    zh: '设备报告自身故障，可能没有在保护您。请按说明书检查或更换。',
    en: 'It reports a fault of its own and may not protect you. Check it by its manual, or replace it.',
  },
  'warm-up': {
    zh: '传感器正在预热，期间不能保护您。请稍候，不要断电。',
    en: 'The sensor warms up and does not protect you meanwhile. Wait, and leave its power on.',
  },
  'end-of-life': {
    zh: '传感器已到使用年限，读数不再可靠。请更换设备。',
    en: 'The sensor has reached its age and can no longer be trusted. Replace the device.',
  },
  implausible: {
    zh: '读数超出可能范围、突变或长时间不变，请检查设备。在此之前不要依赖它。',
    en: 'Its values cannot be right: out of range, jumping, or never changing. Check the device, and do not rely on it until then.',
  },
  clock: {
    zh: '设备的时钟与网关相差很大，它报告的时间不可信；告警照常发出。请检查它的对时设置或重新上电。',
    en: "Its clock is far from the gateway's, so the times that it gives are not relied on; alarms are raised as always. Check how it sets its clock, or power it off and on.",
  },
};

/** A warning before the danger itself says less, or nobody believes the alarm that follows. */
const mild: Partial<Record<RuleKind, { readonly title: Text; readonly advice: Text }>> = {
  gas: {
    title: { zh: '燃气浓度升高', en: 'Gas level rising' },
    advice: {
      zh: '尚未达到报警值。打开门窗，检查灶具和阀门，不要有明火。',
      en: 'Below the alarm as yet. Open the windows, check stove and valve, no flame.',
    },
  },
  co: {
    title: { zh: '一氧化碳偏高', en: 'Carbon monoxide raised' },
    advice: {
      zh: '浓度长时间偏高。请开窗通风，检查热水器、炉具和烟道；如有头痛、恶心，立即离开并就医。',
      en: 'The level has been raised for long. Open the windows, have boiler, stove and flue checked. Headache or sickness: leave and see a doctor.',
    },
  },
  co2: {
    title: { zh: '空气不新鲜', en: 'Stale air' },
    advice: { zh: '请开窗通风。', en: 'Open the windows.' },
  },
};

/** The steps of an alarm that people are told. */
export type AlarmNoticeStep = Exclude<NoticeStep, 'told'>;

/** `by` is who acted, where somebody did. */
type Sentence = (title: string, device: string, value: string, by?: string) => Text;

const steps: Record<AlarmNoticeStep, Sentence> = {
  raised: (title, device, value) => ({
    zh: `${device}：${title}${value}`,
    en: `${device}: ${title}${value}`,
  }),
  repeat: (title, device, value) => ({
    zh: `${device}：${title}告警尚无人确认${value}`,
    en: `${device}: nobody has acknowledged the alarm "${title}" yet${value}`,
  }),
  acknowledged: (title, device, _, by) => ({
    zh: `${device}：${by ?? '已有人'}正在处理“${title}”，告警尚未解除`,
    en: `${device}: ${by ?? 'somebody'} sees to it: ${title}. The alarm is not over`,
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

/** What of an alarm its texts depend on. */
type Worded = Pick<Alarm, 'kind' | 'severity' | 'isDrill'>;

/** A drill takes the same way, and nobody may take it for the danger itself. */
const drillText = {
  title: ({ zh, en }: Text): Text => ({ zh: `【测试】${zh}`, en: `TEST: ${en}` }),
  advice: {
    zh: '这是设备测试按钮触发的演练，没有发生危险。请确认您收到了本消息。',
    en: 'This is a drill, started by the test button of the device. Nothing has happened. Please say that you have seen it.',
  },
};

export function alarmTitle({ kind, severity, isDrill }: Worded): Text {
  const title = mildOf(kind, severity)?.title ?? titles[kind];
  return isDrill ? drillText.title(title) : title;
}

export function alarmAdvice({ kind, severity, isDrill }: Worded): Text {
  return isDrill ? drillText.advice : (mildOf(kind, severity)?.advice ?? advice[kind]);
}

function mildOf(kind: RuleKind, severity: Severity) {
  return isWorse(severity, 'major') ? undefined : mild[kind];
}

/** What to do about a step: the danger's advice while it may last, and something calmer afterwards. */
export function stepAdvice(alarm: Alarm, step: AlarmNoticeStep): Text {
  if (step === 'calm') return beforeReset;
  return step === 'cleared' && alarm.endReason !== 'ownership-changed' ? nothingToDo : alarmAdvice(alarm);
}

/** The sentence of a step; `device` is the owner's name for it, or the product's, `by` the name of who acted. */
export function stepText(alarm: Alarm, step: AlarmNoticeStep, device: Text, by?: string): Text {
  const value = alarm.value === null ? '' : ` (${alarm.value}${alarm.unit ? ` ${alarm.unit}` : ''})`;
  const say = step === 'cleared' && alarm.endReason === 'ownership-changed' ? handedOver : steps[step];
  const title = alarmTitle(alarm);
  return { zh: say(title.zh, device.zh, value, by).zh, en: say(title.en, device.en, value, by).en };
}

/** The sentence of `acknowledged` about somebody who is no longer here; any other one as it is. */
export function withoutActor({ zh, en }: Text, name: string): Text {
  return {
    zh: zh.replace(`：${name}正在处理“`, '：已有人正在处理“'),
    en: en.replace(`: ${name} sees to it: `, ': somebody sees to it: '),
  };
}
