// A POST to an address that a person gave: never into the operator's own network, bounded in time and in bytes.
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import type { Receipt } from '#domain/notices';
import { ChannelSettings } from './channel-settings.js';
import { isPublicAddress, lookupPublic, PrivateAddressError } from './public-address.js';

const mostBodyBytes = 4 * 1024;
const mostHeaderBytes = 8 * 1024;
const longestRetryMs = 60 * 60_000;

const requests: Readonly<Record<string, typeof requestHttp>> = {
  'http:': requestHttp,
  'https:': requestHttps,
};

/** What is posted; the length is added. */
export interface Post {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string | Uint8Array;
}

/** What came back. Redirects are not followed: they would lead past the checks of the address. */
export interface Answer {
  readonly status: number;
  /** How long the other side wants to be left alone; undefined when it does not say. */
  readonly retryAfterMs: number | undefined;
}

@Injectable()
export class OutboundHttp {
  constructor(
    private readonly settings: ChannelSettings,
    private readonly clock: Clock,
  ) {}

  /** Posts, and makes a receipt of the status alone: of what else is answered no byte is kept. Never throws. */
  async postForReceipt(address: string, post: Post, timeoutMs: number): Promise<Receipt> {
    try {
      const answer = await this.post(address, post, timeoutMs, async response => skipBody(response));
      return receiptOf(answer);
    } catch (fault) {
      return receiptOfFault(fault);
    }
  }

  /**
   * Posts, and reads an answer of up to 4 KB as JSON; what is longer or none reads as null. Never throws.
   * @param judge makes a receipt of a 2xx by what it says; every other status speaks for itself
   */
  async postForJson(
    address: string,
    post: Post,
    timeoutMs: number,
    judge: (json: unknown) => Receipt,
  ): Promise<Receipt> {
    try {
      let json: unknown = null;
      const answer = await this.post(address, post, timeoutMs, async response => {
        json = await readJson(response);
      });
      const receipt = receiptOf(answer);
      return receipt.outcome === 'accepted' ? judge(json) : receipt;
    } catch (fault) {
      return receiptOfFault(fault);
    }
  }

  private post(
    address: string,
    { headers, body }: Post,
    timeoutMs: number,
    read: (response: IncomingMessage) => Promise<void>,
  ): Promise<Answer> {
    const url = URL.canParse(address) ? new URL(address) : null;
    const request = requests[url?.protocol ?? ''];
    if (!url || !request) throw new NotHttpError();
    if (this.isPrivateLiteral(url)) throw new PrivateAddressError();
    return new Promise((resolve, reject) => {
      const call = request(url, {
        method: 'POST',
        // A connection for each attempt: none is kept that was checked for an earlier one.
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        maxHeaderSize: mostHeaderBytes,
        ...(this.settings.allowPrivateAddresses ? {} : { lookup: lookupPublic }),
        headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Airbind' },
      });
      call.on('error', reject);
      call.on('response', response => {
        const { statusCode: status = 0, headers } = response;
        const retryAfterMs = readRetryAfter(headers['retry-after'], this.clock.now());
        read(response).then(() => resolve({ status, retryAfterMs }), reject);
      });
      call.end(body);
    });
  }

  private isPrivateLiteral({ hostname }: URL): boolean {
    const address = hostname.replace(/^\[|\]$/g, '');
    return !this.settings.allowPrivateAddresses && isIP(address) !== 0 && !isPublicAddress(address);
  }
}

/** However long somebody wants to be left alone, no longer than an hour. */
export function boundedRetryMs(ms: number): number {
  return Math.min(Math.max(ms, 0), longestRetryMs);
}

class NotHttpError extends Error {
  constructor() {
    super('this is not an http or https URL');
  }
}

/** What the other side says beyond its status is of no interest, and may be endless. */
function skipBody(response: IncomingMessage): void {
  let bytes = 0;
  response.on('error', () => {});
  response.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > mostBodyBytes) response.destroy();
  });
}

async function readJson(response: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop destroys the response.
    if (bytes > mostBodyBytes) return null;
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return null;
  }
}

/** Statuses that ask to come again (RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4); so does every 5xx. */
const comeAgain: ReadonlySet<number> = new Set([408, 425, 429]);

function receiptOf({ status, retryAfterMs }: Answer): Receipt {
  const detail = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { outcome: 'accepted', detail };
  if (comeAgain.has(status) || status >= 500) return { outcome: 'retry', detail, afterMs: retryAfterMs };
  const isRedirect = status >= 300 && status < 400;
  return { outcome: 'refused', detail: isRedirect ? `${detail}: redirects are not followed` : detail };
}

/** RFC 9110 §10.2.3: seconds or a date. */
function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : boundedRetryMs(ms);
}

function receiptOfFault(fault: unknown): Receipt {
  if (fault instanceof PrivateAddressError || fault instanceof NotHttpError) {
    return { outcome: 'refused', detail: fault.message };
  }
  const { name = '', code = '' } = fault as NodeJS.ErrnoException;
  if (name === 'AbortError' || name === 'TimeoutError')
    return { outcome: 'retry', detail: 'no answer in time' };
  return {
    outcome: 'retry',
    detail: code === '' ? 'the connection failed' : `the connection failed: ${code}`,
    isUnreachable: nobodyThere.has(code),
  };
}

/** What a path or a body cannot bring about. */
const nobodyThere: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);
