// A gateway for long work: when it restarts on the way, the call is made again once it is back.
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, EndpointName } from '#codecs/api';
import { Failure } from './failure.js';
import type { Call, GatewayClient } from './gateway-client.js';
import { connect, type Surroundings } from './gateway-command.js';
import type { GatewayOptions } from './settings.js';

const firstPauseMs = 200;
const longestPauseMs = 3_000;
const patienceMs = 120_000;

/** Only for calls that do no harm when they are made twice: the answer may be all that was lost. */
export class PatientGateway {
  private client: GatewayClient | null = null;
  private hasAnswered = false;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly options: GatewayOptions,
  ) {}

  /** @throws Failure; at once for a gateway that never answered, after two minutes for one that went away. */
  async call<N extends EndpointName>(name: N, call: Call<N> = {}): Promise<Answer<N>> {
    const from = performance.now();
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        this.client ??= (await connect(this.surroundings, this.options)).gateway;
        const answer = await this.client.call(name, call);
        this.hasAnswered = true;
        return answer;
      } catch (error) {
        if (!this.hasAnswered || !isAway(error) || performance.now() - from > patienceMs) throw error;
        if (pauseMs === firstPauseMs * 4) {
          this.surroundings.terminal.complain('The gateway is away. Waiting for it to come back …\n');
        }
        // Its token on this machine is a fresh one after each start.
        this.client = null;
        await pause(pauseMs);
      }
    }
  }

  /** Null where there is nothing of that name. */
  async find<N extends EndpointName>(name: N, call: Call<N> = {}): Promise<Answer<N> | null> {
    return this.call(name, call).catch(error => {
      if (error instanceof Failure && error.code === 'not-found') {
        this.hasAnswered = true;
        return null;
      }
      throw error;
    });
  }
}

function isAway(error: unknown): boolean {
  return (
    error instanceof Failure &&
    (error.code === 'gateway-unreachable' ||
      error.code === 'storage-unavailable' ||
      error.code === 'not-signed-in')
  );
}
