// Endpoints as their people see them: what is secret left out, and how the last messages fared.
import { Injectable } from '@nestjs/common';
import type { EndpointView } from '#codecs/api';
import { Clock } from '#domain/clock';
import { type Endpoint, endpointState } from './endpoint.js';
import { EndpointStore, type LastReceipt } from './endpoint.store.js';
import { endpointKind } from './endpoint-kinds.js';
import { Trials } from './trials.js';

@Injectable()
export class EndpointViews {
  constructor(
    private readonly endpoints: EndpointStore,
    private readonly trials: Trials,
    private readonly clock: Clock,
  ) {}

  async of(endpoints: readonly Endpoint[]): Promise<EndpointView[]> {
    const receipts = await this.endpoints.lastReceipts(endpoints.map(({ id }) => id));
    return endpoints.map(endpoint => this.view(endpoint, receipts));
  }

  private view(stored: Endpoint, receipts: readonly LastReceipt[]): EndpointView {
    const last = receipts.find(({ endpointId }) => endpointId === stored.id) ?? null;
    const endpoint = { ...stored, provenAt: provenAt(stored, last) };
    return {
      id: endpoint.id,
      channel: endpoint.channel,
      name: endpoint.name,
      address: shownAddress(endpoint),
      locale: endpoint.locale,
      createdAt: endpoint.createdAt,
      confirmedAt: endpoint.confirmedAt,
      provenAt: endpoint.provenAt,
      lifeSafetyOnlySince: endpoint.lifeSafetyOnlySince,
      state: endpointState(endpoint, this.clock.now()),
      lastReceipt: last && { at: last.at, outcome: last.outcome },
      lastTrial: this.trials.of(endpoint.id),
    };
  }
}

export function shownAddress({ channel, address }: Pick<Endpoint, 'channel' | 'address'>): string {
  return endpointKind(channel).shown(address);
}

/** Where the receiver is the person's own, each message that it took is proof. */
function provenAt({ channel, provenAt }: Endpoint, last: LastReceipt | null): number | null {
  const acceptedAt = endpointKind(channel).provenBy === 'answer' ? (last?.acceptedAt ?? null) : null;
  if (provenAt === null || acceptedAt === null) return provenAt ?? acceptedAt;
  return Math.max(provenAt, acceptedAt);
}
