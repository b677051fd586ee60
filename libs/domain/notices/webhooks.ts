// Webhooks: the endpoints of that kind, as the calls show them that were there before there were others.
import { Injectable } from '@nestjs/common';
import type { EndpointView, WebhookView } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { DomainError } from '#domain/errors';
import { Endpoints } from './endpoints.js';

@Injectable()
export class Webhooks {
  constructor(private readonly endpoints: Endpoints) {}

  async list(by: Account): Promise<WebhookView[]> {
    const endpoints = await this.endpoints.list(by);
    return endpoints.filter(({ channel }) => channel === 'webhook').map(webhookView);
  }

  /** The answer is the only one that shows the secret. */
  async add(by: Account, url: string): Promise<WebhookView> {
    return webhookView(await this.endpoints.add(by, { channel: 'webhook', url, name: '' }));
  }

  /** @throws DomainError `not-found`. */
  async remove(by: Account, id: string): Promise<void> {
    const webhooks = await this.list(by);
    if (!webhooks.some(webhook => webhook.id === id)) throw new DomainError('not-found');
    await this.endpoints.remove(by, id);
  }
}

function webhookView({ id, address, createdAt, secret, lastReceipt }: EndpointView): WebhookView {
  return { id, url: address, createdAt, lastReceipt, ...(secret !== undefined && { secret }) };
}
