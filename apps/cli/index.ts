// Front door of the command line: run it from a program, and its table of exit statuses.
export { type ExitStatus, exitStatuses, type FailureCode } from './exit-status.js';
export type { Surroundings } from './gateway-command.js';
export { run } from './run.js';
export type { Terminal } from './terminal.js';
