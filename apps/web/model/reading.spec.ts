// Holds the words in which readings are shown.
import { describe, expect, it } from '@jest/globals';
import { linesOf } from './reading.js';

const product = {
  readings: [
    { name: 'gas.lel', label: { zh: '可燃气体', en: 'Flammable gas' }, unit: '%LEL', min: 0, max: 100 },
  ],
  bits: [
    {
      name: 'door.open',
      label: { zh: '门', en: 'Door' },
      on: { zh: '打开', en: 'open' },
      off: { zh: '关闭', en: 'closed' },
    },
  ],
};
const latest = { at: 1, values: { 'gas.lel': 4.26 }, bits: { 'door.open': true } };

describe('the lines of a device', () => {
  it('speak the words of its product, values first', () => {
    expect(linesOf(latest, product, 'en')).toEqual([
      { name: 'gas.lel', label: 'Flammable gas', text: '4.3', unit: '%LEL' },
      { name: 'door.open', label: 'Door', text: 'open', unit: '' },
    ]);
    expect(linesOf(latest, product, 'zh').map(line => line.label)).toEqual(['可燃气体', '门']);
  });

  it('fall back to the name of a reading, whose last part is its unit', () => {
    expect(linesOf({ values: { 'co.ppm': 1234 }, bits: {} }, undefined, 'en')).toEqual([
      { name: 'co.ppm', label: 'co', text: '1,234', unit: 'ppm' },
    ]);
  });

  it('are none before the first reading', () => {
    expect(linesOf(null, product, 'en')).toEqual([]);
  });
});
