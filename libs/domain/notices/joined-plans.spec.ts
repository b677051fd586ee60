// The plans of one batch: what a later one says of an earlier one's deliveries holds, whether those are stored or not.
import { describe, expect, it } from '@jest/globals';
import type { Entry, HeldChange, QueuedDelivery } from './delivery.js';
import { joinPlans } from './joined-plans.js';
import type { Plan } from './plan.js';

const delivery = (stage: number, enters: Entry): QueuedDelivery => ({
  id: `n.${stage}`,
  noticeId: 'n',
  subjectId: 'a',
  accountId: 'lin',
  channel: 'webhook',
  endpointId: `e${stage}`,
  contactId: null,
  class: 'L',
  rank: stage,
  stage,
  dueAt: 0,
  bundle: null,
  enters,
});
const queues = (...deliveries: QueuedDelivery[]): Plan => ({ notices: [], deliveries, held: [] });
const changes = (upTo: number | null, at: number): Plan => ({
  notices: [],
  deliveries: [],
  held: [{ subjectId: 'a', upTo, at } satisfies HeldChange],
});
const raised = queues(delivery(0, 'due'), delivery(1, 'held'), delivery(3, 'held'));
const entering = (plans: Plan[]) => joinPlans(plans).deliveries.map(({ stage, enters }) => [stage, enters]);

describe('joined plans', () => {
  it('let out what was held in the same batch, at the time of that stage', () => {
    const { deliveries } = joinPlans([raised, changes(1, 30)]);
    expect(deliveries.map(({ enters, dueAt }) => [enters, dueAt])).toEqual([
      ['due', 0],
      ['due', 30],
      ['held', 0],
    ]);
  });

  it('drop what was held in the same batch and is not needed any more', () => {
    expect(entering([raised, changes(null, 5)])).toEqual([[0, 'due']]);
  });

  it('keep what is raised again after it was acknowledged', () => {
    expect(entering([raised, changes(null, 5), queues(delivery(1, 'held'))])).toEqual([
      [0, 'due'],
      [1, 'held'],
    ]);
  });

  it.each([
    ['released, then stopped', [changes(1, 1), changes(null, 2)], [1], 1],
    [
      'stopped, then released: nothing of before is left to release',
      [changes(null, 1), changes(1, 2)],
      [],
      1,
    ],
    ['released twice: as far as the last', [changes(1, 1), changes(3, 2)], [3], 0],
  ] as const)('of stored ones: %s', (_, plans, released, stopped) => {
    const joined = joinPlans(plans);
    expect(joined.released.map(({ upTo }) => upTo)).toEqual(released);
    expect(joined.stopped).toHaveLength(stopped);
  });
});
