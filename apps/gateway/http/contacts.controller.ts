// The contacts of a home: people without an account who are told in an emergency.
import { Controller, Param } from '@nestjs/common';
import type { Account } from '#domain/accounts';
import { Contacts } from '#domain/notices';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';

@Controller()
export class ContactsController {
  constructor(private readonly contacts: Contacts) {}

  @Call('contacts')
  list(@Param('homeId') homeId: string, @By() by: Account) {
    return this.contacts.list(by, homeId);
  }

  @Call('addContact')
  add(@Param('homeId') homeId: string, @Input() details: InputOf<'addContact'>, @By() by: Account) {
    return this.contacts.add(by, homeId, details);
  }

  @Call('dropContact')
  async drop(@Param('homeId') homeId: string, @Param('contactId') contactId: string, @By() by: Account) {
    await this.contacts.remove(by, homeId, contactId);
    return { done: true } as const;
  }
}
