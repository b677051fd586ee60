#!/usr/bin/env node
// The entry of the `airbind` command.
import { run } from './run.js';
import { processTerminal } from './terminal.js';

// Whoever reads our answer may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const status = await run(process.argv.slice(2), { terminal: processTerminal });
if (status !== 0) process.exitCode = status;
