// Holds the client to the endpoints table, over real HTTP, and its failures to their codes.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { call } from './call.js';
import { codeOf, Failure } from './failure.js';

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

const heard: Heard[] = [];
let answer: { status: number; body: string } = { status: 200, body: '{}' };
let server: Server;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    heard.push({
      method: request.method,
      url: request.url,
      type: request.headers['content-type'],
      body: await textOf(request),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // What a browser does with a path: it stands on the page's own origin.
  const onTheWire = fetch;
  jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation((path, request) =>
      onTheWire(new URL(String(path), `http://127.0.0.1:${port}`), request),
    );
});

afterAll(async () => {
  jest.restoreAllMocks();
  await new Promise(resolve => server.close(resolve));
});

beforeEach(() => {
  heard.length = 0;
});

function answering(status: number, body: unknown): void {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function failureFrom(promise: Promise<unknown>): Promise<Failure> {
  const fault = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (fault instanceof Failure) return fault;
  throw new Error(`no failure but ${String(fault)}`);
}

describe('a call to the gateway', () => {
  it('follows the table: method, path with its parameters escaped, body as JSON', async () => {
    answering(201, { nonce: 'n', expiresAt: 5 });
    const params = { ticket: 'A/B C' };
    expect(await call('claim', { params, body: { proof: { by: 'button' } } })).toEqual({
      nonce: 'n',
      expiresAt: 5,
    });
    expect(heard).toEqual([
      {
        method: 'POST',
        url: '/api/v1/tickets/A%2FB%20C/claim',
        type: 'application/json',
        body: '{"proof":{"by":"button"}}',
      },
    ]);
  });

  it('sends neither body nor type where the table has none', async () => {
    answering(200, { done: true });
    await call('release', { params: { deviceId: 'd1' } });
    expect(heard).toEqual([
      { method: 'DELETE', url: '/api/v1/devices/d1/binding', type: undefined, body: '' },
    ]);
  });

  it('puts the query behind the path', async () => {
    answering(200, []);
    expect(await call('devices', { query: { all: 'true' } })).toEqual([]);
    expect(heard[0]?.url).toBe('/api/v1/devices?all=true');
  });

  it("fails with the problem's code, its faults and how long to wait", async () => {
    answering(429, {
      type: 'about:blank',
      title: 'Too many attempts.',
      status: 429,
      code: 'too-many-attempts',
      retryAfterS: 8,
      faults: [{ field: 'pin', message: 'takes digits' }],
    });
    const failure = await failureFrom(call('devices'));
    expect(failure.code).toBe('too-many-attempts');
    expect(failure.retryAfterS).toBe(8);
    expect(failure.faults).toEqual([{ field: 'pin', message: 'takes digits' }]);
  });

  it.each([
    [502, '<html>Bad Gateway</html>', 'gateway-unreachable'],
    [503, '', 'gateway-unreachable'],
    [500, '<html></html>', 'internal'],
    [400, { code: 'no-code-of-ours' }, 'internal'],
  ])('understands %d %j of something in between as %s', async (status, body, code) => {
    answering(status, body);
    expect((await failureFrom(call('devices'))).code).toBe(code);
  });

  it('takes no answer that does not have the form of the contract', async () => {
    answering(200, [{ id: 'd1' }]);
    expect((await failureFrom(call('devices'))).code).toBe('internal');
    answering(200, 'not JSON');
    expect((await failureFrom(call('devices'))).code).toBe('internal');
  });

  it('says that the gateway cannot be reached when nobody answers', async () => {
    const refused = jest.spyOn(globalThis, 'fetch').mockRejectedValueOnce(new TypeError('fetch failed'));
    expect((await failureFrom(call('devices'))).code).toBe('gateway-unreachable');
    expect(refused).toHaveBeenCalled();
  });

  it('keeps an abort apart from a failure', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(call('devices', { signal: stop.signal })).rejects.not.toBeInstanceOf(Failure);
  });
});

describe('the code of a fault', () => {
  it('is internal for whatever was not foreseen', () => {
    expect(codeOf(new Error('boom'))).toBe('internal');
    expect(codeOf('boom')).toBe('internal');
  });
});
