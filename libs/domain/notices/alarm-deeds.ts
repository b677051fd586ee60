// What can be done about an alarm from a message, as the notices room sees it; the intake, a floor above, is behind it.
import type { Alarm } from '#domain/alarms';
import type { EndpointPerson } from './endpoint-people.js';

export abstract class AlarmDeeds {
  /** @returns null for one that this person is not told of, or not any more */
  abstract toldOf(by: EndpointPerson, alarmId: string): Promise<Alarm | null>;
  /**
   * Acknowledges in the person's name, if they are still told of this device's alarms.
   * @throws DomainError `not-found`, `alarm-over`.
   */
  abstract acknowledge(alarmId: string, by: EndpointPerson): Promise<void>;
}
