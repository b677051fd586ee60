// What people do to a binding joins the one line of inputs, with those whom it concerns and the device's file does not know.
import { Injectable } from '@nestjs/common';
import { type Binding, type BindingEvent, BindingLine, BindingStore, type News } from '#domain/binding';
import { Destinations } from './destinations.js';
import { Intake } from './intake.js';
import { Matters } from './matters.js';
import { Recipients } from './recipients.js';

@Injectable()
export class BindingChanges extends BindingLine {
  constructor(
    private readonly intake: Intake,
    private readonly bindings: BindingStore,
    private readonly recipients: Recipients,
    private readonly destinations: Destinations,
    private readonly matters: Matters,
  ) {
    super();
  }

  async decide(deviceId: string, event: BindingEvent): Promise<Binding> {
    const outsider = await this.outsiderOf(deviceId, event);
    return this.intake.changeBinding(deviceId, event, {
      outsider: outsider === null ? null : await this.recipients.of(outsider),
      destination: event.kind === 'move' ? await this.destinations.of(deviceId, event.homeId) : null,
    });
  }

  async tell({ matter, id, accountId, before, said }: News): Promise<void> {
    await this.matters.tell({ deviceId: before.deviceId, matter, id, to: [accountId], before, said });
  }

  /** The owner to be, or who asked for a recovery that is refused. */
  private async outsiderOf(deviceId: string, event: BindingEvent): Promise<string | null> {
    switch (event.kind) {
      case 'confirm':
      case 'accept':
      case 'recover':
        return event.accountId;
      case 'veto':
        return (await this.bindings.byDevice(deviceId))?.recovery?.accountId ?? null;
      default:
        return null;
    }
  }
}
