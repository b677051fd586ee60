// The figures of one device's rules, changed within safe bounds: an input like all that decides, so that the log knows the
// rules of then.
import { Injectable } from '@nestjs/common';
import { type DeviceRulesView, type Figures, type FiguresChange, rulesWith, ruleWith } from '#codecs/api';
import { type Account, AccountStore } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { ProductStore } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { Intake } from './intake.js';
import { IntakeStore } from './intake.store.js';

@Injectable()
export class DeviceRules {
  constructor(
    private readonly intake: Intake,
    private readonly store: IntakeStore,
    private readonly products: ProductStore,
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found`. */
  async view(deviceId: string): Promise<DeviceRulesView> {
    const { product, own } = await this.of(deviceId);
    const by = own === null ? null : await this.accounts.byId(own.changedBy);
    return {
      rules: rulesWith(product, own?.figures ?? {}).map(rule => ({
        rule,
        own: { ...own?.figures[rule.id] },
      })),
      changedAt: own?.changedAt ?? null,
      changedBy: own === null ? null : (by?.name ?? own.changedBy),
    };
  }

  /**
   * @param change by name; null gives the product's figure back
   * @throws DomainError `not-found`, `invalid-request` with a sentence for each figure outside its bounds
   */
  async change(
    deviceId: string,
    ruleId: string,
    change: FiguresChange,
    by: Account,
  ): Promise<DeviceRulesView> {
    const { product, own } = await this.of(deviceId);
    const rule = product.rules.find(({ id }) => id === ruleId);
    if (rule === undefined) throw new DomainError('not-found');
    const wanted = { ...own?.figures[ruleId], ...change };
    const figures = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null));
    const checked = ruleWith(product, rule, figures);
    if ('faults' in checked) throw new DomainError('invalid-request', { faults: [...checked.faults] });
    const all: Figures = { ...own?.figures, [ruleId]: figures };
    await this.intake.changeRules(deviceId, {
      figures: { deviceId, figures: all, changedAt: this.clock.now(), changedBy: by.id },
      rules: rulesWith(product, all),
    });
    return this.view(deviceId);
  }

  private async of(deviceId: string) {
    const file = await this.intake.file(deviceId);
    const product = file === null ? null : await this.products.byId(file.product.id);
    if (product === null) throw new DomainError('not-found');
    return { product, own: await this.store.figuresOf(deviceId) };
  }
}
