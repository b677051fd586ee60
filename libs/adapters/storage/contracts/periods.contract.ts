// Devices that were one person's and then another's, and something in every table of each time, with its mark in it.
import { byGateway } from '#domain/accounts';
import { ledgerRow } from '#domain/binding';
import type { PastPeriod } from '#domain/erasure';
import type { InputRow } from '#domain/intake';
import type { Stores } from '../index.js';
import {
  alarmOf,
  batchOf,
  devicesMade,
  endpointOf,
  inputOf,
  memoryOf,
  noon,
  noticeOf,
  rebind,
  settlementOf,
  someone,
  stateOf,
} from './samples.contract.js';

const dayMs = 86_400_000;

export interface Period extends PastPeriod {
  /** Stands in every row that was written in it. */
  readonly mark: string;
  /** Was told too, and keeps what they were told. */
  readonly memberId: string;
  readonly endpoint: ReturnType<typeof endpointOf>;
  readonly memberEndpoint: ReturnType<typeof endpointOf>;
}

/** What can be recorded. Each with a number, so that it can happen again. */
export const happenings = {
  said: async (stores, period, n) => {
    const { deviceId, epoch, from, mark } = period;
    const at = from + n * 60_000 + 1_234;
    const row: InputRow = {
      ...inputOf(deviceId, epoch * 10_000 + n, { epoch, at, receivedAt: at + 5 }),
      ...{ body: { values: { [`${mark}.lel`]: n } } },
      recorded: { values: { [`${mark}.lel`]: n }, events: [{ at, name: `${mark}.button`, on: null }] },
    };
    await stores.intake.commit(batchOf({ inputs: [row] }));
  },
  ticked: async (stores, { deviceId, epoch, from, mark }, n) => {
    const row = inputOf(deviceId, null, { epoch, kind: 'tick', at: from + n, body: { by: mark } });
    await stores.intake.commit(batchOf({ inputs: [row] }));
  },
  alarmed: async (stores, period, n) => {
    const { deviceId, epoch, accountId, memberId, from, mark } = period;
    const id = alarmIdOf(period, n);
    const remarks = ['', ' again'].map(text => ({
      ...{ at: from, what: 'commented' as const, by: accountId },
      text: mark + text,
    }));
    const alarm = alarmOf(deviceId, { id, epoch, raisedAt: from + n, clearedAt: from + n + 1 });
    const told = { subjectId: id, deviceId, epoch, title: { zh: mark, en: mark } };
    const own = noticeOf(accountId, { ...told, id: `${id}-own` });
    const other = noticeOf(memberId, { ...told, id: `${id}-other`, title: { zh: 'told', en: 'told' } });
    const dueAt = 2 * noon;
    // Written again and again, as alarms are: a row that has grown has left its old place in the file.
    for (const timeline of [remarks.slice(0, 1), remarks])
      await stores.intake.commit(batchOf({ alarms: [{ ...alarm, timeline }] }));
    await stores.intake.commit(
      batchOf({
        notices: [own, other],
        deliveries: [
          deliveryFor(own, period.endpoint, mark, n),
          deliveryFor(other, period.memberEndpoint, 'kept', n),
        ],
      }),
    );
    for (const leased of await stores.outbox.lease(dueAt, 60_000, 100))
      await stores.outbox.settle(leased, settlementOf('accepted', leased.id), dueAt);
  },
  buried: async (stores, { deviceId, from, mark }, n) => {
    const letter = { deviceId, kind: 'telemetry', reason: mark, bytes: 3, at: from + n };
    await stores.intake.commit(batchOf({ deadLetters: [{ ...letter, payload: Buffer.from(mark) }] }));
  },
  figured: async (stores, { deviceId, accountId, from, mark }, n) => {
    const figures = { [mark]: { from: n } };
    const own = { deviceId, figures, changedAt: from + n, changedBy: accountId };
    await stores.intake.commit(batchOf({ figures: [own as never] }));
  },
} satisfies Record<string, (stores: Stores, period: Period, n: number) => Promise<void>>;

/** Others were told of it too, so it has no mark. */
export const alarmIdOf = ({ deviceId, epoch }: Period, n: number) => `alarm-${deviceId}-${epoch}-${n}`;

export type Happening = keyof typeof happenings;
export const allHappenings = Object.keys(happenings) as Happening[];

/** Once a period: the last state and what a rule remembers. */
export async function knows(stores: Stores, { deviceId, epoch, mark }: Period): Promise<void> {
  const state = stateOf(deviceId, 1, { epoch, values: { [mark]: 1 } });
  const memory = memoryOf(deviceId, 1, { epoch, state: { mark } });
  await stores.intake.commit(batchOf({ deviceStates: [state], ruleMemories: [memory] }));
  await stores.snapshots.put(deviceId, epoch, Buffer.from(`${mark} picture`));
}

/** One device that was Anna's and then Bela's and is Anna's now, and one that is Anna's all the time. */
export async function twoDevices(
  stores: Stores,
): Promise<{ first: Period; second: Period; others: Period[] }> {
  const [passed, own] = await devicesMade(stores, 2);
  if (!passed || !own) throw new Error('two devices');
  const people = await Promise.all(['anna', 'bela', 'member'].map(name => someone(stores, name)));
  const [anna = '', bela = '', memberId = ''] = people.map(({ account }) => account.id);
  const make = async (deviceId: string, epoch: number, accountId: string): Promise<Period> => {
    const from = noon + epoch * 10 * dayMs;
    await began(stores, deviceId, epoch, accountId, from);
    const mark = `mark-${deviceId}-${epoch}`;
    const endpoint = endpointOf(accountId);
    const memberEndpoint = endpointOf(memberId);
    for (const each of [endpoint, memberEndpoint]) await stores.endpoints.insert(each);
    const to = from + 10 * dayMs;
    return { deviceId, epoch, accountId, from, to, mark, memberId, endpoint, memberEndpoint };
  };
  const first = await make(passed.id, 1, anna);
  const second = await make(passed.id, 2, bela);
  const third = await make(passed.id, 3, anna);
  return { first, second, others: [third, await make(own.id, 1, anna)] };
}

async function began(stores: Stores, deviceId: string, epoch: number, ownerId: string, at: number) {
  const before = await stores.bindings.byDevice(deviceId);
  if (!before) throw new Error('no such device');
  const next = { ...before, state: 'bound', epoch, version: before.version + 1, ownerId } as const;
  const line = ledgerRow(byGateway, { deviceId, epoch, at, what: 'transferred', accountId: ownerId });
  if (!(await rebind(stores, next, [line]))) throw new Error('overtaken');
}

/** What became of it says the mark, so that the attempt has it. */
function deliveryFor(
  notice: ReturnType<typeof noticeOf>,
  endpoint: ReturnType<typeof endpointOf>,
  mark: string,
  n: number,
) {
  const { id: noticeId, subjectId, accountId, class: of } = notice;
  const terms = { rank: 0, stage: 0, dueAt: noon, bundle: null, enters: 'due' } as const;
  const to = { channel: endpoint.channel, endpointId: endpoint.id, contactId: null };
  return {
    id: `${mark}-${accountId}-delivery-${n}`,
    noticeId,
    subjectId,
    accountId,
    class: of,
    ...to,
    ...terms,
  };
}
