// `labels`: what is printed for devices, on sheets, rolls and label printers, and as single pictures.
import type { Command } from 'commander';
import { group, type Surroundings } from '../gateway-command.js';
import { pinsCommand, rollCommand, sheetCommand } from './pdf.js';
import { pictureCommands } from './pictures.js';
import { zplCommand } from './zpl.js';

export function labelsCommand(surroundings: Surroundings): Command {
  return group('labels', 'print labels and PINs (operators; from a list also without a gateway)', [
    ...[sheetCommand, rollCommand, zplCommand, pinsCommand].map(make => make(surroundings)),
    ...pictureCommands(surroundings),
  ]);
}
