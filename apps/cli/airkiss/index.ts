// Front door of `airkiss`: what a phone would send and what a device would hear, for those who make devices.
import type { Command } from 'commander';
import { group, type Surroundings } from '../gateway-command.js';
import { decodeCommand } from './decode.js';
import { encodeCommand } from './encode.js';
import { listenCommand } from './listen.js';

export {
  type CredentialOptions,
  passwordBytes,
  ssidOf,
  withCredentialOptions,
} from './credential-options.js';
export { macText } from './mac-text.js';

export function airkissCommand(surroundings: Surroundings): Command {
  return group('airkiss', 'see what AirKiss sends and what a device would hear (this machine alone)', [
    encodeCommand(surroundings),
    decodeCommand(surroundings),
    listenCommand(surroundings),
  ]);
}
