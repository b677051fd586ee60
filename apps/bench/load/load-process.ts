// The parent's hold on a load process.
import { fileURLToPath } from 'node:url';
import { Program } from '../world/program.js';
import type { JobName, Order, Reply, Result } from './jobs.js';

const entry = fileURLToPath(new URL('./load-main.js', import.meta.url));

export class LoadProcess {
  readonly program = Program.start(process.execPath, [entry], { talks: true });

  /** One job at a time. @throws what the job threw. */
  async run<N extends JobName>(job: N, order: Order<N>): Promise<Result<N>> {
    const { program } = this;
    program.child.send({ job, order });
    const reply = (await program.message()) as Reply;
    if ('fault' in reply) throw new Error(`${job}: ${reply.fault}`);
    return reply.result as Result<N>;
  }
}
