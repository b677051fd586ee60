// Somebody who calls the gateway over HTTP, by the table of endpoints that its pages use too.
import {
  type Answer,
  type Body,
  type Endpoint,
  type EndpointName,
  endpoints,
  pathOf,
  problemSchema,
} from '#codecs/api';

export class Caller {
  /** @param headers what tells the gateway who calls: a bearer token or a cookie */
  constructor(
    readonly origin: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** @throws a sentence with the gateway's own words. */
  async call<N extends EndpointName>(
    name: N,
    { params, body }: { readonly params?: Readonly<Record<string, string>>; readonly body?: Body<N> } = {},
  ): Promise<Answer<N>> {
    return (await this.exchange(name, params, body)).answer;
  }

  /** Signs in by a one-time link's token; whoever calls with the result is that person's browser. */
  async signedInBy(token: string): Promise<Caller> {
    const { response } = await this.exchange('signInByLink', undefined, { token });
    const [cookie] = response.headers.getSetCookie();
    return new Caller(this.origin, { cookie: cookie?.split(';')[0] ?? '', origin: this.origin });
  }

  private async exchange<N extends EndpointName>(
    name: N,
    params?: Readonly<Record<string, string>>,
    body?: unknown,
  ) {
    const { method, path, answer }: Endpoint = endpoints[name];
    const response = await fetch(new URL(pathOf(path, params), this.origin), {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: unknown = await response.json();
    if (!response.ok) {
      const problem = problemSchema.parse(json);
      throw new Error(`the gateway answered ${method} ${path} with "${problem.detail ?? problem.title}"`);
    }
    return { answer: answer.parse(json) as Answer<N>, response };
  }
}
