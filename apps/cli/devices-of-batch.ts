// The devices of a batch, page by page from the gateway and one by one to whoever prints them.
import { type Answer, devicesACall } from '#codecs/api';
import type { PatientGateway } from './patient-gateway.js';

/** Numbers in the batch, both included. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

type Call = 'batchDevices' | 'batchPins';

export async function* devicesOfBatch<N extends Call>(
  gateway: PatientGateway,
  call: N,
  batchId: number,
  { from, to }: NumberRange,
): AsyncGenerator<Answer<N>[number], void> {
  for (let after = from - 1; after < to; ) {
    const query = { after: String(after), limit: String(Math.min(devicesACall, to - after)) };
    const page: readonly Answer<N>[number][] = await gateway.call(call, {
      params: { batch: String(batchId) },
      query,
    });
    if (page.length === 0) return;
    yield* page;
    after += page.length;
  }
}
