// Destinations: a home as it is for a device that is about to come into it.
import { Injectable } from '@nestjs/common';
import { type Binding, BindingStore } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { HomeStore } from '#domain/homes';
import { type ContactReach, EndpointStore } from '#domain/notices';
import { membersOf, peopleWho, SharingStore } from '#domain/sharing';
import type { Destination } from './moving.js';
import { Recipients } from './recipients.js';

@Injectable()
export class Destinations {
  constructor(
    private readonly homes: HomeStore,
    private readonly bindings: BindingStore,
    private readonly sharing: SharingStore,
    private readonly endpoints: EndpointStore,
    private readonly recipients: Recipients,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found` when there is no such device or home */
  async of(deviceId: string, homeId: string): Promise<Destination> {
    const [home, binding] = await Promise.all([this.homes.byId(homeId), this.bindings.byDevice(deviceId)]);
    if (home === null || binding === null) throw new DomainError('not-found');
    const [members, contacts] = await Promise.all([
      this.membersIn({ ...binding, homeId }),
      this.contactsOf(homeId),
    ]);
    const told = peopleWho('alarms', { ownerId: binding.ownerId, members }, this.clock.now());
    const recipients = await Promise.all(told.map(id => this.recipients.of(id)));
    return { home, members, recipients, contacts };
  }

  private async membersIn(binding: Binding & { readonly homeId: string }) {
    return membersOf(binding, await this.sharing.onSubjects([binding.deviceId, binding.homeId]));
  }

  private async contactsOf(homeId: string): Promise<ContactReach[]> {
    const endpoints = await this.endpoints.ofHome(homeId);
    const ids = new Set(endpoints.flatMap(({ contactId }) => contactId ?? []));
    return [...ids].map(contactId => ({
      contactId,
      endpoints: endpoints.filter(endpoint => endpoint.contactId === contactId),
    }));
  }
}
