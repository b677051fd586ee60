// Runs one command line from its words to its exit status.
import { CommanderError, InvalidArgumentError } from 'commander';
import { done, exitStatuses } from './exit-status.js';
import { endingOf } from './failure.js';
import type { Surroundings } from './gateway-command.js';
import { programFor } from './program.js';

/** @param words what was typed after `airbind`. Never throws; failures are one sentence beside the answer. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    await programFor(surroundings).parseAsync(words, { from: 'user' });
    return done;
  } catch (error) {
    return tell(error, surroundings);
  }
}

/** Commander has printed its own complaints already, but for those that a command threw while it ran. */
function tell(error: unknown, { terminal }: Surroundings): number {
  if (error instanceof CommanderError) {
    if (error instanceof InvalidArgumentError) terminal.complain(`airbind: ${error.message}\n`);
    return error.exitCode === 0 ? done : exitStatuses.usage;
  }
  const { sentence, status } = endingOf(error);
  terminal.complain(`airbind: ${sentence}\n`);
  return status;
}
