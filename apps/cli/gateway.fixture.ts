// A small real HTTP server that answers by the table of endpoints, for the tests of the command line.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  type Answer,
  apiPrefix,
  type Endpoint,
  type EndpointName,
  type ErrorCode,
  endpoints,
  errorTitles,
  type Problem,
} from '#codecs/api';

/** One call as the server saw it. */
export interface SeenCall {
  readonly name: EndpointName | 'other';
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** What to answer: a value of the endpoint's schema, or a problem. */
export type Answers = { readonly [N in EndpointName]?: Answer<N> | RefusedCall };

export interface RefusedCall {
  readonly problem: Partial<Problem> & { code: ErrorCode };
}

export interface PretendGateway {
  readonly url: string;
  readonly seen: readonly SeenCall[];
  /** What the next calls get. */
  answer(answers: Answers): void;
  /** For everything that is not in the table. */
  otherwise(respond: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): Promise<void>;
}

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** Listens on a free port of the loopback. Takes the token `goodToken` for everything that is not public. */
export async function pretendGateway(goodToken: string): Promise<PretendGateway> {
  const seen: SeenCall[] = [];
  let answers: Answers = {};
  let otherwise: Respond = (_, response) => refuse(response, 'not-found');
  const server = createServer(async (request, response) => {
    const { url = '/', headers } = request;
    const name = nameOf(request.method ?? '', new URL(url, 'http://gateway').pathname);
    const body = parse(await text(request));
    seen.push({ name: name ?? 'other', url, authorization: headers.authorization, body });
    if (name === undefined) return otherwise(request, response);
    const endpoint: Endpoint = endpoints[name];
    if (endpoint.access !== 'public' && headers.authorization !== `Bearer ${goodToken}`) {
      return refuse(response, 'not-signed-in');
    }
    if (endpoint.body && !endpoint.body.safeParse(body).success) return refuse(response, 'invalid-request');
    const answer: unknown = answers[name];
    if (isRefused(answer)) return refuse(response, answer.problem.code, answer.problem);
    return send(response, endpoint.status ?? 200, endpoint.answer.parse(answer));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: wanted => {
      answers = wanted;
    },
    otherwise: respond => {
      otherwise = respond;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function nameOf(method: string, path: string): EndpointName | undefined {
  return (Object.keys(endpoints) as EndpointName[]).find(name => {
    const endpoint: Endpoint = endpoints[name];
    const pattern = new RegExp(`^${apiPrefix}${endpoint.path.replace(/\{\w+\}/g, '[^/]+')}$`);
    return endpoint.method === method && pattern.test(path);
  });
}

function refuse(response: ServerResponse, code: ErrorCode, more: Partial<Problem> = {}): void {
  const problem = { type: 'about:blank', title: errorTitles[code], status: 400, code, ...more };
  response
    .writeHead(problem.status, { 'content-type': 'application/problem+json' })
    .end(JSON.stringify(problem));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function isRefused(answer: unknown): answer is RefusedCall {
  return typeof answer === 'object' && answer !== null && 'problem' in answer;
}

function parse(body: string): unknown {
  return body === '' ? undefined : JSON.parse(body);
}
