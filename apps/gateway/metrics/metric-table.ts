// Every metric of our own: its name for Prometheus, what it counts, and where it is read. docs/metrics.md has the same list.
import type { GatewayState } from './gateway-state.js';

/** Values by label; one without a label has the key ''. */
type Reading = number | Readonly<Record<string, number>>;

interface Row {
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  /** The only label; its values come from closed lists, and never from outside. */
  readonly label?: string;
  readonly read: (state: GatewayState) => Reading | Promise<Reading | null>;
}

const counted =
  (name: string) =>
  ({ brokerCounts }: GatewayState): number =>
    brokerCounts[name] ?? 0;

/** All counts of the broker that begin so, by the rest of their names. */
const countedBy =
  (prefix: string) =>
  ({ brokerCounts }: GatewayState): Reading =>
    Object.fromEntries(
      Object.entries(brokerCounts)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, count]) => [name.slice(prefix.length), count]),
    );

export const metricTable: Readonly<Record<string, Row>> = {
  airbind_connections: {
    type: 'gauge',
    help: 'Open sockets of the broker, logged in or not.',
    read: counted('connections.open'),
  },
  airbind_connections_total: {
    type: 'counter',
    help: 'Sockets that were opened.',
    read: counted('connections.total'),
  },
  airbind_sessions: {
    type: 'gauge',
    help: 'Clients that are logged in.',
    read: ({ sessions }) => sessions,
  },
  airbind_logins_total: { type: 'counter', help: 'Logins that were granted.', read: counted('logins') },
  airbind_takeovers_total: {
    type: 'counter',
    help: 'Connections that a second one of the same identity ended while they spoke.',
    read: counted('takeovers'),
  },
  airbind_refusals_total: {
    type: 'counter',
    help: 'What the broker refused or cut, by reason.',
    label: 'reason',
    read: countedBy('refused.'),
  },
  airbind_protocol_breaches_total: {
    type: 'counter',
    help: 'Packets that broke a clause of MQTT 3.1.1, by clause; each ended its connection.',
    label: 'clause',
    read: countedBy('clause.'),
  },
  airbind_wills_total: {
    type: 'counter',
    help: 'Last wills of clients that vanished, by whether they were believed.',
    label: 'believed',
    read: ({ brokerCounts }) => ({
      yes: brokerCounts.wills ?? 0,
      no: brokerCounts['wills-held-back'] ?? 0,
    }),
  },
  airbind_messages_received_total: {
    type: 'counter',
    help: 'PUBLISH packets of clients.',
    read: counted('messages'),
  },
  airbind_messages_acknowledged_total: {
    type: 'counter',
    help: 'Messages that were stored or passed on, and then acknowledged.',
    read: counted('acknowledged'),
  },
  airbind_messages_unanswered: {
    type: 'gauge',
    help: 'Messages that were taken in and are neither stored nor refused yet.',
    read: ({ unanswered }) => unanswered,
  },
  airbind_messages_queued: {
    type: 'gauge',
    help: 'Messages that clients, there or away, have not acknowledged.',
    read: ({ queued }) => queued,
  },
  airbind_messages_told_total: {
    type: 'counter',
    help: 'Messages that were sent down to devices.',
    read: counted('told'),
  },
  airbind_inputs_total: {
    type: 'counter',
    help: 'Inputs of the intake: messages, ticks and what people did; a duplicate was known already.',
    label: 'outcome',
    read: ({ intake: { counters } }) => ({
      stored: counters.inputs,
      duplicate: counters.duplicates,
      condemned: counters.condemned,
      refused: counters.refused,
    }),
  },
  airbind_dead_letters_total: {
    type: 'counter',
    help: 'Messages that could not be read, decided or stored.',
    read: ({ intake: { counters } }) => counters.malformed + counters.condemned,
  },
  airbind_intake_waiting: {
    type: 'gauge',
    help: 'Inputs that wait for the batch after the one under way.',
    read: ({ intake }) => intake.waiting,
  },
  airbind_store_down: {
    type: 'gauge',
    help: '1 while messages wait for a store that takes nothing.',
    read: ({ intake }) => Number(intake.isStoreDown),
  },
  airbind_deliveries_due: {
    type: 'gauge',
    help: 'Deliveries of notices that are not settled.',
    read: state => state.deliveriesDue(),
  },
  airbind_deliveries_under_way: {
    type: 'gauge',
    help: 'Deliveries that are being attempted.',
    read: ({ deliveriesUnderWay }) => deliveriesUnderWay,
  },
  airbind_event_loop_longest_block_seconds: {
    type: 'gauge',
    help: 'The longest time since the start for which the event loop was held up.',
    read: ({ eventLoop }) => eventLoop.longestBlockMs / 1000,
  },
  airbind_event_loop_delay_seconds: {
    type: 'gauge',
    help: 'How long the event loop is held up, by quantile since the start.',
    label: 'quantile',
    read: ({ eventLoop }) =>
      Object.fromEntries([0.5, 0.99, 0.999].map(share => [share, eventLoop.delayMs(share) / 1000])),
  },
};
