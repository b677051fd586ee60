// How a person is reached: the channels of this gateway, and the person's endpoints on them.
import { Controller, Param } from '@nestjs/common';
import type { Account } from '#domain/accounts';
import { Channels, Endpoints, LiveFeed } from '#domain/notices';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';

@Controller()
export class EndpointsController {
  constructor(
    private readonly channels: Channels,
    private readonly endpoints: Endpoints,
    private readonly feed: LiveFeed,
  ) {}

  @Call('channels')
  offers() {
    return [...this.channels.offers()];
  }

  @Call('endpoints')
  list(@By() by: Account) {
    return this.endpoints.list(by);
  }

  @Call('addEndpoint')
  add(@Input() details: InputOf<'addEndpoint'>, @By() by: Account) {
    return this.endpoints.add(by, details);
  }

  @Call('changeEndpoint')
  change(
    @Param('endpointId') endpointId: string,
    @Input() change: InputOf<'changeEndpoint'>,
    @By() by: Account,
  ) {
    return this.endpoints.change(by, endpointId, change);
  }

  @Call('testEndpoint')
  test(@Param('endpointId') endpointId: string, @By() by: Account) {
    return this.endpoints.test(by, endpointId);
  }

  @Call('askConfirmation')
  ask(@Param('endpointId') endpointId: string, @By() by: Account) {
    return this.endpoints.ask(by, endpointId);
  }

  @Call('dropEndpoint')
  async drop(@Param('endpointId') endpointId: string, @By() by: Account) {
    await this.endpoints.remove(by, endpointId);
    return { done: true } as const;
  }

  @Call('echo')
  echo(@Input() data: InputOf<'echo'>, @By() by: Account) {
    this.feed.publish(by.id, { name: 'echo', data });
    return { done: true } as const;
  }
}
