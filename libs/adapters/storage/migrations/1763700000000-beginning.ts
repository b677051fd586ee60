// The first tables, in the words that SQLite and PostgreSQL share; the three that differ are parameters.
// The quotes are TypeORM's need: it reads constraints back from SQLite by them.
import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Words {
  /** A small table's own numbering. */
  readonly serial: string;
  /** The numbering of a log without an end. */
  readonly logNumber: string;
  readonly bytes: string;
}

abstract class Tables implements MigrationInterface {
  readonly name = 'Beginning1763700000000';
  protected abstract readonly words: Words;

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements(this.words)) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('There is nothing before the beginning: remove the database instead.');
  }
}

export const Beginning = {
  onSqlite: class extends Tables {
    protected readonly words = {
      serial: 'integer PRIMARY KEY AUTOINCREMENT NOT NULL',
      // The rowid itself. Rows go from the old end, so the highest number is never given twice.
      logNumber: 'integer PRIMARY KEY NOT NULL',
      bytes: 'blob',
    };
  },
  onPostgres: class extends Tables {
    protected readonly words = {
      serial: 'serial PRIMARY KEY',
      logNumber: 'bigserial PRIMARY KEY',
      bytes: 'bytea',
    };
  },
};

const statements = ({ serial, logNumber, bytes }: Words): string[] => [
  `CREATE TABLE accounts (
    id text PRIMARY KEY NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    locale text NOT NULL,
    role text NOT NULL,
    password_hash text,
    created_at bigint NOT NULL
  )`,
  'CREATE UNIQUE INDEX accounts_email ON accounts (email)',
  "CREATE INDEX accounts_operators ON accounts (id) WHERE role = 'operator'",

  `CREATE TABLE sessions (
    token_hash text PRIMARY KEY NOT NULL,
    account_id text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT "sessions_account_id_exists" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  'CREATE INDEX sessions_expiry ON sessions (expires_at)',

  `CREATE TABLE one_time_links (
    token_hash text PRIMARY KEY NOT NULL,
    purpose text NOT NULL,
    account_id text,
    expires_at bigint NOT NULL,
    CONSTRAINT "one_time_links_account_id_exists" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,

  `CREATE TABLE homes (
    id text PRIMARY KEY NOT NULL,
    owner_id text NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    mode text NOT NULL,
    mode_since bigint NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT "homes_owner_id_exists" FOREIGN KEY ("owner_id") REFERENCES "accounts" ("id")
  )`,
  'CREATE INDEX homes_owner ON homes (owner_id)',

  'CREATE TABLE products (id text PRIMARY KEY NOT NULL, definition text NOT NULL)',

  `CREATE TABLE batches (
    "id" ${serial},
    product_id text NOT NULL,
    count integer NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT "batches_product_id_exists" FOREIGN KEY ("product_id") REFERENCES "products" ("id")
  )`,

  `CREATE TABLE devices (
    id text PRIMARY KEY NOT NULL,
    product_id text NOT NULL,
    batch integer NOT NULL,
    number integer NOT NULL,
    key_id integer NOT NULL,
    generation integer NOT NULL,
    serial text NOT NULL,
    secret_hash text NOT NULL,
    parent_id text,
    created_at bigint NOT NULL,
    CONSTRAINT "devices_product_id_exists" FOREIGN KEY ("product_id") REFERENCES "products" ("id"),
    CONSTRAINT "devices_batch_exists" FOREIGN KEY ("batch") REFERENCES "batches" ("id")
  )`,
  'CREATE UNIQUE INDEX devices_number ON devices (batch, number)',
  'CREATE INDEX devices_product ON devices (product_id)',
  'CREATE INDEX devices_parent ON devices (parent_id)',

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

  `CREATE TABLE bindings (
    device_id text PRIMARY KEY NOT NULL,
    state text NOT NULL,
    epoch integer NOT NULL,
    version integer NOT NULL,
    owner_id text,
    home_id text,
    name text,
    window_until bigint,
    pending text,
    CONSTRAINT "bindings_device_id_exists" FOREIGN KEY ("device_id") REFERENCES "devices" ("id")
  )`,
  'CREATE INDEX bindings_owner ON bindings (owner_id)',
  'CREATE INDEX bindings_home ON bindings (home_id)',

  `CREATE TABLE ledger_rows (
    "id" ${serial},
    device_id text NOT NULL,
    epoch integer NOT NULL,
    at bigint NOT NULL,
    what text NOT NULL,
    account_id text,
    proof text
  )`,
  'CREATE INDEX ledger_rows_device ON ledger_rows (device_id, id)',

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
