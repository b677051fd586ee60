// Calls the gateway by name: path, body and answer follow the endpoints table, and every answer is checked.
import { type Answer, type Body, type Endpoint, type EndpointName, endpoints, pathOf } from '#codecs/api';
import { Failure, failureOf } from './failure.js';

type Table = typeof endpoints;
type Names<P extends string> = P extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type Params<N extends EndpointName> = Names<Table[N]['path']>;

type Options<N extends EndpointName> = {
  readonly query?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
} & ([Params<N>] extends [never] ? unknown : { readonly params: Readonly<Record<Params<N>, string>> }) &
  (Body<N> extends undefined ? unknown : { readonly body: Body<N> });

type Needed<N extends EndpointName> = [Params<N>] extends [never]
  ? Body<N> extends undefined
    ? [options?: Options<N>]
    : [options: Options<N>]
  : [options: Options<N>];

interface AnyOptions {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** @throws {Failure} with the problem's code; `gateway-unreachable` when there is no answer at all. */
export async function call<N extends EndpointName>(name: N, ...[options]: Needed<N>): Promise<Answer<N>> {
  const endpoint: Endpoint = endpoints[name];
  const { params, query, body, signal }: AnyOptions = options ?? {};
  const search = query ? `?${new URLSearchParams(query)}` : '';
  const response = await send(pathOf(endpoint.path, params) + search, {
    method: endpoint.method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  const content: unknown = await response.json().catch(() => null);
  if (!response.ok) throw failureOf(response.status, content);
  const answer = endpoint.answer.safeParse(content);
  if (!answer.success) throw new Failure('internal');
  return answer.data as Answer<N>;
}

async function send(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (fault) {
    if (request.signal?.aborted) throw fault;
    throw new Failure('gateway-unreachable');
  }
}
