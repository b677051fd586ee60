// A person's copy of what is held about them, streamed.
import { Readable } from 'node:stream';
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Account } from '#domain/accounts';
import { DomainError } from '#domain/errors';
import { PersonalData } from '#domain/personal';
import { Stream } from './call.js';
import { By } from './inputs.js';

@Controller()
export class PersonalController {
  /** Whose copy is being read: it is much work, and one at a time is enough for anybody. */
  private readonly reading = new Set<string>();

  constructor(private readonly personal: PersonalData) {}

  @Stream('export')
  export(@By() { id }: Account, @Res() reply: FastifyReply): void {
    if (this.reading.has(id)) throw new DomainError('too-many-attempts');
    this.reading.add(id);
    const lines = Readable.from(this.personal.linesOf(id));
    lines.once('close', () => this.reading.delete(id));
    reply
      .type('application/x-ndjson; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="airbind-data.ndjson"')
      .send(lines);
  }
}
