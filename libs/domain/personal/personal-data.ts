// A person's copy of what is held about them: NDJSON, written while it is read.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import { SnapshotStore } from '#domain/devices';
import { type PersonalRecord, PersonalRecords } from './personal-records.js';

/** Rises when a reader of the former would misunderstand. */
const format = 1;

@Injectable()
export class PersonalData {
  constructor(
    private readonly records: PersonalRecords,
    private readonly snapshots: SnapshotStore,
    private readonly clock: Clock,
  ) {}

  /**
   * A JSON document a line. The first is `{ what: 'export', format, at }`, the last `{ what: 'end', records }`: a copy
   * without it was broken off.
   */
  async *linesOf(accountId: string): AsyncGenerator<string> {
    let records = 0;
    yield textOf([{ what: 'export', format, at: this.clock.now() }]);
    for await (const page of this.records.of(accountId)) {
      const whole = await this.withPictures(page);
      records += whole.length;
      yield textOf(whole);
    }
    yield textOf([{ what: 'end', records }]);
  }

  private async withPictures(page: readonly PersonalRecord[]): Promise<PersonalRecord[]> {
    const whole: PersonalRecord[] = [];
    for (const record of page) {
      whole.push(record);
      const picture = await this.pictureOf(record);
      if (picture) whole.push(picture);
    }
    return whole;
  }

  private async pictureOf({ what, deviceId, epoch }: PersonalRecord): Promise<PersonalRecord | null> {
    if (what !== 'ownership') return null;
    const picture = await this.snapshots.read(String(deviceId), Number(epoch));
    return picture && { what: 'picture', deviceId, epoch, jpeg: Buffer.from(picture).toString('base64') };
  }
}

const textOf = (records: readonly PersonalRecord[]): string =>
  records.map(record => `${JSON.stringify(record)}\n`).join('');
