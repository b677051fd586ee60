// The notices room: what people are told, on which way, and what became of it.
import { Module } from '@nestjs/common';
import { Dispatcher } from './dispatcher.js';
import { Inbox } from './inbox.js';
import { Webhooks } from './webhooks.js';

const useCases = [Dispatcher, Inbox, Webhooks];

@Module({ providers: useCases, exports: useCases })
export class NoticesModule {}
