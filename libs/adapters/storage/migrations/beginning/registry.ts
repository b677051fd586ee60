// The first tables of who and what there is: people, homes, products, devices, and whose they are.
// The quotes are TypeORM's need: it reads constraints back from SQLite by them.
import type { Words } from './words.js';

export const registry = ({ serial }: Words): string[] => [
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
];
