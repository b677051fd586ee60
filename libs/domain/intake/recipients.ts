// Recipients: people as notices reach them, for those whom no device's file knows.
import { Injectable } from '@nestjs/common';
import { EndpointStore, PreferenceStore, type Recipient } from '#domain/notices';

@Injectable()
export class Recipients {
  constructor(
    private readonly endpoints: EndpointStore,
    private readonly preferences: PreferenceStore,
  ) {}

  async of(accountId: string): Promise<Recipient> {
    const [endpoints, preferences] = await Promise.all([
      this.endpoints.ofAccount(accountId),
      this.preferences.of(accountId),
    ]);
    return { accountId, endpoints, preferences };
  }
}
