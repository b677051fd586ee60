// Webhooks: endpoints of a person's own, each with the key that signs what goes there.
import { Injectable } from '@nestjs/common';
import type { WebhookView } from '#codecs/api';
import { type Account, newId, newToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { Endpoint } from './delivery.js';
import { EndpointStore } from './notice.store.js';
import { RecipientChanges } from './recipient.js';

const mostWebhooks = 10;

@Injectable()
export class Webhooks {
  constructor(
    private readonly endpoints: EndpointStore,
    private readonly changes: RecipientChanges,
    private readonly clock: Clock,
  ) {}

  async list(by: Account): Promise<WebhookView[]> {
    const [endpoints, receipts] = await Promise.all([
      this.endpoints.ofAccount(by.id),
      this.endpoints.lastReceipts(by.id),
    ]);
    return endpoints.map(endpoint => {
      const last = receipts.find(({ endpointId }) => endpointId === endpoint.id);
      return { ...webhookView(endpoint), lastReceipt: last ? { at: last.at, outcome: last.outcome } : null };
    });
  }

  /** The answer is the only one that shows the secret. */
  async add(by: Account, url: string): Promise<WebhookView> {
    if ((await this.endpoints.ofAccount(by.id)).length >= mostWebhooks) {
      throw new DomainError('invalid-request', {
        detail: `An account has at most ${mostWebhooks} webhooks.`,
      });
    }
    const endpoint: Endpoint = {
      id: newId(),
      accountId: by.id,
      channel: 'webhook',
      address: url,
      secret: newToken(),
      createdAt: this.clock.now(),
    };
    await this.endpoints.insert(endpoint);
    await this.changes.changed(by.id);
    return { ...webhookView(endpoint), secret: endpoint.secret };
  }

  async remove(by: Account, id: string): Promise<void> {
    if (!(await this.endpoints.remove(id, by.id))) throw new DomainError('not-found');
    await this.changes.changed(by.id);
  }
}

function webhookView({ id, address, createdAt }: Endpoint): WebhookView {
  return { id, url: address, createdAt, lastReceipt: null };
}
