// The broker's journal, kept in the intake's own line: what a message changes here is stored with the message.
import { Injectable } from '@nestjs/common';
import type { BrokerChange, BrokerMemory } from './broker-change.js';
import { Intake } from './intake.js';
import { IntakeStore } from './intake.store.js';
import { SessionJournal } from './session.journal.js';

@Injectable()
export class LineJournal extends SessionJournal {
  constructor(
    private readonly intake: Intake,
    private readonly store: IntakeStore,
  ) {
    super();
  }

  load(): Promise<BrokerMemory> {
    return this.store.brokerMemory();
  }

  keep(changes: readonly BrokerChange[]): Promise<void> {
    return this.intake.keep(changes);
  }
}
