// A credential that two clients use at once: a row in the device's ledger, and a notice to whoever must know.
import { Injectable } from '@nestjs/common';
import { AccountStore, byGateway, newId } from '#domain/accounts';
import { BindingStore, ledgerRow } from '#domain/binding';
import { Clock } from '#domain/clock';
import { Matters } from './matters.js';

/** It goes on until the credential is another; once a day is often enough to hear of it. */
const againAfterMs = 86_400_000;
const rowsLookedAt = 50;

@Injectable()
export class Contests {
  constructor(
    private readonly bindings: BindingStore,
    private readonly accounts: AccountStore,
    private readonly matters: Matters,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells the device's people, and the operators, who alone can give it another credential. The row comes after the
   * notices, so that a crash between the two repeats them instead of leaving them out.
   */
  async note(deviceId: string): Promise<void> {
    const binding = await this.bindings.byDevice(deviceId);
    if (binding === null || (await this.isNoted(deviceId))) return;
    const matter = { deviceId, matter: 'credential-contested', id: newId() } as const;
    await this.matters.tell(matter);
    const operators = await this.accounts.operators();
    await this.matters.tell({ ...matter, to: operators.map(({ id }) => id) });
    const { epoch } = binding;
    const what = 'credential-contested';
    await this.bindings.note(ledgerRow(byGateway, { deviceId, epoch, what, at: this.clock.now() }));
  }

  private async isNoted(deviceId: string): Promise<boolean> {
    const since = this.clock.now() - againAfterMs;
    const rows = await this.bindings.ledger(deviceId, rowsLookedAt);
    return rows.some(({ what, at }) => what === 'credential-contested' && at > since);
  }
}
