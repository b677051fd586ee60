// When the gateway is away, refuses, or is something else: the status, the sentence, and where the token does not go.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ErrorCode, errorCodes, errorTitles } from '#codecs/api';
import { exitStatuses } from './exit-status.js';
import { Failure } from './failure.js';
import { type PretendGateway, pretendGateway } from './gateway.fixture.js';
import { GatewayClient } from './gateway-client.js';
import { typed } from './typed.fixture.js';

const token = 'a-token-that-is-good-enough';

let gateway: PretendGateway;
beforeEach(async () => {
  gateway = await pretendGateway(token);
});
afterEach(() => gateway.close());

function environment() {
  return { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: token };
}

describe('a gateway that is not there', () => {
  it('ends a command with 69 and says where it was looked for and what to do', async () => {
    await gateway.close();
    const { status, out, err } = await typed(['devices', 'list'], { environment: environment() });
    expect({ status, out }).toEqual({ status: 69, out: '' });
    expect(err).toMatch(
      /^airbind: No gateway answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. .*--gateway/,
    );
    expect(err.trimEnd()).not.toContain('\n');
    gateway = await pretendGateway(token);
  });

  it('that never answers is given up after a while', async () => {
    const silent = createServer(() => {});
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const failure = await new GatewayClient(origin, token, 50)
      .call('devices')
      .catch((error: unknown) => error);
    silent.closeAllConnections();
    silent.close();
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      code: 'gateway-unreachable',
      message: expect.stringContaining('no answer in time'),
    });
  });

  it.each([
    [
      'a page of another server',
      (origin: string) => `What answers at ${origin} is not an Airbind gateway (HTTP 502)`,
      502,
      {},
    ],
    [
      'a redirect',
      () => 'sends its callers to https://elsewhere.example/api/v1/x',
      308,
      { location: 'https://elsewhere.example/api/v1/x' },
    ],
  ])('but %s instead is told', async (_, sentence, status, headers) => {
    gateway.otherwise((_request, response) => response.writeHead(status, headers).end('<h1>Hello</h1>'));
    const failure = await new GatewayClient(gateway.url, token)
      .download('/x', {})
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'gateway-unreachable',
      message: expect.stringContaining(sentence(gateway.url)),
    });
  });

  it('never gets the token by a redirect', async () => {
    const elsewhere = await pretendGateway(token);
    gateway.otherwise((_request, response) =>
      response.writeHead(307, { location: `${elsewhere.url}/api/v1/homes` }).end(),
    );
    await new GatewayClient(gateway.url, token).download('/x', {}).catch(() => {});
    expect(gateway.seen).toHaveLength(1);
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.close();
  });
});

describe('a gateway that refuses', () => {
  it.each(errorCodes)('with %s ends the command with the status of the table', async (code: ErrorCode) => {
    gateway.answer({ homes: { problem: { code } } });
    const { status, out, err } = await typed(['homes', 'list'], { environment: environment() });
    expect({ status, out }).toEqual({ status: exitStatuses[code], out: '' });
    expect(err).toMatch(/^airbind: .+\n$/);
  });

  it('tells its own detail, the fields at fault, and when to try again', async () => {
    gateway.answer({
      homes: {
        problem: {
          code: 'too-many-attempts',
          detail: 'Too often.',
          faults: [{ field: 'mode', message: 'takes home, away or night' }],
          retryAfterS: 7,
        },
      },
    });
    const { err } = await typed(['homes', 'list'], { environment: environment() });
    expect(err).toBe('airbind: Too often (mode: takes home, away or night). Try again in 7 s.\n');
  });

  it('to know us is answered with the way to sign in', async () => {
    const { status, err } = await typed(['devices', 'list'], {
      environment: { AIRBIND_URL: gateway.url, AIRBIND_DATA: 'no-such-folder' },
    });
    expect(status).toBe(77);
    expect(err).toBe(`airbind: ${errorTitles['not-signed-in']} Run: airbind login\n`);
  });

  it('keeps quiet about the token', async () => {
    const { err } = await typed(['devices', 'list'], {
      environment: { ...environment(), AIRBIND_TOKEN: `${token}-not` },
    });
    expect(err).not.toContain(token);
  });
});

describe('an answer', () => {
  it.each(['null', '{"devices":[]}', '[{"id":1}]', '<html>'])(
    'that is %s is not believed, and ends with 76',
    async body => {
      const other = createServer((_request, response) => response.end(body));
      await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
      const { status, err } = await typed(['devices', 'list'], {
        environment: { AIRBIND_URL: url, AIRBIND_DATA: 'no-such-folder' },
      });
      other.closeAllConnections();
      other.close();
      expect(status).toBe(76);
      expect(err).toContain('airbind --version');
    },
  );
});

describe('a path', () => {
  it('is escaped, so that an id cannot lead elsewhere', async () => {
    gateway.answer({ device: { problem: { code: 'not-found' } } });
    await typed(['devices', 'show', '../products'], { environment: environment() });
    expect(gateway.seen.map(call => call.url)).toEqual(['/api/v1/devices/..%2Fproducts']);
  });
});
