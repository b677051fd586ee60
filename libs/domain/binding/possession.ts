// Possession: whether somebody has the device in their hands, shown in the way that its product wants.
import { Injectable } from '@nestjs/common';
import type { Proof } from '#codecs/api';
import { derivePin, pinMatches } from '#codecs/ticket';
import { type Actor, Attempts, hashToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { type Device, KeyRingSource, pinSubject } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { BindingStore } from './binding.store.js';
import { ledgerRow } from './ledger.js';
import type { Scanned } from './scans.js';

export interface Prover {
  readonly by: Actor;
  /** Their address, for counting wrong proofs. */
  readonly from: string;
  readonly proof: Proof;
}

@Injectable()
export class Possession {
  constructor(
    private readonly bindings: BindingStore,
    private readonly keys: KeyRingSource,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
  ) {}

  /**
   * Does what the proof is for. What can be guessed is counted per person, address and device, with a growing delay; a
   * wrong guess changes nothing but the ledger.
   * @param then gets the hash of the nonce that was handed to the device, to be held against what the device published
   * @throws DomainError `possession-not-shown` for another proof than the product's, `possession-refused`,
   *   `too-many-attempts`, and whatever `then` throws.
   */
  async show<T>(
    { device, product, binding }: Scanned,
    prover: Prover,
    then: (shownHash: string | null) => Promise<T>,
  ): Promise<T> {
    const { proof } = prover;
    if (proof.by !== product.bindingPolicy) throw new DomainError('possession-not-shown');
    switch (proof.by) {
      case 'button':
      case 'none':
        return then(null);
      case 'pin':
        await this.counted(device, binding.epoch, prover, async () => this.requirePin(device, proof.pin));
        return then(null);
      case 'provisioned':
        return this.counted(device, binding.epoch, prover, () => then(hashToken(proof.nonce)));
      default:
        return proof satisfies never;
    }
  }

  private requirePin(device: Device, pin: string): void {
    if (!pinMatches(derivePin(this.keys.current(), pinSubject(device)), pin))
      throw new DomainError('possession-refused');
  }

  private async counted<T>(
    { id: deviceId }: Device,
    epoch: number,
    { by, from, proof }: Prover,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const keys = [`proof account ${by.id}`, `proof address ${from}`, `proof device ${deviceId}`];
    this.attempts.begin(keys);
    try {
      const result = await attempt();
      this.attempts.forgive(keys);
      return result;
    } catch (error) {
      if (!isRefusal(error)) this.attempts.forgive(keys);
      else await this.note({ deviceId, epoch, proof: proof.by }, by);
      throw error;
    }
  }

  private note(refused: { deviceId: string; epoch: number; proof: string }, by: Actor): Promise<void> {
    const at = this.clock.now();
    const row = ledgerRow(by.from, { ...refused, accountId: by.id, at, what: 'proof-refused' });
    return this.bindings.note(row);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'possession-refused';
}
