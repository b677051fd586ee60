// The entry of `npm run sim`.
import { simCommand } from './command/options.js';
import { type Surroundings, simulate } from './command/simulate.js';

const terminal: Surroundings = {
  write: line => process.stdout.write(`${line}\n`),
  listen(key) {
    const typed = (bytes: Buffer) => [...bytes.toString()].forEach(key);
    const ended = () => key('q');
    if (process.stdin.isTTY) process.stdin.setRawMode(true).on('data', typed);
    process.once('SIGINT', ended).once('SIGTERM', ended);
    return () => {
      if (process.stdin.isTTY) process.stdin.setRawMode(false);
      process.stdin.off('data', typed).pause();
    };
  },
};

await simCommand(options => simulate(options, terminal))
  .parseAsync()
  .catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exitCode = 1;
  });
