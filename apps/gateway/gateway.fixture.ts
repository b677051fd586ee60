// A gateway for specs: on free ports of loopback, in a folder of its own, and a caller who speaks to it over real HTTP.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { type Answer, type Body, type Endpoint, type EndpointName, endpoints, pathOf } from '#codecs/api';
import { type Gateway, startGateway } from './gateway.js';
import { makeLogger } from './log/logger.js';
import { NestLogger } from './log/nest-logger.js';
import { readSettings } from './settings/index.js';

export interface TestGateway extends Gateway {
  /** Every line of the log so far. */
  readonly log: string[];
}

/** Removes its folder when it is closed, unless that is another's. */
export async function startTestGateway(environment: Record<string, string> = {}): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'airbind-gateway-'));
  const log: string[] = [];
  Logger.overrideLogger(new NestLogger(makeLogger('trace', linesInto(log))));
  const gateway = await startGateway(
    readSettings({
      AIRBIND_DATA: folder,
      HTTP_HOST: '127.0.0.1',
      MQTT_HOST: '127.0.0.1',
      HTTP_PORT: '0',
      PUBLIC_URL: 'http://127.0.0.1:0',
      MQTT_PORT: '0',
      MQTT_TLS_PORT: '0',
      HTTP_SIGN_INS_PER_MINUTE: '10000',
      HTTP_TICKETS_PER_MINUTE: '10000',
      HTTP_CLAIMS_PER_MINUTE: '10000',
      ...environment,
    }),
  ).catch(async error => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const close = async () => {
    await gateway.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...gateway, close, log };
}

function linesInto(log: string[]): Writable {
  return new Writable({
    write(chunk, _, done) {
      log.push(String(chunk));
      done();
    },
  });
}

interface Extras<N extends EndpointName> {
  readonly body?: Body<N>;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who calls the gateway: with a bearer token, or without. */
export class TestCaller {
  constructor(
    private readonly url: string,
    readonly token?: string,
  ) {}

  async raw<N extends EndpointName>(name: N, extras: Extras<N> = {}): Promise<Response> {
    const { method, path }: Endpoint = endpoints[name];
    const search = new URLSearchParams(extras.query).toString();
    return fetch(`${this.url}${pathOf(path, extras.params)}?${search}`, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(extras.body !== undefined && { 'content-type': 'application/json' }),
        ...extras.headers,
      },
      body: extras.body === undefined ? undefined : JSON.stringify(extras.body),
    });
  }

  /** The answer, after its schema. @throws when the gateway refuses. */
  async call<N extends EndpointName>(name: N, extras: Extras<N> = {}): Promise<Answer<N>> {
    const response = await this.raw(name, extras);
    const json: unknown = await response.json();
    if (!response.ok) throw new Error(`${name}: ${response.status} ${JSON.stringify(json)}`);
    return endpoints[name].answer.parse(json) as Answer<N>;
  }
}

export const password = 'correct horse battery';

/** A resident who signed up. */
export async function resident({ url }: Gateway, email = 'resident@example.org'): Promise<TestCaller> {
  const body = { email, password, name: 'Resident' };
  const { token } = await new TestCaller(url).call('signUp', { body, query: { token: 'true' } });
  return new TestCaller(url, token);
}

/** The operator whom the printed link made. */
export async function firstOperator({ url, firstOperatorUrl }: Gateway): Promise<TestCaller> {
  const token = firstOperatorUrl?.split('/').at(-1) ?? '';
  const body = { token, email: 'operator@example.org', password, name: 'Operator' };
  const session = await new TestCaller(url).call('firstOperator', { body, query: { token: 'true' } });
  return new TestCaller(url, session.token);
}

/** A camera-like product that whoever scans it first may bind: no proof to bring about. */
export const openProduct: Body<'putProduct'> = {
  id: 'lamp',
  name: { zh: '灯', en: 'Lamp' },
  icon: 'other',
  readings: [],
  bits: [],
  commands: [{ name: 'blink', label: { zh: '闪', en: 'Blink' } }],
  snapshots: true,
  intervalS: 60,
  power: 'mains',
  safetyClass: 'I',
  bindingPolicy: 'none',
  rules: [],
  page: { about: { zh: '一盏灯', en: 'A lamp' } },
};

/** Devices of `openProduct`, made by whoever holds the local token. */
export async function makeLamps({ url, cliToken }: Gateway, count = 1) {
  const operator = new TestCaller(url, cliToken);
  await operator.call('putProduct', { params: { productId: openProduct.id }, body: openProduct });
  return (await operator.call('makeBatch', { body: { product: openProduct.id, count } })).devices;
}

export async function bind(owner: TestCaller, ticket: string): Promise<void> {
  const { nonce } = await owner.call('claim', { params: { ticket }, body: { proof: { by: 'none' } } });
  await owner.call('confirm', { params: { ticket }, body: { nonce } });
}
