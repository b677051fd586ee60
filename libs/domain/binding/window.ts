// When an action at the device counts as possession: for two minutes from the moment of the action, not of its arrival.

export const windowMs = 120_000;
/** The device has joined the network a moment ago, and whoever put it there is still at it. */
const provisionedMs = 5 * 60_000;

/** How long each event of a device that shows possession does so. */
export const possessionMs = { button: windowMs, provisioned: provisionedMs } as const;

/**
 * Until when it counts; null: it was over before it arrived, because the device kept it while it had no connection.
 * @param saidAt the device's time, which is the gateway's by its `config`; without it, or with one that has not come
 *   yet, nobody knows better than the time of receipt
 */
export function windowEnd(lastsMs: number, saidAt: number | undefined, receivedAt: number): number | null {
  const begunAt = saidAt === undefined || saidAt > receivedAt ? receivedAt : saidAt;
  const until = begunAt + lastsMs;
  return until > receivedAt ? until : null;
}
