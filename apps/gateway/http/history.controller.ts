// What a device measured and did over time, for whoever may see the device.
import { Controller, Param } from '@nestjs/common';
import { type EventsQuery, endpoints, type HistoryQuery } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { History } from '#domain/intake';
import { Call } from './call.js';
import { By, QueryOf } from './inputs.js';

@Controller()
export class HistoryController {
  constructor(private readonly history: History) {}

  @Call('history')
  buckets(
    @Param('deviceId') deviceId: string,
    @QueryOf(endpoints.history.query) query: HistoryQuery,
    @By() by: Account,
  ) {
    return this.history.buckets(deviceId, by, query);
  }

  @Call('deviceEvents')
  events(
    @Param('deviceId') deviceId: string,
    @QueryOf(endpoints.deviceEvents.query) query: EventsQuery,
    @By() by: Account,
  ) {
    return this.history.events(deviceId, by, query);
  }
}
