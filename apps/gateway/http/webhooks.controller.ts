// A person's webhooks.
import { Controller, Param } from '@nestjs/common';
import type { Account } from '#domain/accounts';
import { Webhooks } from '#domain/notices';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';

@Controller()
export class WebhooksController {
  constructor(private readonly webhooks: Webhooks) {}

  @Call('webhooks')
  list(@By() by: Account) {
    return this.webhooks.list(by);
  }

  @Call('makeWebhook')
  make(@Input() { url }: InputOf<'makeWebhook'>, @By() by: Account) {
    return this.webhooks.add(by, url);
  }

  @Call('dropWebhook')
  async drop(@Param('webhookId') webhookId: string, @By() by: Account) {
    await this.webhooks.remove(by, webhookId);
    return { done: true } as const;
  }
}
