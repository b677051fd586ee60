// The webhook channel: a signed POST to a person's own URL, and what its answer means.
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import type { Receipt, Sending } from '#domain/notices';
import type { Channel } from './channel.js';
import { ChannelSettings } from './channel-settings.js';
import { cloudEvent, cloudEventType } from './cloud-event.js';
import { isPublicAddress, lookupPublic, PrivateAddressError } from './public-address.js';
import { signature } from './signature.js';

const mostBodyBytes = 4 * 1024;
const mostHeaderBytes = 8 * 1024;
const longestRetryMs = 60 * 60_000;

type Request = typeof requestHttp;

const requests: Readonly<Record<string, Request>> = { 'http:': requestHttp, 'https:': requestHttps };

@Injectable()
export class WebhookChannel implements Channel {
  readonly missing = [];

  constructor(
    private readonly clock: Clock,
    private readonly settings: ChannelSettings,
  ) {}

  async deliver(delivery: Sending, timeoutMs: number): Promise<Receipt> {
    const { address } = delivery.endpoint;
    const url = URL.canParse(address) ? new URL(address) : null;
    const request = requests[url?.protocol ?? ''];
    if (!url || !request) return { outcome: 'refused', detail: 'this is not an http or https URL' };
    try {
      if (this.isPrivateLiteral(url)) throw new PrivateAddressError();
      return await this.post(delivery, url, request, timeoutMs);
    } catch (fault) {
      return receiptOfFault(fault);
    }
  }

  private post(delivery: Sending, url: URL, request: Request, timeoutMs: number): Promise<Receipt> {
    const body = cloudEvent(delivery, this.settings.source);
    return new Promise((resolve, reject) => {
      const call = request(url, {
        method: 'POST',
        // A connection for each attempt: none is kept that was checked for an earlier one.
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        maxHeaderSize: mostHeaderBytes,
        ...(this.settings.allowPrivateAddresses ? {} : { lookup: lookupPublic }),
        headers: {
          'content-type': cloudEventType,
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Airbind',
          'airbind-delivery': delivery.id,
          'airbind-signature': signature(delivery.endpoint.secret, body, this.clock.now()),
        },
      });
      call.on('error', reject);
      call.on('response', response => {
        skipBody(response);
        resolve(receiptOf(response, this.clock.now()));
      });
      call.end(body);
    });
  }

  private isPrivateLiteral({ hostname }: URL): boolean {
    const address = hostname.replace(/^\[|\]$/g, '');
    return !this.settings.allowPrivateAddresses && isIP(address) !== 0 && !isPublicAddress(address);
  }
}

/** What the receiver says beyond its status is of no interest, and may be endless. */
function skipBody(response: IncomingMessage): void {
  let bytes = 0;
  response.on('error', () => {});
  response.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > mostBodyBytes) response.destroy();
  });
}

/** Statuses that ask to come again (RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4); so does every 5xx. */
const comeAgain: ReadonlySet<number> = new Set([408, 425, 429]);

function receiptOf({ statusCode = 0, headers }: IncomingMessage, now: number): Receipt {
  const detail = `HTTP ${statusCode}`;
  if (statusCode >= 200 && statusCode < 300) return { outcome: 'accepted', detail };
  if (comeAgain.has(statusCode) || statusCode >= 500) {
    return { outcome: 'retry', detail, afterMs: retryAfterMs(headers['retry-after'], now) };
  }
  const isRedirect = statusCode >= 300 && statusCode < 400;
  return { outcome: 'refused', detail: isRedirect ? `${detail}: redirects are not followed` : detail };
}

/** RFC 9110 §10.2.3: seconds or a date. Undefined when there is none; never more than an hour. */
function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryMs);
}

function receiptOfFault(fault: unknown): Receipt {
  if (fault instanceof PrivateAddressError) return { outcome: 'refused', detail: fault.message };
  const { name = '', code = '' } = fault as NodeJS.ErrnoException;
  if (name === 'AbortError' || name === 'TimeoutError')
    return { outcome: 'retry', detail: 'no answer in time' };
  return {
    outcome: 'retry',
    detail: code === '' ? 'the connection failed' : `the connection failed: ${code}`,
  };
}
