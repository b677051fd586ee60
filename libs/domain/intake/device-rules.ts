// The figures of one device's rules, changed within safe bounds: an input like all that decides, so that the log knows the
// rules of then.
import { Injectable } from '@nestjs/common';
import {
  type DeviceRulesView,
  type Figures,
  type FiguresChange,
  type Product,
  rulesWith,
  ruleWith,
} from '#codecs/api';
import { type Account, AccountStore } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { Intake } from './intake.js';
import { RuleHistory } from './rule-history.js';
import { lastChange, type RuleChanges } from './rules-of-then.js';

@Injectable()
export class DeviceRules {
  constructor(
    private readonly intake: Intake,
    private readonly history: RuleHistory,
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found`. */
  async view(deviceId: string): Promise<DeviceRulesView> {
    const { product, figures, changes } = await this.of(deviceId);
    const last = lastChange(changes);
    const by = last?.by ? await this.accounts.byId(last.by) : null;
    return {
      rules: rulesWith(product, figures).map(rule => ({ rule, own: { ...figures[rule.id] } })),
      changedAt: last?.at ?? null,
      changedBy: by?.name ?? (last?.by || null),
      changed: last?.of ?? null,
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
    const { product, figures: own } = await this.of(deviceId);
    const rule = product.rules.find(({ id }) => id === ruleId);
    if (rule === undefined) throw new DomainError('not-found');
    const wanted = { ...own[ruleId], ...change };
    const figures = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null));
    const checked = ruleWith(product, rule, figures);
    if ('faults' in checked) throw new DomainError('invalid-request', { faults: [...checked.faults] });
    const all: Figures = { ...own, [ruleId]: figures };
    await this.intake.changeRules(deviceId, {
      figures: { deviceId, figures: all, changedAt: this.clock.now(), changedBy: by.id },
      rules: rulesWith(product, all),
    });
    return this.view(deviceId);
  }

  private async of(deviceId: string): Promise<{ product: Product; figures: Figures; changes: RuleChanges }> {
    const file = await this.intake.file(deviceId);
    if (file === null) throw new DomainError('not-found');
    const changes = await this.history.of(file.device);
    const product = changes.products.at(-1)?.definition ?? file.product;
    return { product, figures: changes.figures.at(-1)?.figures ?? {}, changes };
  }
}
