// The end of an account: asked for by its person, and watched by whoever has the link of it.
import { Controller, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#domain/accounts';
import { PublicUrl } from '#domain/devices';
import { certificateText } from '#domain/erasure';
import { DomainError } from '#domain/errors';
import { Farewells } from '#domain/farewell';
import { Call, Stream } from './call.js';
import { By, From, Input, type InputOf } from './inputs.js';
import { farewellPage } from './page-links.js';
import { SessionCookie } from './session-cookie.js';

@Controller()
export class FarewellController {
  constructor(
    private readonly farewells: Farewells,
    private readonly publicUrl: PublicUrl,
    private readonly cookie: SessionCookie,
  ) {}

  @Call('leaveGateway')
  async leave(
    @Input() { password }: InputOf<'leaveGateway'>,
    @By() by: Actor,
    @From() from: string,
    @Req() { caller }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const sessionHash = caller?.sessionHash ?? null;
    const { token, keptUntil } = await this.farewells.ask(by, { password, sessionHash, from });
    this.cookie.takeBack(reply);
    return { token, url: farewellPage(this.publicUrl.href, token), keptUntil };
  }

  @Call('farewell')
  show(@Param('token') token: string) {
    return this.farewells.look(token);
  }

  /** Byte for byte what is verified. */
  @Stream('farewellCertificate')
  async certificate(@Param('token') token: string, @Res() reply: FastifyReply) {
    const { certificate } = await this.farewells.look(token);
    if (certificate === null) throw new DomainError('not-found');
    reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="airbind-farewell.json"')
      .send(certificateText(certificate));
  }
}
