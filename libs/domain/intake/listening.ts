// When this gateway began to listen: before that, a device's silence proves nothing.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';

@Injectable()
export class Listening {
  readonly since: number;

  constructor(clock: Clock) {
    this.since = clock.now();
  }
}
