// Holds the documents of the contract true: what they say is what its schemas and its table say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import specs from '@asyncapi/specs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type Clause, type DownwardKind, downward, topicOf, type UpwardKind, upward } from './index.js';

interface Reference {
  $ref: string;
}

interface Message {
  payload: Reference | { 'x-first-line': Reference };
  examples?: { payload: unknown }[];
}

interface Document {
  channels: Record<string, { address: string; messages: Record<string, Reference> }>;
  operations: Record<string, object>;
  components: { messages: Record<string, Message>; schemas: Record<string, unknown> };
}

const docs = join(import.meta.dirname, '../../../docs');
const document = parse(readFileSync(join(docs, 'mqtt-contract.asyncapi.yaml'), 'utf8')) as Document;
const pages = readFileSync(join(docs, 'mqtt-contract.md'), 'utf8');
const { messages, schemas } = document.components;

/** What the document calls each message; a `reply` goes both ways and is two. */
const upwardNames = {
  telemetry: 'Telemetry',
  event: 'Event',
  status: 'Status',
  info: 'Info',
  snapshot: 'Snapshot',
  reply: 'DeviceReply',
} as const satisfies Record<UpwardKind, string>;

const downwardNames = {
  command: 'Command',
  config: 'Config',
  binding: 'Binding',
  reply: 'GatewayReply',
} as const satisfies Record<DownwardKind, string>;

interface Row {
  readonly name: string;
  readonly kind: UpwardKind | DownwardKind;
  readonly action: 'send' | 'receive';
  readonly clause: Clause;
}

/** The contract seen from the device, as the document sees it. */
const contract: readonly Row[] = [
  ...entries(upward).map(([kind, clause]) => ({
    name: upwardNames[kind],
    kind,
    action: 'send' as const,
    clause,
  })),
  ...entries(downward).map(([kind, clause]) => ({
    name: downwardNames[kind],
    kind,
    action: 'receive' as const,
    clause,
  })),
];

function entries<K extends string>(table: Readonly<Record<K, Clause>>): [K, Clause][] {
  return Object.entries(table) as [K, Clause][];
}

/** Compared as YAML, so that a difference shows what to write into the document. */
function expectPart(actual: unknown, expected: unknown): void {
  expect(stringify(actual, { sortMapEntries: true })).toBe(stringify(expected, { sortMapEntries: true }));
}

function schemaOf(clause: Clause): unknown {
  const { $schema: _, ...schema } = z.toJSONSchema(clause.schema, { io: 'input' });
  return schema;
}

function schemaName({ name, clause }: Row): string {
  return clause.binary ? `${name}Header` : name;
}

describe('the AsyncAPI document of the MQTT contract', () => {
  it('is an AsyncAPI 3.0 document', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(specs.schemasWithoutId['3.0.0']);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('would be refused with a fault in it', () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(specs.schemasWithoutId['3.0.0']);
    expect(validate({ ...document, channels: { telemetry: { address: 3 } } })).toBe(false);
  });

  it.each(contract.map(row => [row.name, row] as const))('has the schema of %s', (_, row) => {
    expectPart({ [schemaName(row)]: schemas[schemaName(row)] }, { [schemaName(row)]: schemaOf(row.clause) });
  });

  it.each(contract.map(row => [row.name, row] as const))('has the payload of %s', (name, row) => {
    const reference = { $ref: `#/components/schemas/${schemaName(row)}` };
    const payload = messages[name]?.payload;
    expect(row.clause.binary && payload ? Reflect.get(payload, 'x-first-line') : payload).toEqual(reference);
  });

  it('has no schema and no message that the contract has not', () => {
    expect(Object.keys(messages).sort()).toEqual(contract.map(({ name }) => name).sort());
    expect(Object.keys(schemas).sort()).toEqual(contract.map(schemaName).sort());
  });

  it('has a channel for each topic, with the messages that go over it', () => {
    const channels = Object.entries(document.channels).map(([kind, { address, messages }]) => ({
      kind,
      address,
      messages,
    }));
    const kinds = [...new Set(contract.map(({ kind }) => kind))];
    expectPart(
      channels,
      kinds.map(kind => ({
        kind,
        address: topicOf('{deviceId}', kind),
        messages: Object.fromEntries(
          contract
            .filter(row => row.kind === kind)
            .map(({ name }) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      })),
    );
  });

  it('has an operation for each way, with quality of service, retain and the largest size', () => {
    const expected = contract.map(({ name, kind, action, clause: { qos, retain, maxBytes } }) => [
      `${action}${name}`,
      {
        action,
        channel: { $ref: `#/channels/${kind}` },
        messages: [{ $ref: `#/channels/${kind}/messages/${name}` }],
        bindings: { mqtt: { qos, retain, bindingVersion: '0.2.0' } },
        'x-max-bytes': maxBytes,
      },
    ]);
    expectPart(document.operations, Object.fromEntries(expected));
  });

  it.each(contract.filter(({ clause }) => !clause.binary).map(row => [row.name, row] as const))(
    'has an example of %s that the schema takes',
    (name, { clause }) => {
      const examples = messages[name]?.examples ?? [];
      expect(examples).not.toEqual([]);
      for (const { payload } of examples) expect(clause.schema.parse(payload)).toEqual(payload);
    },
  );
});

describe('the exchange on the pages of the MQTT contract', () => {
  /** One line a message, however it was broken on the page. */
  const spoken = [
    ...pages.replace(/\n {3,}(?=[{"])/g, '').matchAll(/^([<>]) PUBLISH +\S+\/(\w+) +(\{.*\})/gm),
  ].map(([line, way, kind = '', body = '']) => ({ line, name: nameOf(way, kind), body: JSON.parse(body) }));

  function nameOf(way: string | undefined, kind: string): string | undefined {
    const action = way === '>' ? 'send' : 'receive';
    return contract.find(row => row.kind === kind && row.action === action)?.name;
  }

  it('shows every message of the contract that is text', () => {
    const shown = new Set(spoken.map(({ name }) => name));
    expect([...shown].sort()).toEqual(
      contract
        .filter(({ clause }) => !clause.binary)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('has one malformed message, and no other', () => {
    const refused = spoken.filter(({ name, body }) => {
      const row = contract.find(row => row.name === name);
      return !row?.clause.schema.safeParse(body).success;
    });
    expect(refused.map(({ body }) => body)).toEqual([{ boot: 41, seq: 2, values: { 'gas.lel': 'high' } }]);
  });
});
