// The benchmarks and soaks by name; each prints one line of JSON last.
import { bench } from './airkiss/bench.js';
import { soakCommand } from './airkiss/soak.js';

const programs: Readonly<Record<string, (words: readonly string[]) => number>> = {
  airkiss: bench,
  'airkiss-soak': soakCommand,
};

const [name = '', ...words] = process.argv.slice(2);
const program = programs[name];
if (program) process.exitCode = program(words);
else {
  process.stderr.write(`Which one? ${Object.keys(programs).join(', ')}\n`);
  process.exitCode = 64;
}
