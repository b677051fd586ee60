// The gateway over HTTP: calls by name from the table of endpoints, every answer checked, every failure a sentence.
import { z } from 'zod';
import {
  type Answer,
  type Body,
  type Endpoint,
  type EndpointName,
  endpoints,
  pathOf,
  problemSchema,
} from '#codecs/api';
import { Failure } from './failure.js';

const defaultTimeoutMs = 15_000;

interface Target {
  /** Values for the braces of the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

export interface Call<N extends EndpointName> extends Target {
  readonly body?: Body<N>;
}

export interface Download {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export class GatewayClient {
  /** @param origin such as `http://127.0.0.1:8080`; @param token undefined for somebody who is not signed in */
  constructor(
    readonly origin: string,
    private readonly token?: string,
    private readonly timeoutMs = defaultTimeoutMs,
  ) {}

  /** @throws Failure with the gateway's own code, `gateway-unreachable` or `answer-not-understood`. */
  async call<N extends EndpointName>(name: N, call: Call<N> = {}): Promise<Answer<N>> {
    const { method, path, answer }: Endpoint = endpoints[name];
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const response = await this.send(method, path, call, body);
    const read = answer.safeParse(await jsonOf(response));
    if (!read.success) throw new Failure('answer-not-understood');
    return read.data as Answer<N>;
  }

  /** The bytes of a path that is not JSON (`streams` of #codecs/api). */
  async download(path: string, target: Target): Promise<Download> {
    const response = await this.send('GET', path, target);
    return {
      type: response.headers.get('content-type') ?? '',
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  }

  /** As `download`, piece by piece, however long it takes. */
  async *pieces(path: string, target: Target): AsyncGenerator<Uint8Array> {
    const { body } = await this.send('GET', path, target, undefined, null);
    if (body !== null) yield* body;
  }

  /** The data of each server-sent event of a path, as they come; ends when the gateway ends it. */
  async *events(path: string, target: Target): AsyncGenerator<string> {
    const response = await this.send('GET', path, target, undefined, null);
    if (response.body === null) return;
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const events = (text + chunk).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: ?(.*)$/m.exec(event)?.[1];
        if (data !== undefined) yield data;
      }
    }
  }

  private async send(
    method: string,
    path: string,
    target: Target,
    body?: string,
    timeoutMs: number | null = this.timeoutMs,
  ): Promise<Response> {
    const url = new URL(pathOf(path, target.params), this.origin);
    url.search = new URLSearchParams(target.query).toString();
    const response = await this.reach(url, {
      method,
      body,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
      },
      // A token goes to the gateway that was named and nowhere else.
      redirect: 'manual',
      ...(timeoutMs !== null && { signal: AbortSignal.timeout(timeoutMs) }),
    });
    if (response.ok) return response;
    throw await refusal(this.origin, response);
  }

  private async reach(url: URL, request: RequestInit): Promise<Response> {
    try {
      return await fetch(url, request);
    } catch (error) {
      throw new Failure('gateway-unreachable', {
        sentence: `No gateway answers at ${this.origin} (${reasonOf(error)}). Start one with "npm start", or name another with --gateway URL.`,
      });
    }
  }
}

async function refusal(origin: string, response: Response): Promise<Failure> {
  const problem = problemSchema.safeParse(await jsonOf(response));
  if (problem.success) {
    const { code, detail, faults, retryAfterS } = problem.data;
    return new Failure(code, { sentence: detail, faults, retryAfterS });
  }
  const elsewhere = response.headers.get('location');
  const sentence = elsewhere
    ? `${origin} sends its callers to ${elsewhere}. Name that address with --gateway URL.`
    : `What answers at ${origin} is not an Airbind gateway (HTTP ${response.status}). Name another with --gateway URL.`;
  return new Failure('gateway-unreachable', { sentence });
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

const networkError = z.object({
  name: z.string(),
  message: z.string(),
  cause: z.object({ code: z.string().optional(), message: z.string() }).optional().catch(undefined),
});

/** `fetch failed` says nothing; the cause beneath it does. */
function reasonOf(error: unknown): string {
  const { data } = networkError.safeParse(error);
  if (data?.name === 'TimeoutError') return 'no answer in time';
  return data?.cause?.code ?? data?.cause?.message ?? data?.message ?? String(error);
}
