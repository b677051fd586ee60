// The session's cookie: out of reach for scripts and other sites, and for plain http exactly when the pages are https.
import type {} from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicUrl } from '#domain/devices';

@Injectable()
export class SessionCookie {
  constructor(private readonly publicUrl: PublicUrl) {}

  /** The token that the browser holds, if any. */
  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.name];
  }

  give(reply: FastifyReply, token: string, leftMs: number): void {
    reply.setCookie(this.name, token, { ...this.attributes, maxAge: Math.floor(leftMs / 1000) });
  }

  takeBack(reply: FastifyReply): void {
    reply.clearCookie(this.name, this.attributes);
  }

  /** `__Host-` binds it to this very host (RFC 6265bis §4.1.3.2), and browsers take that with Secure only. */
  private get name(): string {
    return this.isSecure ? '__Host-airbind' : 'airbind';
  }

  private get attributes() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isSecure } as const;
  }

  private get isSecure(): boolean {
    return this.publicUrl.href.startsWith('https:');
  }
}
