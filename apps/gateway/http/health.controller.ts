// Whether the gateway lives, and whether it can do its work.
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { healthSchema } from '#codecs/api';
import { IntakeStore } from '#domain/intake';
import { Readiness } from '../readiness.js';
import { Public } from './call.js';

type Health = z.infer<typeof healthSchema>;
type Check = Health['checks'][string];

const storeMs = 3_000;

/** For whoever looks after it; nothing in them that a stranger should not know. */
const reasons = {
  store: 'The store takes nothing at present: devices are not acknowledged, and what they said waits.',
  broker: 'The gateway is starting or being stopped: devices are not heard.',
} as const;

const names = ['store', 'broker'] as const;

@Controller('health')
export class HealthController {
  constructor(
    private readonly intakeStore: IntakeStore,
    private readonly readiness: Readiness,
  ) {}

  @Public()
  @Get('live')
  live(): Health {
    return { status: 'ok', checks: {} };
  }

  @Public()
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const results = { store: await this.isStoreUp(), broker: this.readiness.isOpen };
    const failed = names.filter(name => !results[name]);
    reply.status(failed.length === 0 ? 200 : 503);
    return {
      status: failed.length === 0 ? 'ok' : 'degraded',
      checks: { store: check(results.store), broker: check(results.broker) },
      ...(failed.length > 0 && { reason: failed.map(name => reasons[name]).join(' ') }),
    };
  }

  /** A store that does not answer in time is down for whoever asks. */
  private async isStoreUp(): Promise<boolean> {
    let patience: NodeJS.Timeout | undefined;
    const tooLate = new Promise<boolean>(resolve => {
      patience = setTimeout(() => resolve(false), storeMs);
    });
    const isUp = this.intakeStore.isHealthy().catch(() => false);
    return Promise.race([isUp, tooLate]).finally(() => clearTimeout(patience));
  }
}

function check(isFine: boolean): Check {
  return isFine ? 'ok' : 'failed';
}
