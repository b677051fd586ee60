// A process that makes load: it takes one job after the other from its parent, and ends with it.
import { jobs, type Reply, type Request } from './jobs.js';

process.on('message', ({ job, order }: Request) => {
  // The request carries the order of its own job: the parent's types see to that.
  const work = jobs[job] as (order: unknown) => Promise<unknown>;
  work(order).then(
    result => reply({ result }),
    fault => reply({ fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) }),
  );
});
process.on('disconnect', () => process.exit());

function reply(answer: Reply): void {
  process.send?.(answer);
}
