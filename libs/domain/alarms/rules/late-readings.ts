// A reading that comes late takes its place: the rule folds what it saw since then again, and says what it missed.
import type { Rule, Severity } from '#codecs/api';
import { type Episode, overlap } from './episode.js';
import { logicOf } from './kinds.js';
import type { Finding, Found, Scene, Seen } from './rule-logic.js';
import { isWorse } from './severity.js';
import { advance, rewind, type Track } from './track.js';

/** Something seen, and what stood around the device then. */
export interface Moment {
  readonly seen: Seen;
  readonly scene: Scene;
}

export interface Present {
  readonly at: number;
  readonly scene: Scene;
}

export interface Replay {
  readonly state: unknown;
  readonly episodes: readonly Episode[];
}

/**
 * What a rule finds in what was seen, in the order of time; it is asked whenever it wants to be.
 * @param now until when the clock goes on after the last of it; null: it stops there
 */
export function replayRule(
  rule: Rule,
  state: unknown,
  moments: readonly Moment[],
  now: Present | null = null,
): Replay {
  const logic = logicOf(rule.kind);
  let track = state as Track;
  let dueAt: number | null = null;
  const told = new Told();
  const ask = (at: number, scene: Scene): Found => {
    const found = logic.find(rule, track.state, at, scene, told.open);
    told.hear(found.finding, at);
    return found;
  };
  const strike = (before: number, scene: Scene) => {
    while (dueAt !== null && dueAt < before) dueAt = later(ask(dueAt, scene).dueAt, dueAt);
  };
  for (const { seen, scene } of moments) {
    strike(seen.at, scene);
    track = advance(rule, track, seen, scene);
    dueAt = ask(seen.at, scene).dueAt;
  }
  if (now !== null) strike(now.at, now.scene);
  return { state: track, episodes: told.episodes };
}

export interface FoldedAgain {
  /** As it would be had the reading come in time. */
  readonly state: unknown;
  /** Episodes that would have been told then, and were not. */
  readonly missed: readonly Episode[];
}

/**
 * Puts a reading into its place.
 * @param moments what the rule saw, without the late one, in the order of time
 * @param since from when on the readings among them are complete, and the modes of the home are known
 * @param now the clock may have told an episode since the last reading: it is found again
 * @returns null when the rule does not mind order, or it is too late: then it is as if it had not been said
 */
export function foldAgain(
  rule: Rule,
  state: unknown,
  late: Moment,
  moments: readonly Moment[],
  since: { readonly readings: number; readonly modes: number },
  now: Present,
): FoldedAgain | null {
  const { order } = logicOf(rule.kind);
  const { at } = late.seen;
  const past = order === 'none' ? null : rewind(state as Track, at);
  if (past === null || past.from < since.readings) return null;
  if (order === 'modes-too' && past.from < since.modes) return null;
  const known = moments.filter(({ seen }) => seen.at >= past.from);
  const place = known.findLastIndex(({ seen }) => seen.at <= at) + 1;
  const before = replayRule(rule, past.track, known, now);
  const after = replayRule(rule, past.track, known.toSpliced(place, 0, late), now);
  const wasTold = (episode: Episode) =>
    before.episodes.some(other => overlap(other, episode) && other.since <= episode.since);
  return {
    state: keepUnsteady(state as Track, after.state as Track),
    missed: after.episodes.filter(episode => !wasTold(episode)),
  };
}

class Told {
  readonly episodes: Episode[] = [];
  open: Severity | null = null;

  hear({ active, severity, since, value }: Finding, at: number): void {
    const last = this.episodes.at(-1);
    if (active && this.open === null) this.episodes.push({ since, severity, value, from: at, until: null });
    else if (active && last !== undefined && this.open !== null && isWorse(severity, this.open))
      this.episodes.splice(-1, 1, { ...last, severity, value });
    else if (!active && last !== undefined && this.open !== null)
      this.episodes.splice(-1, 1, { ...last, until: at });
    if (!active) this.open = null;
    else if (this.open === null || isWorse(severity, this.open)) this.open = severity;
  }
}

/** A rule that wants to be asked at the moment itself again would be asked for ever. */
function later(dueAt: number | null, than: number): number | null {
  return dueAt !== null && dueAt > than ? dueAt : null;
}

function keepUnsteady({ unsteady }: Track, track: Track): Track {
  return unsteady === undefined ? track : { ...track, unsteady };
}
