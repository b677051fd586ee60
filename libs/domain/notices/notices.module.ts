// The notices room: what people are told, on which way, and what became of it.
import { Module } from '@nestjs/common';
import { AccountsModule } from '#domain/accounts';
import { HomesModule } from '#domain/homes';
import { Chance } from './chance.js';
import { Contacts } from './contacts.js';
import { DeadNotices } from './dead-notices.js';
import { Dispatcher } from './dispatcher.js';
import { EndpointPeople } from './endpoint-people.js';
import { EndpointViews } from './endpoint-views.js';
import { Endpoints } from './endpoints.js';
import { Inbox } from './inbox.js';
import { MessageLinks } from './message-links.js';
import { OwnMessages } from './own-messages.js';
import { ReadMarks } from './read-marks.js';
import { Telling } from './telling.js';
import { Trials } from './trials.js';
import { Webhooks } from './webhooks.js';

const useCases = [
  Chance,
  Contacts,
  DeadNotices,
  Dispatcher,
  Endpoints,
  Inbox,
  MessageLinks,
  ReadMarks,
  Telling,
  Webhooks,
];

@Module({
  imports: [AccountsModule, HomesModule],
  providers: [...useCases, EndpointPeople, EndpointViews, OwnMessages, Trials],
  exports: useCases,
})
export class NoticesModule {}
