// A circle: a device or a home at this moment, whose it is, and what was granted on it.
import { Injectable } from '@nestjs/common';
import type { SubjectView, Text } from '#codecs/api';
import { AccountStore, byGateway, type Doer } from '#domain/accounts';
import { BindingStore, type LedgerRow, type LedgerWhat, ledgerRow } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DeviceStore, ProductStore } from '#domain/devices';
import { HomeStore } from '#domain/homes';
import { type Grant, isLive, type Subject } from './grant.js';
import { SharingStore } from './sharing.store.js';

export interface Circle {
  readonly subject: Subject;
  /** 0 for a home. */
  readonly epoch: number;
  readonly ownerId: string;
  /** The device itself, or all that stand in the home. */
  readonly devices: readonly { readonly deviceId: string; readonly epoch: number }[];
  /** On the subject itself, of its epoch and not ended. */
  readonly grants: readonly Grant[];
}

@Injectable()
export class Circles {
  constructor(
    private readonly sharing: SharingStore,
    private readonly bindings: BindingStore,
    private readonly homes: HomeStore,
    private readonly devices: DeviceStore,
    private readonly products: ProductStore,
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
  ) {}

  /** Null when there is no such thing, or nobody owns it. */
  of(subject: Subject): Promise<Circle | null> {
    return subject.kind === 'device' ? this.ofDevice(subject) : this.ofHome(subject);
  }

  /** The name that its owner gave it, or the product's. */
  async describe({ subject }: Circle): Promise<SubjectView> {
    return { kind: subject.kind, id: subject.id, name: await this.nameOf(subject) };
  }

  /** Empty when the account is gone. */
  async personName(accountId: string): Promise<string> {
    return (await this.accounts.byId(accountId))?.name ?? '';
  }

  /** One row for each device. @param by null: nobody did it, time came. @param concernsId whom it happened to */
  rows({ devices }: Circle, what: LedgerWhat, by: Doer | null, concernsId: string): LedgerRow[] {
    const at = this.clock.now();
    const accountId = by?.id ?? null;
    return devices.map(device =>
      ledgerRow(by?.from ?? byGateway, { ...device, at, what, accountId, concernsId }),
    );
  }

  private async ofDevice(subject: Subject): Promise<Circle | null> {
    const binding = await this.bindings.byDevice(subject.id);
    if (binding === null || binding.ownerId === null) return null;
    const { deviceId, epoch, ownerId } = binding;
    const grants = await this.liveOn(subject, epoch);
    return { subject, epoch, ownerId, devices: [{ deviceId, epoch }], grants };
  }

  private async ofHome(subject: Subject): Promise<Circle | null> {
    const home = await this.homes.byId(subject.id);
    if (home === null) return null;
    const [bindings, grants] = await Promise.all([this.bindings.inHome(home.id), this.liveOn(subject, 0)]);
    const devices = bindings.map(({ deviceId, epoch }) => ({ deviceId, epoch }));
    return { subject, epoch: 0, ownerId: home.ownerId, devices, grants };
  }

  private async liveOn({ kind, id }: Subject, epoch: number): Promise<Grant[]> {
    const now = this.clock.now();
    const grants = await this.sharing.onSubjects([id]);
    return grants.filter(grant => grant.subjectKind === kind && grant.epoch === epoch && isLive(grant, now));
  }

  private async nameOf({ kind, id }: Subject): Promise<Text> {
    if (kind === 'home') return plain((await this.homes.byId(id))?.name ?? id);
    const [binding, device] = await Promise.all([this.bindings.byDevice(id), this.devices.byId(id)]);
    const product = device && (await this.products.byId(device.productId));
    return binding?.name ? plain(binding.name) : (product?.name ?? plain(id));
  }
}

const plain = (name: string): Text => ({ zh: name, en: name });
