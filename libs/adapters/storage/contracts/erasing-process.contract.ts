// A process of its own that erases a period and says each slice once it is done, until it is killed.
import { writeSync } from 'node:fs';
import { openStores } from '../index.js';

const [url = '', snapshotDir = '', deviceId = '', accountId = ''] = process.argv.slice(2);
const stores = await openStores({ url, snapshotDir });
const period = await stores.erasures.period(accountId, deviceId, 1);
if (period === null) throw new Error('there is no such period');

let slices = 0;
const watched = Object.defineProperty(new EventTarget(), 'aborted', {
  get: () => {
    writeSync(1, `${++slices}\n`);
    return false;
  },
}) as unknown as AbortSignal;
await stores.erasures.erase(period, watched);
throw new Error('it was done before it was killed');
