// Aedes' watch over a client's keep-alive, told of messages that do not pass through Aedes (MQTT-3.1.2-24).
import type { Client } from 'aedes';

/** Of Aedes 1.2: `lib/handlers/index.js` does the same for each packet. */
interface Watched {
  readonly _keepaliveTimer: NodeJS.Timeout | null;
}

export function heardFrom(client: Client): void {
  (client as unknown as Watched)._keepaliveTimer?.refresh();
}
