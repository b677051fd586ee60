// How loud an alarm is shown: life safety in red, security and faults in amber, what a person has seen more quietly.
import type { AlarmView } from '#codecs/api';

/** `danger` moves and is red; `latched` and `seen` are still; `warning` is amber; `over` is plain. */
export type Tone = 'danger' | 'warning' | 'seen' | 'latched' | 'over';

export function toneOf({ state, class: alarmClass }: Pick<AlarmView, 'state' | 'class'>): Tone {
  switch (state) {
    case 'raised':
      return alarmClass === 'L' || alarmClass === 'S' ? 'danger' : 'warning';
    case 'acknowledged':
      // Seen is not over: a gas alarm stays red, and only stops moving.
      return alarmClass === 'L' ? 'seen' : 'warning';
    case 'latched':
      return 'latched';
    case 'cleared':
      return 'over';
    default:
      return state satisfies never;
  }
}
