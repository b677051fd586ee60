// Applications: made, listed, given another secret, revoked, and told apart by their secret.
import { Injectable } from '@nestjs/common';
import { filterCovers, isTopicFilter } from '#codecs/wire';
import { equalHashes, hashToken, newToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { Application, TopicRules } from './application.js';
import { ApplicationStore } from './application.store.js';
import { ApplicationLink } from './application-link.js';

/** Leaves the gateway once: of the secret only a hash stays behind. */
export interface FreshApplication {
  readonly application: Application;
  readonly secret: string;
}

const nobody = hashToken('the hash that an unknown application is compared with');
const everyCommand = 'v1/devices/+/command';

@Injectable()
export class Applications {
  constructor(
    private readonly store: ApplicationStore,
    private readonly link: ApplicationLink,
    private readonly clock: Clock,
  ) {}

  all(): Promise<Application[]> {
    return this.store.all();
  }

  /** @throws DomainError `invalid-request` for rules that could never hold, `application-exists`. */
  async create(id: string, rules: TopicRules): Promise<FreshApplication> {
    requireSense(rules);
    const secret = newToken();
    const application = { id, secretHash: hashToken(secret), rules, createdAt: this.clock.now() };
    if (!(await this.store.insert(application))) throw new DomainError('application-exists');
    return { application, secret };
  }

  /** Another secret; whoever is connected by the old one is cut off. @throws DomainError `not-found`. */
  async rotate(id: string): Promise<FreshApplication> {
    const secret = newToken();
    const application = await this.store.putSecret(id, hashToken(secret));
    if (application === null) throw new DomainError('not-found');
    this.link.disconnect(id);
    return { application, secret };
  }

  /** Nothing of it remains: no connection, no session, nothing that waits for it. @throws DomainError `not-found`. */
  async revoke(id: string): Promise<void> {
    if (!(await this.store.remove(id))) throw new DomainError('not-found');
    await this.link.forget(id);
  }

  /** Null alike for an unknown application and a wrong secret, after the same comparison. */
  async check(id: string, secret: string): Promise<Application | null> {
    const application = await this.store.byId(id);
    const isRight = equalHashes(application?.secretHash ?? nobody, hashToken(secret));
    return isRight ? application : null;
  }
}

/** A rule that is refused here would otherwise look as if it held. */
function requireSense({ subscribe, publish }: TopicRules): void {
  const faults = [
    ...subscribe
      .filter(filter => !isTopicFilter(filter) || filter.startsWith('$'))
      .map(filter => ({ field: 'subscribe', message: `takes MQTT topic filters; ${shown(filter)} is none` })),
    ...publish
      .filter(filter => !isTopicFilter(filter) || !filterCovers(everyCommand, filter))
      .map(filter => ({
        field: 'publish',
        message: `takes ${everyCommand}, or the same of one device: an application says nothing but commands; not ${shown(filter)}`,
      })),
  ];
  if (faults.length > 0) throw new DomainError('invalid-request', { faults });
}

function shown(filter: string): string {
  return JSON.stringify(filter.slice(0, 80));
}
