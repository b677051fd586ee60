// Aedes without its emitter: it speaks the protocol, and who hears what is decided elsewhere (docs/adr/0002).
import { Aedes, type AedesPublishPacket, type Client, type PublishPacket } from 'aedes';

type Done = (error?: Error) => void;
type Deliver = (packet: AedesPublishPacket, done: () => void) => void;

export class QuietAedes extends Aedes {
  /** Aedes calls this for each message after its acknowledgement, and for messages of its own. */
  override publish(_packet: PublishPacket, client: Client | null | Done, done?: Done): void {
    (typeof client === 'function' ? client : done)?.();
  }

  override subscribe(_topic: string, _deliver: Deliver, done: () => void): void {
    done();
  }

  override unsubscribe(_topic: string, _deliver: Deliver, done?: () => void): void {
    done?.();
  }
}
