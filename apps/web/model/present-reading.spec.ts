// Holds which reading an alarm is about, and that none is shown where there is none.
import { describe, expect, it } from '@jest/globals';
import { productSchema } from '#codecs/api';
import { presentReading } from './present-reading.js';

const productPage = productSchema.parse({
  id: 'detector',
  name: { zh: '探测器', en: 'Detector' },
  icon: 'gas',
  readings: [
    { name: 'battery.percent', label: { zh: '电量', en: 'Battery' }, unit: '%', min: 0, max: 100 },
    { name: 'gas.lel', label: { zh: '可燃气体', en: 'Flammable gas' }, unit: '%LEL', min: 0, max: 100 },
    { name: 'floor.lel', label: { zh: '地面', en: 'Floor' }, unit: '%LEL', min: 0, max: 100 },
  ],
  bits: [
    {
      name: 'door.open',
      label: { zh: '门', en: 'Door' },
      on: { zh: '打开', en: 'open' },
      off: { zh: '关闭', en: 'closed' },
    },
  ],
  commands: [],
  intervalS: 30,
  power: 'mains',
  safetyClass: 'L',
  bindingPolicy: 'button',
  rules: [
    { id: 'silence', kind: 'silence' },
    { id: 'gas', kind: 'gas', reading: 'gas.lel' },
    { id: 'left-open', kind: 'left-open', bit: 'door.open' },
    { id: 'below', kind: 'gas', reading: 'floor.lel' },
  ],
  page: { about: { zh: '探测', en: 'Detects' } },
});
const latest = {
  at: 7,
  values: { 'battery.percent': 80, 'gas.lel': 18, 'floor.lel': 3 },
  bits: { 'door.open': false },
};

describe('what an alarm is about, now', () => {
  it('is the reading that the rule which raised it watches, of two rules of one kind too', () => {
    expect(presentReading({ latest, productPage }, 'below', 'en')).toMatchObject({ value: 3 });
    expect(presentReading({ latest, productPage }, 'gas', 'en')).toEqual({
      line: { name: 'gas.lel', label: 'Flammable gas', text: '18', unit: '%LEL' },
      at: 7,
      value: 18,
    });
  });

  it('is a word and not a height when the rule watches a bit', () => {
    expect(presentReading({ latest, productPage }, 'left-open', 'zh')).toMatchObject({
      line: { label: '门', text: '关闭' },
      value: null,
    });
  });

  it.each(['silence', 'co'] as const)('is nothing for %s, a rule that here watches no reading', rule => {
    expect(presentReading({ latest, productPage }, rule, 'en')).toBeNull();
  });

  it('is nothing until the device has reported it', () => {
    expect(presentReading({ latest: null, productPage }, 'gas', 'en')).toBeNull();
    const without = { at: 7, values: { 'battery.percent': 80 }, bits: {} };
    expect(presentReading({ latest: without, productPage }, 'gas', 'en')).toBeNull();
  });
});
