// After a commit: people's pages, the dispatcher and the device itself hear of what was decided.
import { Injectable } from '@nestjs/common';
import type { BindingNotice } from '#codecs/wire';
import { type Binding, Onlookers } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DeviceLink, type Remains } from '#domain/devices';
import { Dispatcher, LiveFeed, type Notice, noticeView } from '#domain/notices';
import { peopleWho } from '#domain/sharing';
import { holdingOf } from './device-view.js';
import type { ToldChange } from './effects.js';
import type { DeviceFile } from './intake.store.js';
import { Views } from './views.js';
import { Watches } from './watches.js';

@Injectable()
export class Aftermath {
  constructor(
    private readonly feed: LiveFeed,
    private readonly dispatcher: Dispatcher,
    private readonly link: DeviceLink,
    private readonly onlookers: Onlookers,
    private readonly views: Views,
    private readonly watches: Watches,
    private readonly clock: Clock,
  ) {}

  /** Notices first: nothing on the way to a person waits for anything else. */
  notices(notices: readonly Notice[], changes: readonly ToldChange[]): void {
    for (const notice of notices)
      this.feed.publish(notice.accountId, { name: 'notice', data: noticeView(notice) });
    // What reaches further has no notice of its own.
    if (notices.length + changes.length > 0) this.dispatcher.wake();
  }

  /** For operators who watch one of the devices. */
  traces(changes: readonly ToldChange[]): void {
    for (const { change, file } of changes) {
      const { alarm, step } = change;
      if (!this.watches.isWatched(file.device.id)) continue;
      const { id: alarmId, rule, value } = alarm;
      this.watches.tell(file.device.id, { what: 'alarm', alarmId, rule, step, value });
    }
  }

  forget(remains: Remains): void {
    this.link.forget(remains);
  }

  async alarms(changes: readonly ToldChange[]): Promise<void> {
    for (const { change, file, recipients } of changes) {
      const heard = recipients.filter(({ accountId }) => this.feed.isHeard(accountId));
      // Of a device that nobody owns the operators are told.
      const role = file.binding.ownerId === null ? 'operator' : 'resident';
      for (const { accountId: id } of heard) {
        const data = await this.views.alarm(change.alarm, file, { id, role });
        this.feed.publish(id, { name: 'alarm', data });
      }
    }
  }

  /** To everybody who may look at it now, each with how they stand to it. */
  device(file: DeviceFile): void {
    for (const id of peopleWho('look', holdingOf(file), this.clock.now())) {
      if (!this.feed.isHeard(id)) continue;
      this.feed.publish(id, { name: 'device', data: this.views.device(file, { id, role: 'resident' }) });
    }
  }

  /** Whoever gained or lost something asks anew for what they have, and is given what is theirs now. */
  belongings(accountIds: Iterable<string>): void {
    for (const accountId of new Set(accountIds)) this.feed.publish(accountId, { name: 'devices', data: {} });
  }

  /** The device learns whether it has an owner; people learn that they gained or lost it, or that it was pressed. */
  binding(next: Binding, { binding: former, members }: Pick<DeviceFile, 'binding' | 'members'>): void {
    const { deviceId, windowUntil, epoch } = next;
    if (windowUntil !== null) {
      const data = { deviceId, until: windowUntil };
      for (const accountId of this.onlookers.of(deviceId))
        this.feed.publish(accountId, { name: 'window', data });
    }
    const notice = bindingNotice(next);
    const isNews = epoch !== former.epoch || notice.state !== bindingNotice(former).state;
    if (isNews) this.link.tell(deviceId, { kind: 'binding', body: notice });
    if (epoch === former.epoch) return;
    // Nothing that was begun in an earlier owner's time goes on in the next one's.
    if (former.ownerId !== null) this.link.disconnect(deviceId);
    const owners = [former.ownerId, next.ownerId].filter(id => id !== null);
    this.belongings([...owners, ...members.map(({ accountId }) => accountId)]);
  }
}

/** What a device may know of its binding; what is under way between two owners is none of its business. */
export function bindingNotice({ state, epoch }: Binding): BindingNotice {
  switch (state) {
    case 'registered':
    case 'claimable':
    case 'pending':
    case 'released':
      return { state: 'unbound', epoch };
    case 'bound':
    case 'locked':
    case 'retired':
      return { state, epoch };
    default:
      return state satisfies never;
  }
}
