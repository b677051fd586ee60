// The benchmarks and soaks by name; each prints one line of JSON last.
import { bench } from './airkiss/bench.js';
import { soakCommand } from './airkiss/soak.js';
import { benchAlarm } from './alarm/bench.js';
import { soakCoCommand } from './co/soak.js';
import { soakCrashCommand } from './crash/soak.js';
import { benchFleet } from './fleet/bench.js';
import { benchHistory } from './history/bench.js';
import { benchIntake } from './intake/bench.js';
import { benchTickets } from './tickets/bench.js';

type BenchProgram = (words: readonly string[]) => number | Promise<number>;

const programs: Readonly<Record<string, BenchProgram>> = {
  airkiss: bench,
  'airkiss-soak': soakCommand,
  alarm: benchAlarm,
  'co-soak': soakCoCommand,
  'crash-soak': soakCrashCommand,
  fleet: benchFleet,
  history: benchHistory,
  intake: benchIntake,
  tickets: benchTickets,
};

const [name = '', ...words] = process.argv.slice(2);
const program = programs[name];
if (program) process.exitCode = await program(words);
else {
  process.stderr.write(`Which one? ${Object.keys(programs).join(', ')}\n`);
  process.exitCode = 64;
}
