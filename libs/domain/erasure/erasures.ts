// Erasing what a device recorded while it was somebody's: asked for by them, done in slices, certified at the end.
import { Injectable } from '@nestjs/common';
import type { ErasureCertificate, ErasureView, PastView } from '#codecs/api';
import type { Doer } from '#domain/accounts';
import { BindingStore, erasureAsked } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DeviceStore, ProductStore, SnapshotStore } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { Intake } from '#domain/intake';
import { Certificates } from './certificates.js';
import { type Erasure, ErasureStore, type PastPeriod } from './erasure.store.js';

@Injectable()
export class Erasures {
  constructor(
    private readonly store: ErasureStore,
    private readonly bindings: BindingStore,
    private readonly devices: DeviceStore,
    private readonly products: ProductStore,
    private readonly snapshots: SnapshotStore,
    private readonly intake: Intake,
    private readonly certificates: Certificates,
    private readonly clock: Clock,
  ) {}

  /** The times in which a device was this person's and that are over, newest first. */
  async pastOf(accountId: string): Promise<PastView[]> {
    const periods = await this.store.pastOf(accountId);
    const erasures = new Map((await this.store.ofPerson(accountId)).map(each => [idOf(each), each]));
    const devices = await this.devices.byIds([...new Set(periods.map(({ deviceId }) => deviceId))]);
    const products = new Map((await this.products.all()).map(({ id, name }) => [id, name]));
    return periods.flatMap(period => {
      const { deviceId, epoch, from, to } = period;
      const device = devices.find(({ id }) => id === deviceId);
      const product = device && products.get(device.productId);
      if (product === undefined) return [];
      const erasure = erasures.get(idOf(period));
      const what = { id: idOf(period), deviceId, serial: device?.serial ?? '', product };
      return [{ ...what, epoch, from, to, erasure: erasure ? viewOf(erasure) : null }];
    });
  }

  /**
   * Durable when it resolves; the rest is done by `run`. Asked twice it is the same.
   * @throws DomainError `still-yours` for the present time, `not-found` for what was never theirs.
   */
  async ask(by: Doer, deviceId: string, epoch: number): Promise<ErasureView> {
    const { id: accountId } = by;
    const period = await this.store.period(accountId, deviceId, epoch);
    if (period === null) {
      const binding = await this.bindings.byDevice(deviceId);
      const isTheirs = binding?.ownerId === accountId && binding.epoch === epoch;
      throw new DomainError(isTheirs ? 'still-yours' : 'not-found');
    }
    await this.store.ask(erasureAsked(period, by, this.clock.now()));
    return this.of(accountId, deviceId, epoch);
  }

  /** All that is over and was not asked for before. */
  async askAll(by: Doer): Promise<void> {
    const at = this.clock.now();
    for (const period of await this.store.pastOf(by.id)) await this.store.ask(erasureAsked(period, by, at));
  }

  /** @throws DomainError `not-found` for what this person did not ask for. */
  async of(accountId: string, deviceId: string, epoch: number): Promise<ErasureView> {
    const erasure = await this.store.byPeriod(deviceId, epoch);
    if (erasure?.accountId !== accountId) throw new DomainError('not-found');
    return viewOf(erasure);
  }

  /** Whether nothing that this person asked for is left to do. */
  async isDone(accountId: string): Promise<boolean> {
    return (await this.store.ofPerson(accountId)).every(({ erasedAt }) => erasedAt !== null);
  }

  /** Of all that this person asked for, as far as it is done. */
  async certificatesOf(accountId: string): Promise<ErasureCertificate[]> {
    return (await this.store.ofPerson(accountId)).flatMap(({ certificate }) => certificate ?? []);
  }

  /** Goes on with what was asked for, also by an earlier process; ends early when `signal` says so. */
  async run(signal: AbortSignal): Promise<void> {
    for (const erasure of await this.store.unfinished()) {
      if (signal.aborted) return;
      await this.goOn(erasure, signal);
    }
  }

  private async goOn({ accountId, deviceId, epoch }: Erasure, signal: AbortSignal): Promise<void> {
    const period = await this.store.period(accountId, deviceId, epoch);
    const device = await this.devices.byId(deviceId);
    if (period === null || device === null || !(await this.isLeft(period))) return;
    await this.erasePicture(period);
    if (!(await this.store.erase(period, signal))) return;
    const done = await this.store.byPeriod(deviceId, epoch);
    if (done === null) return;
    const at = this.clock.now();
    await this.store.finish(period, at, this.certificates.for(device, period, done, at));
  }

  /** Whether all that was decided in that time is stored: its alarms are ended, and nothing waits in the line. */
  private async isLeft({ deviceId, epoch }: PastPeriod): Promise<boolean> {
    const file = await this.intake.file(deviceId);
    if (!file || file.binding.epoch <= epoch) return false;
    if (file.openAlarms.some(alarm => alarm.epoch <= epoch)) return false;
    await this.intake.probe();
    return true;
  }

  /** Counted first: after a crash in between it is counted, and gone at the second attempt. */
  private async erasePicture(period: PastPeriod): Promise<void> {
    const { deviceId, epoch } = period;
    if ((await this.snapshots.read(deviceId, epoch)) === null) return;
    await this.store.countPicture(period);
    await this.snapshots.drop(deviceId, epoch);
  }
}

const idOf = ({ deviceId, epoch }: { deviceId: string; epoch: number }): string => `${deviceId}.${epoch}`;

const viewOf = ({ askedAt, erasedAt, certificate }: Erasure): ErasureView => ({
  askedAt,
  erasedAt,
  certificate,
});
