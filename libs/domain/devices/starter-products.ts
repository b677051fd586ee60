// Seven products that a new gateway begins with, so that there is something to make devices of; each is the maker's to change.
import { type Product, productSchema } from '#codecs/api';

const battery = {
  name: 'battery.percent',
  label: { zh: '电量', en: 'Battery' },
  unit: '%',
  min: 0,
  max: 100,
};

const detectorBit = (name: string) => ({
  name,
  label: { zh: '探测器报警', en: 'Detector alarm' },
  on: { zh: '报警', en: 'alarm' },
  off: { zh: '正常', en: 'quiet' },
});

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
      {
        name: 'valve.closed',
        label: { zh: '燃气阀', en: 'Gas valve' },
        on: { zh: '关闭', en: 'closed' },
        off: { zh: '打开', en: 'open' },
      },
    ],
    commands: [{ name: 'valve-close', label: { zh: '关闭燃气阀', en: 'Close the gas valve' } }],
    intervalS: 30,
    power: 'mains',
    safetyClass: 'L',
    bindingPolicy: 'button',
    renewsSecret: true,
    rules: [
      { id: 'gas', kind: 'gas', reading: 'gas.lel', bit: 'gas.alarm' },
      { id: 'silence', kind: 'silence' },
    ],
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
    rules: [
      { id: 'co', kind: 'co', reading: 'co.ppm', bit: 'co.alarm' },
      { id: 'battery', kind: 'battery', reading: 'battery.percent' },
      { id: 'silence', kind: 'silence' },
    ],
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
      {
        name: 'door.open',
        label: { zh: '门', en: 'Door' },
        on: { zh: '打开', en: 'open' },
        off: { zh: '关闭', en: 'closed' },
      },
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
      { id: 'battery', kind: 'battery', reading: 'battery.percent' },
      { id: 'silence', kind: 'silence' },
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
      {
        name: 'motion',
        label: { zh: '画面', en: 'Picture' },
        on: { zh: '有动静', en: 'motion' },
        off: { zh: '静止', en: 'still' },
      },
    ],
    commands: [{ name: 'snapshot', label: { zh: '拍一张', en: 'Take a picture' } }],
    snapshots: true,
    intervalS: 60,
    power: 'mains',
    safetyClass: 'S',
    bindingPolicy: 'pin',
    renewsSecret: true,
    rules: [
      { id: 'motion', kind: 'motion', bit: 'motion' },
      { id: 'silence', kind: 'silence' },
    ],
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
    rules: [
      { id: 'smoke', kind: 'smoke', bit: 'smoke' },
      { id: 'battery', kind: 'battery', reading: 'battery.percent' },
      { id: 'silence', kind: 'silence' },
    ],
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
    bits: [
      {
        name: 'water',
        label: { zh: '地面', en: 'Floor' },
        on: { zh: '有水', en: 'wet' },
        off: { zh: '干燥', en: 'dry' },
      },
    ],
    commands: [],
    intervalS: 600,
    power: 'battery',
    safetyClass: 'L',
    bindingPolicy: 'button',
    rules: [
      { id: 'water', kind: 'water', bit: 'water' },
      { id: 'battery', kind: 'battery', reading: 'battery.percent' },
      { id: 'silence', kind: 'silence' },
    ],
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
      { id: 'silence', kind: 'silence' },
    ],
    page: {
      about: {
        zh: '空气不新鲜时提醒您开窗。',
        en: 'Reminds you to open the windows when the air is stale.',
      },
    },
  },
].map(product => productSchema.parse(product));
