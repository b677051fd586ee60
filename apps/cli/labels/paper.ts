// What is printed on: sheets by name, rolls by the size of one label, and the resolution of label printers.
import { InvalidArgumentError, Option } from 'commander';
import { isSmall, labelsOn, layOut, type Print, type Sheet, sheetNames, sheetOf } from '#codecs/label';
import { Failure } from '../failure.js';
import type { Terminal } from '../terminal.js';

/** Labels that every office shop has, large enough for any phone. */
export const usualSheet = 'avery-l7651';

export const sheetOption = () =>
  new Option('--sheet <name>', `the sheet (see below); else ${usualSheet}`).argParser(parseSheet);

export const sizeOption = () =>
  new Option('--size <millimetres>', 'width and height of one label, such as 50x30')
    .argParser(parseRoll)
    .makeOptionMandatory();

/** For the end of a command's help. */
export function sheetsText(): string {
  const rows = sheetNames.map(name => {
    const sheet = sheetOf(name);
    if (sheet === null) return '';
    const { labelWidthMm: width, labelHeightMm: height } = sheet;
    return `  ${name.padEnd(14)} ${String(labelsOn(sheet)).padStart(3)} labels of ${width} × ${height} mm\n`;
  });
  return `\nSheets:\n${rows.join('')}  a4-3x8         plain A4 in 3 columns and 8 rows, to cut; any numbers; letter-3x8 for Letter\n`;
}

/** Tells the person when phones will have trouble with symbols of this size. */
export function warnIfSmall(terminal: Terminal, print: Print, sheet: Sheet): void {
  const layout = layOut(print, sheet.labelWidthMm, sheet.labelHeightMm);
  if (!isSmall(layout) || layout.symbol === null) return;
  const moduleMm = layout.symbol.moduleMm.toFixed(2);
  terminal.complain(
    `The dots of the symbols are ${moduleMm} mm wide on these labels; many phones need 0.25 mm. Try one, or take larger labels.\n`,
  );
}

export function usualSheetOf(sheet: Sheet | undefined): Sheet {
  const usual = sheet ?? sheetOf(usualSheet);
  if (usual === null) throw new Failure('usage');
  return usual;
}

function parseSheet(text: string): Sheet {
  const sheet = sheetOf(text);
  if (sheet !== null && !isRoll(text)) return sheet;
  throw new InvalidArgumentError(`It takes one of ${sheetNames.join(', ')}, or a grid such as a4-3x8.`);
}

function parseRoll(text: string): Sheet {
  const roll = isRoll(text) ? sheetOf(text) : null;
  if (roll !== null) return roll;
  throw new InvalidArgumentError('It takes WIDTHxHEIGHT in millimetres, 8 to 300 each, such as 50x30.');
}

const isRoll = (text: string): boolean => /^[\d.]+x[\d.]+$/.test(text);
