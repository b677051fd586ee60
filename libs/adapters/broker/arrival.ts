// A socket from its opening to its CONNECT, of which Aedes knows nothing yet.
import type { Connection } from './connection.js';

/** Reads what the gate lets through until the CONNECT is whole, and nothing after it. */
export function awaitConnect(connection: Connection, arrived: (connect: Uint8Array) => void): void {
  const { stream } = connection;
  let read: Uint8Array | null = null;
  const readOn = () => {
    for (let chunk: Uint8Array | null = stream.read(); chunk !== null; chunk = stream.read())
      read = read === null ? chunk : Buffer.concat([read, chunk]);
    if (read === null || !connection.isIntroduced) return;
    stream.off('readable', readOn);
    arrived(read);
    // It holds the secret, and whoever listened to the stream may be remembered for longer.
    read = null;
  };
  stream.on('readable', readOn);
  stream.on('end', hangUp);
}

/** Whoever says no more has gone: MQTT knows no connection that is half open. */
function hangUp(this: Connection['stream']): void {
  this.destroy();
}
