// The live trace of one device, for operators.
import { Controller, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operators } from '#domain/accounts';
import { DeviceStore } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { Watches } from '#domain/intake';
import { Stream } from './call.js';
import { EventStreams } from './event-streams.js';
import type { EventWriter } from './event-writer.js';

@Controller()
export class WatchController {
  constructor(
    private readonly devices: DeviceStore,
    private readonly watches: Watches,
    private readonly operators: Operators,
    private readonly streams: EventStreams,
  ) {}

  @Stream('watch')
  async open(
    @Param('deviceId') deviceId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if ((await this.devices.byId(deviceId)) === null) throw new DomainError('not-found');
    // Begun before the answer, so that whoever may not watch is still told so.
    let writer: EventWriter | null = null;
    const stop = this.watches.watch(deviceId, data => writer?.event({ name: 'trace', data }));
    this.streams.open(request, reply, opened => {
      writer = opened;
      const leave = this.whileOperator(request, () => opened.end());
      return () => {
        leave();
        stop();
      };
    });
  }

  /** The local operator is one as long as there is a gateway. */
  private whileOperator({ caller }: FastifyRequest, end: () => void): () => void {
    if (caller === null || caller.sessionHash === null) return () => {};
    return this.operators.watchEnd(caller.account.id, end);
  }
}
