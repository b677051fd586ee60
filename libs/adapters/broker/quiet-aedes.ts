// Aedes whose emitter carries its own housekeeping alone: what clients send never enters it (docs/adr/0002).
import { Aedes, type Client, type PublishPacket } from 'aedes';

type Done = (error?: Error) => void;

export class QuietAedes extends Aedes {
  /** Aedes calls this for each message after its acknowledgement, and for messages of its own. */
  override publish(packet: PublishPacket, client: Client | null | Done, done?: Done): void {
    const finished = typeof client === 'function' ? client : done;
    const isOwn =
      (client === null || client === undefined || typeof client === 'function') && isHousekeeping(packet);
    if (isOwn && finished) super.publish(packet, finished);
    else finished?.();
  }
}

function isHousekeeping({ topic }: PublishPacket): boolean {
  return topic.startsWith('$SYS/');
}
