// The commands of `airbind`, in the order in which its help lists them.
import type { Command } from 'commander';
import { airkissCommand } from '../airkiss/index.js';
import { batchesCommand } from '../batches/index.js';
import type { Surroundings } from '../gateway-command.js';
import { labelsCommand } from '../labels/index.js';
import { provisionCommand } from '../provision/index.js';
import { accountCommand } from './account.js';
import { alarmsCommand } from './alarms.js';
import { applicationsCommand } from './applications.js';

import { caCommand } from './ca.js';
import { devicesCommand } from './devices.js';
import { homesCommand } from './homes.js';
import { inviteCommand } from './invite.js';
import { loginCommand, logoutCommand } from './login.js';
import { noticesCommand } from './notices.js';
import { operatorsCommand } from './operators.js';
import { productsCommand } from './products.js';
import { statusCommand } from './status.js';
import { ticketsCommand } from './tickets.js';
import { webhooksCommand } from './webhooks.js';

export function commands(surroundings: Surroundings): Command[] {
  return [
    loginCommand,
    logoutCommand,
    accountCommand,
    inviteCommand,
    operatorsCommand,
    productsCommand,
    batchesCommand,
    ticketsCommand,
    labelsCommand,
    devicesCommand,
    alarmsCommand,
    homesCommand,
    webhooksCommand,
    noticesCommand,
    applicationsCommand,
    caCommand,
    statusCommand,
    provisionCommand,
    airkissCommand,
  ].map(make => make(surroundings));
}
