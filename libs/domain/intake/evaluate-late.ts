// Shows a device's rules a reading that comes late: it takes its place, and what it makes of the past is told now.
import type { Rule } from '#codecs/api';
import { correct, type Episode, foldAgain, follow, type Readings } from '#domain/alarms';
import { type Evaluation, Inquiry } from './inquiry.js';
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
  const inquiry = new Inquiry(file, receivedAt);
  for (const rule of file.product.rules) {
    const memory = inquiry.memoryOf(rule);
    const again = foldAgain(rule, memory.state, seen, moments, since, { at: receivedAt, scene });
    if (again !== null) inquiry.remember({ ...memory, state: again.state });
    for (const episode of again?.missed ?? []) tell(inquiry, rule, episode, receivedAt);
    inquiry.ask(rule, tick, scene);
  }
  return inquiry.evaluation;
}

/** What was told is never withdrawn: it is corrected, or something is told beside it. */
function tell(inquiry: Inquiry, rule: Rule, { since, severity, value, until }: Episode, at: number): void {
  const open = inquiry.openAlarm(rule);
  if (open) {
    const corrected = correct(open, since, at);
    if (corrected !== null) inquiry.note(corrected);
    return;
  }
  const begun = inquiry.raise(rule, { active: true, severity, value, since });
  if (until === null) return;
  const over = follow(begun, rule, { active: false, severity, value: null, since: until }, at);
  if (over !== null) inquiry.note(over);
}
