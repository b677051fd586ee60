// `batches`: devices are made here, and their credentials leave the gateway here, once.
import type { Command } from 'commander';
import { group, type Surroundings } from '../gateway-command.js';
import { createCommand } from './create.js';
import { devicesCommand } from './devices.js';
import { exportCommand } from './export.js';
import { confirmCommand, listCommand, showCommand } from './list.js';

export function batchesCommand(surroundings: Surroundings): Command {
  return group(
    'batches',
    'make devices, and take out their credentials (operators)',
    [listCommand, showCommand, createCommand, exportCommand, confirmCommand, devicesCommand].map(make =>
      make(surroundings),
    ),
  );
}
