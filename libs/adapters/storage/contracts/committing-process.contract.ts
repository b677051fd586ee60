// A process of its own that commits batch after batch and says each number once it was acknowledged, until it is killed.
import { writeSync } from 'node:fs';
import { openStores } from '../index.js';
import { alarmOf, batchOf, inputOf, noticeOf, stateOf } from './samples.contract.js';

const [url = '', snapshotDir = '', deviceId = '', accountId = ''] = process.argv.slice(2);
const stores = await openStores({ url, snapshotDir });

for (let number = 1; ; number += 1) {
  const alarm = alarmOf(deviceId, { id: `alarm-${number}` });
  const result = await stores.intake.commit(
    batchOf({
      inputs: [inputOf(deviceId, number)],
      deviceStates: [stateOf(deviceId, number)],
      alarms: [alarm],
      notices: [noticeOf(accountId, { id: `notice-${number}`, subjectId: alarm.id })],
    }),
  );
  if (!result.ok) throw new Error('stale');
  writeSync(1, `${number}\n`);
}
