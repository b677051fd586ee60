// What somebody may give on to others: no more than they have.
import { type Capability, capabilities, type Right, type Standing } from '#codecs/api';

/** By which right of their own each capability is known. */
const shownBy: Readonly<Record<Capability, Right>> = {
  view: 'look',
  history: 'history',
  alerts: 'alarms',
  control: 'command',
  share: 'share',
};

export function givable({ may }: Standing): readonly Capability[] {
  return capabilities.filter(one => may.includes(shownBy[one]));
}
