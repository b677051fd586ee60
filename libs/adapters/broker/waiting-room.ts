// Sockets whose login is not through: no more of them than there is room for, whoever sends them.
import type { BrokerLimits } from './broker-settings.js';
import type { Connection } from './connection.js';

export class WaitingRoom {
  /** In the order of their coming. */
  private readonly waiting = new Set<Connection>();

  constructor(private readonly limits: Pick<BrokerLimits, 'waitingLogins'>) {}

  /** Past the limit whoever has kept his CONNECT back longest must go: a device sends it at once. */
  enter(connection: Connection): void {
    this.waiting.add(connection);
    if (this.waiting.size <= this.limits.waitingLogins) return;
    const leaving = this.longestSilent() ?? connection;
    this.waiting.delete(leaving);
    leaving.end('crowded-out');
  }

  /** It is logged in, or gone. */
  leave(connection: Connection): void {
    this.waiting.delete(connection);
  }

  private longestSilent(): Connection | null {
    for (const connection of this.waiting) if (!connection.isIntroduced) return connection;
    return null;
  }
}
