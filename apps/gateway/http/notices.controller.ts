// What a person was told.
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { Account } from '#domain/accounts';
import { Inbox, ReadMarks } from '#domain/notices';
import { Call } from './call.js';
import { By, Input, type InputOf, QueryOf } from './inputs.js';

const pageSize = 100;

const afterQuery = z.object({ after: z.coerce.number().int().min(0).optional() });

@Controller()
export class NoticesController {
  constructor(
    private readonly inbox: Inbox,
    private readonly marks: ReadMarks,
  ) {}

  @Call('notices')
  list(@QueryOf(afterQuery) { after }: z.output<typeof afterQuery>, @By() by: Account) {
    return after === undefined ? this.inbox.latest(by, pageSize) : this.inbox.after(by, after, pageSize);
  }

  @Call('unread')
  unread(@By() by: Account) {
    return this.marks.of(by);
  }

  @Call('markRead')
  markRead(@Input() { upTo }: InputOf<'markRead'>, @By() by: Account) {
    return this.marks.mark(by, upTo);
  }
}
