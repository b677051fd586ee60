// Decides from what devices saw and what the store holds whether a killed gateway kept its word.

/** One device's life: it numbered its messages 0, 1, 2, …, and from `alarmAt` on each of them says that there is gas. */
export interface Spoken {
  readonly deviceId: string;
  readonly alarmAt: number;
  /** Numbers that were acknowledged. */
  readonly acknowledged: ReadonlySet<number>;
}

/** What the store holds, in its own order. */
export interface Kept {
  readonly inputs: readonly { readonly deviceId: string; readonly seq: number }[];
  readonly alarms: readonly { readonly id: string; readonly deviceId: string }[];
  readonly notices: readonly { readonly id: string; readonly alarmId: string; readonly step: string }[];
}

/** A sentence for each word that was broken; none is what is wanted. */
export function brokenWords(spoken: readonly Spoken[], kept: Kept): string[] {
  return spoken.flatMap(device => {
    const seqs = kept.inputs.filter(({ deviceId }) => deviceId === device.deviceId).map(({ seq }) => seq);
    return [...messageFaults(device, seqs), ...alarmFaults(device, seqs, kept)];
  });
}

function messageFaults({ deviceId, acknowledged }: Spoken, seqs: readonly number[]): string[] {
  const known = new Set(seqs);
  const lost = [...acknowledged].filter(seq => !known.has(seq));
  const faults = lost.map(seq => `${deviceId}: ${seq} was acknowledged and is lost`);
  if (known.size !== seqs.length) faults.push(`${deviceId}: a message stands twice`);
  // Sent in order on one connection: whatever is there must be the beginning of it, in its order.
  if (seqs.some((seq, place) => seq !== place)) faults.push(`${deviceId}: the order is not kept`);
  return faults;
}

function alarmFaults({ deviceId, alarmAt }: Spoken, seqs: readonly number[], kept: Kept): string[] {
  const alarms = kept.alarms.filter(alarm => alarm.deviceId === deviceId);
  const wanted = seqs.some(seq => seq >= alarmAt) ? 1 : 0;
  const faults =
    alarms.length === wanted ? [] : [`${deviceId}: ${alarms.length} alarms where there should be ${wanted}`];
  for (const { id } of alarms) {
    const raised = kept.notices.filter(({ alarmId, step }) => alarmId === id && step === 'raised');
    if (raised.length !== 1) faults.push(`${deviceId}: its owner was told ${raised.length} times`);
  }
  return faults;
}
