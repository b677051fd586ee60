// What the line has done since the start, in numbers.
import { Distribution } from './distribution.js';

export class LineCounters {
  inputs = 0;
  duplicates = 0;
  malformed = 0;
  condemned = 0;
  batches = 0;
  largestBatch = 0;
  refused = 0;
  untold = 0;
}

export class LineTimes {
  readonly batchSizes = new Distribution([1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000]);
  /** Of the store's commit alone. */
  readonly commitMs = new Distribution([1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000]);
}
