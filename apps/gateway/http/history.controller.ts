// What a device measured and did over time, for whoever may see its history.
import { Controller } from '@nestjs/common';
import { type EventsQuery, endpoints, type HistoryQuery } from '#codecs/api';
import type { Binding } from '#domain/binding';
import { History } from '#domain/intake';
import { Call } from './call.js';
import { Granted, QueryOf } from './inputs.js';

@Controller()
export class HistoryController {
  constructor(private readonly history: History) {}

  @Call('history')
  buckets(@Granted() binding: Binding, @QueryOf(endpoints.history.query) query: HistoryQuery) {
    return this.history.buckets(binding, query);
  }

  @Call('deviceEvents')
  events(@Granted() binding: Binding, @QueryOf(endpoints.deviceEvents.query) query: EventsQuery) {
    return this.history.events(binding, query);
  }
}
