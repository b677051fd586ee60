// A command that an application publishes: it takes the same way as a person's, and nothing of it is stored.
import { Injectable, Logger } from '@nestjs/common';
import type { Verdict } from '#adapters/broker';
import { applicationCommandSchema } from '#codecs/wire';
import { DomainError } from '#domain/errors';
import { Commands } from '#domain/intake';

@Injectable()
export class ApplicationCommands {
  private readonly logger = new Logger('ApplicationCommands');
  /** MQTT-4.6.0-2: acknowledged in the order in which they came, whichever devices must be read for them. */
  private line: Promise<unknown> = Promise.resolve();

  constructor(private readonly commands: Commands) {}

  /** Acknowledged also when it reached nobody: that the device has done it, is the device's to say, with its id. */
  receive(applicationId: string, deviceId: string, payload: Uint8Array): Promise<Verdict> {
    const sent = this.line.then(() => this.send(applicationId, deviceId, payload));
    this.line = sent.catch(() => {});
    return sent;
  }

  private async send(applicationId: string, deviceId: string, payload: Uint8Array): Promise<Verdict> {
    const wanted = read(payload);
    if (wanted === null) return this.drop(applicationId, deviceId, 'malformed');
    try {
      await this.commands.send(deviceId, wanted);
      return 'passed';
    } catch (fault) {
      if (!(fault instanceof DomainError)) throw fault;
      return this.drop(applicationId, deviceId, fault.code);
    }
  }

  private drop(applicationId: string, deviceId: string, code: string): Verdict {
    this.logger.warn({ event: 'mqtt-command-dropped', applicationId, deviceId, code });
    return 'passed';
  }
}

function read(payload: Uint8Array) {
  try {
    return applicationCommandSchema.safeParse(JSON.parse(Buffer.from(payload).toString())).data ?? null;
  } catch {
    return null;
  }
}
