// Recoveries: who holds a device whose owner cannot let go of it asks for it, and gets it when the owner did not object.
import { Injectable } from '@nestjs/common';
import type { Proof } from '#codecs/api';
import { type Actor, deedOf } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { HomeStore } from '#domain/homes';
import { BindingStore } from './binding.store.js';
import { BindingLine } from './binding-line.js';
import { firstHome } from './first-home.js';
import { lapse } from './lapse.js';
import { recoveryNewsId } from './news.js';
import { Possession } from './possession.js';
import { type Scanned, Scans } from './scans.js';

const dayMs = 24 * 60 * 60_000;
/** So long the owner is told again and again, and can veto. */
export const vetoMs = 3 * dayMs;

@Injectable()
export class Recoveries {
  constructor(
    private readonly bindings: BindingStore,
    private readonly homes: HomeStore,
    private readonly scans: Scans,
    private readonly possession: Possession,
    private readonly line: BindingLine,
    private readonly clock: Clock,
  ) {}

  /** @param from address of the caller, for counting wrong proofs. @returns when it is due. */
  async ask(text: string, by: Actor, proof: Proof, from: string): Promise<{ dueAt: number }> {
    const scanned = await this.shownByMore(text);
    return this.possession.show(scanned, { by, proof, from }, async shownHash => {
      const at = this.clock.now();
      const { recovery } = await this.line.decide(scanned.device.id, {
        kind: 'ask-recovery',
        at,
        ...deedOf(by),
        proof: proof.by,
        shownHash,
        dueAt: at + vetoMs,
      });
      return { dueAt: recovery?.dueAt ?? at + vetoMs };
    });
  }

  /** Possession is shown once more. @throws DomainError `recovery-not-due`, `claim-expired` after a veto. */
  async complete(
    text: string,
    by: Actor,
    proof: Proof,
    from: string,
    name?: string,
  ): Promise<{ deviceId: string; epoch: number }> {
    const scanned = await this.shownByMore(text);
    const { id: deviceId } = scanned.device;
    const homeId = await firstHome(this.homes, by);
    return this.possession.show(scanned, { by, proof, from }, async shownHash => {
      const { epoch } = await this.line.decide(deviceId, {
        kind: 'recover',
        at: this.clock.now(),
        ...deedOf(by),
        proof: proof.by,
        shownHash,
        homeId,
        name: name ?? null,
      });
      return { deviceId, epoch };
    });
  }

  async veto(deviceId: string, by: Actor): Promise<void> {
    await this.line.decide(deviceId, { kind: 'veto', at: this.clock.now(), ...deedOf(by) });
  }

  /** Tells the owners once a day, also of what a crash kept them from hearing. */
  async remind(): Promise<void> {
    const now = this.clock.now();
    for (const stored of await this.bindings.recovering()) {
      const binding = lapse(stored, now);
      const { recovery, ownerId: accountId } = binding;
      if (recovery === null || accountId === null) continue;
      const day = Math.floor((now - (recovery.dueAt - vetoMs)) / dayMs);
      const id = recoveryNewsId(binding, recovery.dueAt, day);
      await this.line.tell({ matter: 'recovery-asked', id, accountId, before: binding, said: null });
    }
  }

  /** Whoever scans a code of the policy `none` holds nothing: by that alone nobody loses a device. */
  private async shownByMore(text: string): Promise<Scanned> {
    const scanned = await this.scans.of(text);
    if (scanned.product.bindingPolicy === 'none') throw new DomainError('possession-not-shown');
    return scanned;
  }
}
