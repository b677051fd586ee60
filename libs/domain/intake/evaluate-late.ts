// Shows a device's rules a reading that comes late: it takes its place, and what it makes of the past is told now.
import type { Rule } from '#codecs/api';
import { type AlarmChange, correct, type Episode, foldAgain, follow, type Readings } from '#domain/alarms';
import { askNow, type Evaluation, memoryOf, openAlarm, raised, withAlarm, withMemory } from './evaluate.js';
import type { DeviceFile } from './intake.store.js';
import { momentsOf, type Past } from './past.js';
import { modesKnownSince, sceneOf } from './scene.js';

export function evaluateLate(
  file: DeviceFile,
  late: Readings,
  past: Past,
  receivedAt: number,
  listeningSince: number,
): Evaluation {
  const sceneAt = (at: number) => sceneOf(file, listeningSince, at);
  const moments = momentsOf(past, file.modes, sceneAt);
  const seen = { seen: late, scene: sceneAt(late.at) };
  const since = { readings: past.since, modes: modesKnownSince(file) };
  const scene = sceneAt(receivedAt);
  const tick = { kind: 'tick', at: receivedAt } as const;
  return file.product.rules.reduce<Evaluation>(
    (before, rule) => {
      const memory = memoryOf(before.file, rule);
      const again = foldAgain(rule, memory.state, seen, moments, since);
      const missed = again === null ? [] : again.missed;
      const folded =
        again === null ? before.file : withMemory(before.file, rule, { ...memory, state: again.state });
      const told = missed.reduce((so, episode) => tell(so, rule, episode, receivedAt), {
        file: folded,
        changes: before.changes,
      });
      const now = askNow(told.file, rule, tick, scene, receivedAt);
      return { file: now.file, changes: [...told.changes, ...now.changes] };
    },
    { file, changes: [] },
  );
}

/** What was told is never withdrawn: it is corrected, or something is told beside it. */
function tell({ file, changes }: Evaluation, rule: Rule, episode: Episode, at: number): Evaluation {
  const open = openAlarm(file, rule);
  if (open) {
    const corrected = correct(open, episode.since, at);
    return corrected === null ? { file, changes } : keep(file, changes, corrected);
  }
  const { since, severity, value, until } = episode;
  const begun = raised(file, rule, { active: true, severity, value, since }, at);
  const told = { file: begun.file, changes: [...changes, ...begun.changes] };
  const [change] = begun.changes;
  if (until === null || change === undefined) return told;
  const over = follow(change.alarm, rule, { active: false, severity, value: null, since: until }, at);
  return over === null ? told : keep(told.file, told.changes, over);
}

function keep(file: DeviceFile, changes: readonly AlarmChange[], change: AlarmChange): Evaluation {
  return { file: withAlarm(file, change.alarm), changes: [...changes, change] };
}
