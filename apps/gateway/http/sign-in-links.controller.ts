// Links by which an operator lets somebody in without a password.
import { Controller } from '@nestjs/common';
import { PublicUrl } from '#domain/devices';
import { Households } from '#domain/homes';
import { Call } from './call.js';
import { Input, type InputOf } from './inputs.js';
import { machineTimeZone } from './machine-time-zone.js';
import { signInPage } from './page-links.js';

@Controller()
export class SignInLinksController {
  constructor(
    private readonly households: Households,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Call('makeSignInLink')
  async make(@Input() { email, name, locale }: InputOf<'makeSignInLink'>) {
    const nameOfAddress = email.split('@')[0] ?? email;
    const person = { email, name: name ?? nameOfAddress, locale, timeZone: machineTimeZone() };
    const { token, expiresAt } = await this.households.inviteByLink(person);
    return { url: signInPage(this.publicUrl.href, token), expiresAt };
  }
}
