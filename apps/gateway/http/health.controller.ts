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
    const isStoreUp = await this.intakeStore.isHealthy().catch(() => false);
    const checks = { store: check(isStoreUp), broker: check(this.readiness.isOpen) };
    const isReady = Object.values(checks).every(result => result === 'ok');
    reply.status(isReady ? 200 : 503);
    return { status: isReady ? 'ok' : 'degraded', checks };
  }
}

function check(isFine: boolean): Check {
  return isFine ? 'ok' : 'failed';
}
