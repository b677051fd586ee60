// "Why is there no alarm at all?": one device, what its rules make of the last readings, and who would be told.
import { Injectable } from '@nestjs/common';
import type { AlarmClass, DeviceWhyView, NoticePreferences } from '#codecs/api';
import { type Account, AccountStore } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { offlineAt } from '#domain/devices';
import { DomainError } from '#domain/errors';
import {
  ContactStore,
  type Endpoint,
  endpointState,
  orderFor,
  takes,
  usualPreferences,
  waitsUntil,
} from '#domain/notices';
import { Absences } from './absences.js';
import { FileRoom } from './file-room.js';
import type { DeviceFile } from './intake.store.js';
import { Listening } from './listening.js';
import { blindAt, rulesNow } from './rule-standing.js';
import { Views } from './views.js';

type Person = DeviceWhyView['people'][number];

const dayMs = 24 * 60 * 60_000;

@Injectable()
export class DeviceWhy {
  constructor(
    private readonly files: FileRoom,
    private readonly views: Views,
    private readonly accounts: AccountStore,
    private readonly contacts: ContactStore,
    private readonly absences: Absences,
    private readonly listening: Listening,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found`. */
  async about(deviceId: string, by: Account): Promise<DeviceWhyView> {
    const [file] = await this.files.openAll([deviceId]);
    if (file === undefined) throw new DomainError('not-found');
    const at = this.clock.now();
    const { name, intervalS, standing } = this.views.device(file, by);
    const maySeeAll = standing.as !== 'member';
    return {
      deviceId,
      name,
      at,
      lastHeardAt: file.state.lastHeardAt,
      intervalS,
      repeats: this.repeatsOf(deviceId, intervalS, at),
      blindAt: blindAt(file, this.listening.since, at),
      away: await this.absences.between(at - dayMs, at),
      rules: rulesNow(file, this.listening.since, at),
      class: file.product.safetyClass,
      people: await this.peopleOf(file, id => maySeeAll || id === by.id, at),
    };
  }

  /** Where nothing new was said for so long that a device which says nothing would be offline. */
  private repeatsOf(deviceId: string, intervalS: number, at: number): DeviceWhyView['repeats'] {
    const repeats = this.files.stampsOf(deviceId)?.repeats ?? null;
    return repeats !== null && offlineAt(repeats.since, intervalS, 0) <= at ? { ...repeats } : null;
  }

  /** @param maySee whether the channels of an account, or of a contact (null), are for whoever asks */
  private peopleOf(
    { recipients, contacts, product }: DeviceFile,
    maySee: (accountId: string | null) => boolean,
    at: number,
  ): Promise<Person[]> {
    const ways = (accountId: string | null, endpoints: readonly Endpoint[], wishes: NoticePreferences) =>
      maySee(accountId) ? waysOf(endpoints, wishes, product.safetyClass, at) : null;
    return Promise.all([
      ...recipients.map(async ({ accountId, endpoints, preferences }) => ({
        name: (await this.accounts.byId(accountId))?.name ?? accountId,
        isContact: false,
        waitsUntil: maySee(accountId) ? waitsUntil(preferences, 'T', at) : null,
        channels: ways(accountId, endpoints, preferences),
      })),
      ...contacts.map(async ({ contactId, endpoints }) => ({
        name: (await this.contacts.byId(contactId))?.name ?? contactId,
        isContact: true,
        waitsUntil: null,
        channels: ways(null, endpoints, usualPreferences),
      })),
    ]);
  }
}

function waysOf(endpoints: readonly Endpoint[], wishes: NoticePreferences, of: AlarmClass, at: number) {
  const order = orderFor(wishes, of);
  const ways = endpoints.map(endpoint => {
    const rank = order.findIndex(kinds => kinds.includes(endpoint.channel));
    const turn = rank === -1 || !takes(endpoint, of) ? null : rank + 1;
    return { channel: endpoint.channel, state: endpointState(endpoint, at), turn };
  });
  return ways.sort((a, b) => (a.turn ?? Infinity) - (b.turn ?? Infinity));
}
