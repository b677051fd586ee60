// Somebody who calls a gateway over HTTP by the table of endpoints, with a bearer token.
import { type Answer, type Body, type Endpoint, type EndpointName, endpoints, pathOf } from '#codecs/api';

interface Extras<N extends EndpointName> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Body<N>;
}

export class Caller {
  constructor(
    private readonly origin: string,
    private readonly token: string | null = null,
  ) {}

  /** The same person at a gateway that was started again. */
  at(origin: string): Caller {
    return new Caller(origin, this.token);
  }

  /** The answer as it came: what a benchmark asks for is not what it measures. @throws when the gateway refuses. */
  async call<N extends EndpointName>(name: N, { params, query, body }: Extras<N> = {}): Promise<Answer<N>> {
    const { method, path }: Endpoint = endpoints[name];
    const response = await fetch(`${this.origin}${pathOf(path, params)}?${new URLSearchParams(query)}`, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const json: unknown = await response.json();
    if (!response.ok) throw new Error(`${name}: ${response.status} ${JSON.stringify(json)}`);
    return json as Answer<N>;
  }
}
