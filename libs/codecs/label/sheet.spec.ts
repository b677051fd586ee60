// Sheets: every format has its labels on its page, none over another, and a roll has one label a page.
import { describe, expect, it } from '@jest/globals';
import { labelsOn, placeOn, type Sheet, sheetNames, sheetOf } from './sheet.js';

function named(name: string): Sheet {
  const sheet = sheetOf(name);
  if (sheet === null) throw new Error(`${name} is no sheet`);
  return sheet;
}

function places(sheet: Sheet) {
  return Array.from({ length: labelsOn(sheet) }, (_, index) => placeOn(sheet, index));
}

describe.each([...sheetNames, 'a4', 'letter-4x9', 'a4-1x1'])('a sheet of %s', name => {
  const sheet = named(name);

  it('has all its labels on the page, as far from the left edge as from the right', () => {
    const all = places(sheet);
    const left = Math.min(...all.map(({ xMm }) => xMm));
    const right = sheet.pageWidthMm - Math.max(...all.map(({ xMm }) => xMm + sheet.labelWidthMm));
    expect(left).toBeCloseTo(right, 6);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(Math.min(...all.map(({ yMm }) => yMm))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...all.map(({ yMm }) => yMm + sheet.labelHeightMm))).toBeLessThanOrEqual(
      sheet.pageHeightMm,
    );
  });

  it('has no label over another', () => {
    expect(sheet.pitchXMm).toBeGreaterThanOrEqual(sheet.labelWidthMm);
    expect(sheet.pitchYMm).toBeGreaterThanOrEqual(sheet.labelHeightMm);
    expect(new Set(places(sheet).map(({ xMm, yMm }) => `${xMm} ${yMm}`)).size).toBe(labelsOn(sheet));
  });
});

it('knows Avery L4731: 189 labels of 25.4 by 10 mm, the first 13.5 mm from the top', () => {
  const sheet = named('Avery-L4731');
  expect(labelsOn(sheet)).toBe(189);
  expect([sheet.labelWidthMm, sheet.labelHeightMm]).toEqual([25.4, 10]);
  expect(placeOn(sheet, 0).yMm).toBeCloseTo(13.5, 6);
});

it('takes the size of a roll’s label, and makes each a page', () => {
  const roll = named('50x30.5');
  expect([roll.pageWidthMm, roll.pageHeightMm, labelsOn(roll)]).toEqual([50, 30.5, 1]);
  expect(placeOn(roll, 0)).toEqual({ xMm: 0, yMm: 0 });
});

it.each([
  '',
  'avery',
  'avery-l9999',
  '5x30',
  '50x301',
  '50 x 30',
  '50x',
  'constructor',
  'a4-0x3',
  'a4-99x1',
  'a5-2x2',
])('knows no sheet %j', text => {
  expect(sheetOf(text)).toBeNull();
});
