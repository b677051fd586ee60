// The links in messages: a GET shows what they are for, a POST does it; the token alone says whose they are.
import { Controller, Param } from '@nestjs/common';
import { MessageLinks } from '#domain/notices';
import { Call } from './call.js';

@Controller()
export class MessageLinksController {
  constructor(private readonly links: MessageLinks) {}

  @Call('messageLink')
  show(@Param('token') token: string) {
    return this.links.show(token);
  }

  @Call('followMessageLink')
  follow(@Param('token') token: string) {
    return this.links.follow(token);
  }
}
