// Decides from what providers took and what the store holds whether everybody was told as was promised.
import type { Alarm } from '#domain/alarms';
import type { Delivery, Notice } from '#domain/notices';

/** What a provider took; nobody knows better what a person got. */
export interface Taken {
  /** Of the delivery, or of a message of several. */
  readonly id: string;
  readonly endpointId: string;
  readonly subjectId: string;
  /** Of the notice: the order in which it was told. */
  readonly counter: number;
  readonly step: string;
  /** Counts the processes: a second one begins with a crash. */
  readonly process: number;
}

export interface ToldHistory {
  readonly alarms: readonly Pick<Alarm, 'id' | 'class' | 'acknowledgedAt' | 'clearedAt' | 'timeline'>[];
  /** Who had to be told of each alarm, and at which endpoints at once. */
  readonly owed: ReadonlyMap<
    string,
    { readonly accountIds: readonly string[]; readonly endpointIds: readonly string[] }
  >;
  readonly notices: readonly Pick<Notice, 'id' | 'accountId' | 'subjectId' | 'step' | 'number'>[];
  readonly deliveries: readonly Pick<Delivery, 'id' | 'subjectId' | 'endpointId' | 'state'>[];
  /** In the order in which it was taken. */
  readonly taken: readonly Taken[];
}

/** The last stage of an escalation. */
const theEnd = 3;

/** A sentence for each promise that was broken; none is what is wanted. */
export function brokenPromises(history: ToldHistory): string[] {
  return [
    ...history.alarms.flatMap(answered),
    ...toldInTheApp(history),
    ...lost(history),
    ...doubled(history),
    ...disordered(history),
  ];
}

function answered({ id, acknowledgedAt, timeline }: ToldHistory['alarms'][number]): string[] {
  const isToTheEnd = timeline.some(({ what, stage }) => what === 'escalated' && stage === theEnd);
  return acknowledgedAt !== null || isToTheEnd
    ? []
    : [`${id}: neither acknowledged nor escalated to the end`];
}

function toldInTheApp({ alarms, owed, notices }: ToldHistory): string[] {
  const times = new Map<string, number>();
  for (const { subjectId, accountId, step, number } of notices) {
    if (step !== 'raised' || number !== 0) continue;
    const key = `${subjectId} ${accountId}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return alarms.flatMap(({ id }) =>
    (owed.get(id)?.accountIds ?? []).flatMap(accountId => {
      const count = times.get(`${id} ${accountId}`) ?? 0;
      return count === 1 ? [] : [`${id}: ${accountId} was told ${count} times in the app`];
    }),
  );
}

/** At each endpoint that had to be told at once: it took it, or it is known why not; and what was "accepted" was taken. */
function lost({ owed, deliveries, taken }: ToldHistory): string[] {
  const key = (subjectId: string, endpointId: string) => `${subjectId} ${endpointId}`;
  const took = new Set(taken.map(({ subjectId, endpointId }) => key(subjectId, endpointId)));
  const ended = new Set(
    deliveries
      .filter(({ state }) => state === 'refused' || state === 'dead')
      .map(({ subjectId, endpointId }) => key(subjectId, endpointId)),
  );
  const missing = [...owed].flatMap(([subjectId, { endpointIds }]) =>
    endpointIds
      .map(endpointId => key(subjectId, endpointId))
      .filter(each => !took.has(each) && !ended.has(each))
      .map(each => `${each}: nobody took it, and nobody knows why`),
  );
  const takenIds = new Set(taken.map(({ id }) => id));
  const invented = deliveries
    .filter(({ id, state }) => state === 'accepted' && !takenIds.has(id))
    .map(({ id }) => `${id}: counts as accepted, and nobody took it`);
  const stuck = deliveries
    .filter(({ state }) => state === 'due' || state === 'held')
    .map(({ id, state }) => `${id}: is still ${state} when everything is over`);
  return [...missing, ...invented, ...stuck];
}

/** The same message twice only across a crash, and then under the same id. */
function doubled({ taken }: ToldHistory): string[] {
  const first = new Map<string, Taken>();
  return taken.flatMap(each => {
    const key = `${each.endpointId} ${each.subjectId} ${each.counter}`;
    const before = first.get(key);
    first.set(key, each);
    if (before === undefined) return [];
    if (before.id !== each.id) return [`${key}: told twice, as ${before.id} and as ${each.id}`];
    return before.process === each.process ? [`${key}: told twice without a crash`] : [];
  });
}

/**
 * Of one alarm an endpoint hears first that it was raised, and then everything in the order in which it was told. Where
 * it refused the first, or never answered it, what follows comes first.
 */
function disordered({ taken, deliveries }: ToldHistory): string[] {
  const untaken = new Set(
    deliveries
      .filter(({ state }) => state === 'refused' || state === 'dead')
      .map(({ endpointId, subjectId }) => `${endpointId} ${subjectId}`),
  );
  const mayBegin = (step: string, key: string) => step === 'raised' || step === 'repeat' || untaken.has(key);
  const last = new Map<string, number>();
  return taken.flatMap(({ endpointId, subjectId, counter, step }) => {
    const key = `${endpointId} ${subjectId}`;
    const before = last.get(key);
    last.set(key, Math.max(counter, before ?? 0));
    if (before === undefined) return mayBegin(step, key) ? [] : [`${key}: "${step}" came first`];
    return counter < before ? [`${key}: "${step}" came after what follows it`] : [];
  });
}
