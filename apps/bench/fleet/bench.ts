// `npm run bench:fleet`: as many devices as one process can hold: what each costs, and how they come back after a crash.
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { closing, say } from '../report.js';
import { inFolder } from '../world/folder.js';
import { endAll } from '../world/program.js';
import { reportFleet } from './report.js';
import { reportStorms, stormFigures } from './storm-report.js';
import { FleetTrial, type Plan } from './trial.js';

const plans: Readonly<Record<'usual' | 'quick', Plan>> = {
  usual: { devices: 18_000, intervalS: 60, steadyS: 60, storms: 5 },
  quick: { devices: 1_000, intervalS: 10, steadyS: 10, storms: 3 },
};

/** Open files of a process beside its connections. */
const filesAside = 500;

export async function benchFleet(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      devices: { type: 'string' },
      /** The login storms alone. */
      storms: { type: 'boolean', default: false },
      /** Of the gateway's young generation, in MB: what it has instead of what `npm start` gives it. */
      'semi-space': { type: 'string' },
    },
  });
  const plan = scaled(plans[values.quick ? 'quick' : 'usual'], values.devices);
  const semiSpace = values['semi-space'];
  const flags = semiSpace === undefined ? [] : [`--max-semi-space-size=${semiSpace}`];
  try {
    return await inFolder(async (folder, fileSystem) => {
      const began = performance.now();
      const trial = new FleetTrial(folder, plan, flags);
      if (values.storms) {
        const storms = await trial.runStorms();
        await endAll();
        reportStorms(storms);
        closing('fleet', { fileSystem, devices: plan.devices, storms: stormFigures(storms) });
        return 0;
      }
      const findings = await trial.run();
      await endAll();
      reportFleet(plan, findings, { fileSystem, semiSpace, tookMs: performance.now() - began });
      return 0;
    });
  } finally {
    await endAll();
  }
}

/** No more than the open files of a process allow, which is said. */
function scaled(plan: Plan, asked: string | undefined): Plan {
  const devices = asked === undefined ? plan.devices : Number(asked);
  // The gateway and the load have as many each; Node has raised what it was started with to what it may have.
  const files = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim());
  const most = files - filesAside;
  if (Number.isNaN(most) || devices <= most) return { ...plan, devices };
  say(`A process may open ${files} files here, so the fleet has ${most} devices instead of ${devices}.`);
  return { ...plan, devices: most };
}
