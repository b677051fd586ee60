// What stands about a person in every table, by TypeORM.
import { type PersonalRecord, PersonalRecords } from '#domain/personal';
import type { Database } from './database.js';
import { recordsOfDevices } from './personal-devices.js';
import { sections } from './personal-sections.js';

export class TypeormPersonalRecords extends PersonalRecords {
  constructor(private readonly database: Database) {
    super();
  }

  async *of(accountId: string): AsyncGenerator<readonly PersonalRecord[]> {
    for (const section of [...sections, recordsOfDevices]) yield* section(this.database, accountId);
  }
}
