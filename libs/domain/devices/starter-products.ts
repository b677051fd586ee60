// Seven products that a new gateway begins with, so that there is something to make devices of; each is the maker's to change.
import { type Product, productSchema, type Text } from '#codecs/api';

const battery = {
  name: 'battery.percent',
  label: { zh: '电量', en: 'Battery' },
  unit: '%',
  min: 0,
  max: 100,
};

const bit = (name: string, label: Text, on: Text, off: Text) => ({ name, label, on, off });

const detectorBit = (name: string) =>
  bit(
    name,
    { zh: '探测器报警', en: 'Detector alarm' },
    { zh: '报警', en: 'alarm' },
    { zh: '正常', en: 'quiet' },
  );

const silenceRule = { id: 'silence', kind: 'silence' };
const batteryRule = { id: 'battery', kind: 'battery', reading: battery.name };

/** Thresholds and times are the rules' own defaults, from the standards. */
export const starterProducts: readonly Product[] = [
  {
    id: 'gas-sensor',
    name: { zh: '燃气探测器', en: 'Gas sensor' },
    icon: 'gas',
    readings: [
      { name: 'gas.lel', label: { zh: '可燃气体', en: 'Flammable gas' }, unit: '%LEL', min: 0, max: 100 },
    ],
    bits: [
      detectorBit('gas.alarm'),
      bit(
        'valve.closed',
        { zh: '燃气阀', en: 'Gas valve' },
        { zh: '关闭', en: 'closed' },
        { zh: '打开', en: 'open' },
      ),
    ],
    commands: [{ name: 'valve-close', label: { zh: '关闭燃气阀', en: 'Close the gas valve' } }],
    intervalS: 30,
    power: 'mains',
    safetyClass: 'L',
    bindingPolicy: 'button',
    renewsSecret: true,
    rules: [{ id: 'gas', kind: 'gas', reading: 'gas.lel', bit: 'gas.alarm' }, silenceRule],
    page: {
      about: {
        zh: '探测天然气和液化气泄漏，现场报警，并通知家人。',
        en: 'Notices leaking natural gas and LPG, sounds on the spot and tells your household.',
      },
    },
  },
  {
    id: 'co-sensor',
    name: { zh: '一氧化碳探测器', en: 'CO sensor' },
    icon: 'co',
    readings: [
      { name: 'co.ppm', label: { zh: '一氧化碳', en: 'Carbon monoxide' }, unit: 'ppm', min: 0, max: 1000 },
      battery,
    ],
    bits: [detectorBit('co.alarm')],
    commands: [],
    intervalS: 60,
    power: 'battery',
    safetyClass: 'L',
    bindingPolicy: 'button',
    renewsSecret: true,
    rules: [{ id: 'co', kind: 'co', reading: 'co.ppm', bit: 'co.alarm' }, batteryRule, silenceRule],
    page: {
      about: {
        zh: '监测看不见、闻不到的一氧化碳。',
        en: 'Watches for carbon monoxide, which nobody sees or smells.',
      },
    },
  },
  {
    id: 'door-contact',
    name: { zh: '门磁', en: 'Door contact' },
    icon: 'door',
    readings: [battery],
    bits: [
      bit('door.open', { zh: '门', en: 'Door' }, { zh: '打开', en: 'open' }, { zh: '关闭', en: 'closed' }),
    ],
    commands: [],
    intervalS: 300,
    power: 'battery',
    safetyClass: 'S',
    bindingPolicy: 'pin',
    renewsSecret: true,
    rules: [
      { id: 'left-open', kind: 'left-open', bit: 'door.open' },
      { id: 'intrusion', kind: 'intrusion', bit: 'door.open' },
      batteryRule,
      silenceRule,
    ],
    page: {
      about: {
        zh: '门窗打开时知道，忘记关时提醒。',
        en: 'Knows when a door opens, and reminds you when it stays open.',
      },
    },
  },
  {
    id: 'camera',
    name: { zh: '摄像头', en: 'Camera' },
    icon: 'camera',
    readings: [],
    bits: [
      bit(
        'motion',
        { zh: '画面', en: 'Picture' },
        { zh: '有动静', en: 'motion' },
        { zh: '静止', en: 'still' },
      ),
    ],
    commands: [{ name: 'snapshot', label: { zh: '拍一张', en: 'Take a picture' } }],
    snapshots: true,
    intervalS: 60,
    power: 'mains',
    safetyClass: 'S',
    bindingPolicy: 'pin',
    renewsSecret: true,
    rules: [{ id: 'motion', kind: 'motion', bit: 'motion' }, silenceRule],
    page: { about: { zh: '随时看一眼家里。', en: 'A look at home, whenever you like.' } },
  },
  {
    id: 'smoke-detector',
    name: { zh: '烟雾探测器', en: 'Smoke detector' },
    icon: 'smoke',
    readings: [battery],
    bits: [detectorBit('smoke')],
    commands: [],
    intervalS: 300,
    power: 'battery',
    safetyClass: 'L',
    bindingPolicy: 'button',
    rules: [{ id: 'smoke', kind: 'smoke', bit: 'smoke' }, batteryRule, silenceRule],
    page: {
      about: {
        zh: '闻到烟雾时现场报警，并叫醒家人。',
        en: 'Smells smoke, sounds on the spot and wakes your household.',
      },
    },
  },
  {
    id: 'water-sensor',
    name: { zh: '水浸传感器', en: 'Water sensor' },
    icon: 'water',
    readings: [battery],
    bits: [bit('water', { zh: '地面', en: 'Floor' }, { zh: '有水', en: 'wet' }, { zh: '干燥', en: 'dry' })],
    commands: [],
    intervalS: 600,
    power: 'battery',
    safetyClass: 'L',
    bindingPolicy: 'button',
    rules: [{ id: 'water', kind: 'water', bit: 'water' }, batteryRule, silenceRule],
    page: {
      about: {
        zh: '地面有水时立即告诉您。',
        en: 'Tells you at once when there is water where none should be.',
      },
    },
  },
  {
    id: 'air-sensor',
    name: { zh: '二氧化碳检测仪', en: 'Air sensor' },
    icon: 'other',
    readings: [
      { name: 'co2.ppm', label: { zh: '二氧化碳', en: 'Carbon dioxide' }, unit: 'ppm', min: 0, max: 50_000 },
    ],
    bits: [],
    commands: [],
    intervalS: 60,
    power: 'mains',
    safetyClass: 'T',
    bindingPolicy: 'button',
    rules: [
      { id: 'co2', kind: 'co2', reading: 'co2.ppm' },
      { id: 'implausible', kind: 'implausible', reading: 'co2.ppm' },
      { id: 'clock', kind: 'clock' },
      silenceRule,
    ],
    page: {
      about: {
        zh: '空气不新鲜时提醒您开窗。',
        en: 'Reminds you to open the windows when the air is stale.',
      },
    },
  },
].map(product => productSchema.parse(product));
