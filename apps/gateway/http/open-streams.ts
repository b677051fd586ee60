// The live streams that are open now, so that a stop does not wait for pages that would listen for ever.
import { Injectable } from '@nestjs/common';

@Injectable()
export class OpenStreams {
  private readonly enders = new Set<() => void>();

  /** @returns what takes it out again. */
  add(end: () => void): () => void {
    this.enders.add(end);
    return () => this.enders.delete(end);
  }

  endAll(): void {
    for (const end of this.enders) end();
  }
}
