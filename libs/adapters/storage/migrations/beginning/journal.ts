// The first tables of what happens: states, alarms, notices, deliveries, inputs.
import type { Words } from './words.js';

export const journal = ({ logNumber, bytes }: Words): string[] => [
  `CREATE TABLE device_states (
    device_id text NOT NULL,
    epoch integer NOT NULL,
    version integer NOT NULL,
    last_heard_at bigint,
    latest_at bigint,
    readings text NOT NULL,
    bits text NOT NULL,
    info text,
    snapshot_at bigint,
    PRIMARY KEY (device_id, epoch)
  )`,

  `CREATE TABLE alarms (
    id text PRIMARY KEY NOT NULL,
    device_id text NOT NULL,
    epoch integer NOT NULL,
    rule text NOT NULL,
    kind text NOT NULL,
    class text NOT NULL,
    severity text NOT NULL,
    occurrence integer NOT NULL,
    value double precision,
    unit text,
    occurred_at bigint NOT NULL,
    received_at bigint NOT NULL,
    raised_at bigint NOT NULL,
    acknowledged_at bigint,
    acknowledged_by text,
    calm_at bigint,
    cleared_at bigint,
    end_reason text,
    repeat_at bigint,
    repeats integer NOT NULL,
    timeline text NOT NULL
  )`,
  'CREATE INDEX alarms_device ON alarms (device_id, epoch, raised_at)',
  'CREATE INDEX alarms_newest ON alarms (raised_at)',
  'CREATE INDEX alarms_open ON alarms (device_id) WHERE cleared_at IS NULL',

  `CREATE TABLE rule_memories (
    device_id text NOT NULL,
    epoch integer NOT NULL,
    rule text NOT NULL,
    version integer NOT NULL,
    state text NOT NULL,
    due_at bigint,
    occurrences integer NOT NULL,
    PRIMARY KEY (device_id, epoch, rule)
  )`,
  'CREATE INDEX rule_memories_due ON rule_memories (device_id, epoch) WHERE due_at IS NOT NULL',

  `CREATE TABLE notices (
    id text PRIMARY KEY NOT NULL,
    account_id text NOT NULL,
    counter bigint NOT NULL,
    alarm_id text NOT NULL,
    device_id text NOT NULL,
    epoch integer NOT NULL,
    step text NOT NULL,
    number integer NOT NULL,
    class text NOT NULL,
    severity text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    received_at bigint NOT NULL,
    created_at bigint NOT NULL
  )`,
  'CREATE UNIQUE INDEX notices_counter ON notices (account_id, counter)',
  'CREATE INDEX notices_alarm ON notices (account_id, alarm_id, counter)',

  'CREATE TABLE notice_counters (account_id text PRIMARY KEY NOT NULL, last bigint NOT NULL)',

  `CREATE TABLE endpoints (
    id text PRIMARY KEY NOT NULL,
    account_id text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    secret text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT "endpoints_account_id_exists" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  'CREATE INDEX endpoints_account ON endpoints (account_id)',

  `CREATE TABLE deliveries (
    id text PRIMARY KEY NOT NULL,
    notice_id text NOT NULL,
    counter bigint NOT NULL,
    alarm_id text NOT NULL,
    account_id text NOT NULL,
    channel text NOT NULL,
    endpoint_id text NOT NULL,
    due_at bigint NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    detail text,
    settled_at bigint,
    lease_until bigint,
    attempted_at bigint,
    CONSTRAINT "deliveries_notice_id_exists" FOREIGN KEY ("notice_id") REFERENCES "notices" ("id")
  )`,
  "CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'due'",
  "CREATE INDEX deliveries_order ON deliveries (endpoint_id, alarm_id, counter) WHERE state = 'due'",
  'CREATE INDEX deliveries_alarm ON deliveries (account_id, alarm_id, counter)',
  'CREATE INDEX deliveries_attempt ON deliveries (endpoint_id, attempted_at)',

  `CREATE TABLE inputs (
    id ${logNumber},
    device_id text NOT NULL,
    epoch integer NOT NULL,
    kind text NOT NULL,
    boot bigint,
    seq bigint,
    at bigint NOT NULL,
    clock text NOT NULL,
    received_at bigint NOT NULL,
    body text NOT NULL
  )`,
  'CREATE UNIQUE INDEX inputs_stamp ON inputs (device_id, boot, seq) WHERE boot IS NOT NULL',
  'CREATE INDEX inputs_newest ON inputs (device_id, id) WHERE boot IS NOT NULL',

  `CREATE TABLE dead_letters (
    id ${logNumber},
    device_id text NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    payload ${bytes} NOT NULL,
    bytes integer NOT NULL,
    at bigint NOT NULL
  )`,

  `CREATE TABLE retained_messages (topic text PRIMARY KEY NOT NULL, payload ${bytes} NOT NULL)`,

  'CREATE TABLE probes (id integer PRIMARY KEY NOT NULL, at bigint NOT NULL, ballast text NOT NULL)',
];
