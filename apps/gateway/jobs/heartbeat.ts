// A dead man's switch: a call to an address of the operator's that stops when the gateway does not work any more.
import { Injectable, Logger } from '@nestjs/common';
import { Intake } from '#domain/intake';
import { Dispatcher } from '#domain/notices';

/** Where and how often; null: nowhere. */
export abstract class HeartbeatTerms {
  abstract readonly url: string | null;
  abstract readonly everyS: number;
}

/** As long as both probes together may take, and then the call. */
const patienceMs = 10_000;

@Injectable()
export class Heartbeat {
  private readonly logger = new Logger('heartbeat');

  constructor(
    private readonly terms: HeartbeatTerms,
    private readonly intake: Intake,
    private readonly dispatcher: Dispatcher,
  ) {}

  get everyMs(): number {
    return this.terms.everyS * 1000;
  }

  /**
   * It is earned: sent only after something went through the intake's line and the store, and the dispatcher has looked
   * for what is due. Whoever watches for it notices that it is missing, and so a failure is only logged here.
   */
  async beat(): Promise<void> {
    const { url } = this.terms;
    if (url === null) return;
    try {
      await within(patienceMs, Promise.all([this.intake.probe(), this.dispatcher.probe()]));
      const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`was answered with ${response.status}`);
    } catch (fault) {
      // Not the address: it is often a secret.
      const reason = fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown';
      this.logger.error({ event: 'heartbeat-missed', reason });
    }
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer from inside')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
