// Trying a changed rule on what a device has said, before anybody depends on it.
import { Injectable } from '@nestjs/common';
import type { Rule, RuleTrialView } from '#codecs/api';
import { DomainError } from '#domain/errors';
import { FileRoom } from './file-room.js';
import { IntakeStore } from './intake.store.js';
import { tryRule } from './replay.js';

/** A week at one message a minute: reading more at once would hold up the messages that come in meanwhile. */
const mostRows = 10_000;

@Injectable()
export class RuleTrials {
  constructor(
    private readonly files: FileRoom,
    private readonly store: IntakeStore,
  ) {}

  /**
   * @param rule takes the place of the product's rule with the same id
   * @throws DomainError `not-found` when there is no such device or rule, `invalid-request` when it is of another kind
   */
  async run(deviceId: string, rule: Rule): Promise<RuleTrialView> {
    const [file] = await this.files.openAll([deviceId]);
    const before = file?.product.rules.find(({ id }) => id === rule.id);
    if (file === undefined || before === undefined) throw new DomainError('not-found');
    const logged = await this.store.past(deviceId, mostRows);
    const rows = logged.filter(({ epoch }) => epoch === file.binding.epoch);
    const { same, changed, lost, gained } = tryRule(file, rows, { before, after: rule });
    return {
      messages: rows.length,
      from: rows[0]?.receivedAt ?? null,
      same: [...same],
      changed: [...changed],
      lost: [...lost],
      gained: [...gained],
    };
  }
}
