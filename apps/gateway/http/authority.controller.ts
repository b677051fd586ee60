// The private authority: made by an operator, and shown at the broker's TLS listener from then on.
import { Controller } from '@nestjs/common';
import type { AuthorityView } from '#codecs/api';
import { type AuthorityState, PrivateAuthority } from '#domain/certificates';
import { PublicUrl } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { SecureListener } from '../mqtt/secure-listener.js';
import { Call } from './call.js';
import { Input, type InputOf } from './inputs.js';

@Controller()
export class AuthorityController {
  constructor(
    private readonly authority: PrivateAuthority,
    private readonly listener: SecureListener,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Call('authority')
  async show() {
    const state = await this.authority.state();
    if (state === null) throw new DomainError('no-authority');
    return this.view(state);
  }

  @Call('makeAuthority')
  async make(@Input() { names }: InputOf<'makeAuthority'>) {
    return this.shown(await this.authority.create(this.namesWith(names)));
  }

  @Call('certifyGateway')
  async certify(@Input() { names }: InputOf<'certifyGateway'>) {
    return this.shown(await this.authority.certifyServer(this.namesWith(names)));
  }

  private async shown(state: AuthorityState): Promise<AuthorityView> {
    await this.listener.show();
    return this.view(state);
  }

  private view({ certificate, facts, server }: AuthorityState): AuthorityView {
    const { name, fingerprint, notAfter } = facts;
    return {
      certificate,
      name,
      fingerprint,
      endsAt: notAfter,
      server: server && { names: [...server.hosts], endsAt: server.notAfter },
      tlsPort: this.listener.port,
    };
  }

  private namesWith(names: readonly string[]): string[] {
    const own = new URL(this.publicUrl.href).hostname.replace(/^\[|\]$/g, '');
    return [...new Set([...names, own, 'localhost', '127.0.0.1'].map(name => name.toLowerCase()))];
  }
}
