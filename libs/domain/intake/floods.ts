// Floods: when many alarms come from one home within minutes, what is told of them is gathered; life safety never is.

const windowMs = 10 * 60_000;
/** Past this many in ten minutes. */
const most = 20;

/**
 * Held in memory: a restart forgets a flood, and tells at most as many alarms one by one again before it knows it anew.
 * What was gathered until then stands in the outbox.
 */
export class Floods {
  /** The newest moments at which each home raised an alarm, oldest first. */
  private readonly raisedAt = new Map<string, readonly number[]>();

  /**
   * @param beside alarms of the home that are about to be noted
   * @returns until when what is told now is gathered; null: it goes out
   */
  until(homeId: string, at: number, beside: number): number | null {
    const recent = (this.raisedAt.get(homeId) ?? []).filter(moment => moment > at - windowMs);
    if (recent.length + beside <= most) return null;
    return (Math.floor(at / windowMs) + 1) * windowMs;
  }

  note(homeId: string, at: number): void {
    const recent = (this.raisedAt.get(homeId) ?? []).filter(moment => moment > at - windowMs);
    this.raisedAt.delete(homeId);
    this.raisedAt.set(homeId, [...recent, at].slice(-most - 1));
    // Homes that have been calm since.
    for (const [id, moments] of this.raisedAt) {
      if ((moments.at(-1) ?? 0) > at - windowMs) break;
      this.raisedAt.delete(id);
    }
  }
}
