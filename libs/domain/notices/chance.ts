// Chance as a port, so that a test can own it.
import { Injectable } from '@nestjs/common';

@Injectable()
export class Chance {
  /** From 0 up to 1. */
  next(): number {
    return Math.random();
  }
}
