// A rule's memory with marks in the past, from which it can be folded again when a reading comes late.
import { z } from 'zod';
import type { Rule, RuleKind } from '#codecs/api';
import { logicOf } from './kinds.js';
import type { Scene, Seen } from './rule-logic.js';
import { type Unsteadiness, unsteadiness } from './unsteady.js';

/** How the memory was just before a moment. */
interface Mark {
  readonly at: number;
  readonly state: unknown;
}

export interface Track {
  readonly state: unknown;
  /** At most two, the newer one at most a day old; none when the rule has been at rest for a day. */
  readonly marks: readonly Mark[];
  /** When the rule was last not at rest, to the hour; null once that is a day ago. */
  readonly stirredAt: number | null;
  readonly unsteady?: Unsteadiness;
}

/** A reading may be this late and is still put into its place. */
export const reachMs = 24 * 60 * 60_000;
const hourMs = 60 * 60_000;

export function begin(state: unknown): Track {
  return { state, marks: [], stirredAt: null };
}

/** The track after something was seen; the same object when that changed nothing. */
export function advance(rule: Rule, track: Track, seen: Seen, scene: Scene): Track {
  const logic = logicOf(rule.kind);
  const state = logic.see(rule, track.state, seen, scene);
  if (logic.order === 'none') return withState(track, state);
  const isAtRest = logic.isAtRest(track.state) && logic.isAtRest(state);
  if (isAtRest && track.stirredAt === null) return withState(track, state);
  const stirredAt = isAtRest ? track.stirredAt : stirred(track.stirredAt, seen.at);
  if (stirredAt === null || seen.at - stirredAt >= reachMs + hourMs)
    return trackOf(state, [], null, track.unsteady);
  const marks = marked(track, seen.at);
  const isSame = state === track.state && marks === track.marks && stirredAt === track.stirredAt;
  return isSame ? track : trackOf(state, marks, stirredAt, track.unsteady);
}

function withState(track: Track, state: unknown): Track {
  return state === track.state ? track : trackOf(state, track.marks, track.stirredAt, track.unsteady);
}

/** Property by property: copying an object with `...` takes several times as long, and each reading makes a track. */
function trackOf(
  state: unknown,
  marks: Track['marks'],
  stirredAt: number | null,
  unsteady: Track['unsteady'],
): Track {
  return unsteady === undefined ? { state, marks, stirredAt } : { state, marks, stirredAt, unsteady };
}

function stirred(before: number | null, at: number): number {
  return before !== null && at - before < hourMs ? before : at;
}

/** Before anything is forgotten there is a newer mark that is a day old. */
function marked({ marks, state }: Track, at: number): Track['marks'] {
  const last = marks.at(-1);
  if (last !== undefined && at - last.at < reachMs) return marks;
  return [...marks, { at, state }].slice(-2);
}

/**
 * The track as it was at a mark before a moment; what was seen from `from` on is to be folded onto it again. Null: that
 * is too long ago.
 */
export function rewind(track: Track, at: number): { readonly track: Track; readonly from: number } | null {
  const { marks } = track;
  const index = marks.findLastIndex(mark => mark.at <= at);
  const mark = marks[index];
  if (mark !== undefined) {
    const earlier = marks.slice(0, index + 1);
    return { track: { state: mark.state, marks: earlier, stirredAt: mark.at }, from: mark.at };
  }
  const [first] = marks;
  if (first === undefined) return { track: begin(track.state), from: at };
  // The only mark is where the rule left its rest, so it was at rest before.
  return marks.length === 1 ? { track: begin(first.state), from: at } : null;
}

const mark = z.object({ at: z.number(), state: z.unknown() });
const stored = z.object({
  state: z.unknown(),
  marks: z.array(mark),
  stirredAt: z.number().nullable(),
  unsteady: unsteadiness.optional(),
});

/** Reads a stored track; what another version of the rule wrote starts anew. */
export function revive(kind: RuleKind, value: unknown): Track {
  const logic = logicOf(kind);
  const read = stored.safeParse(value);
  if (!read.success) return begin(logic.initial);
  const { state, marks, unsteady, stirredAt } = read.data;
  return {
    state: logic.revive(state),
    marks: marks.map(({ at, state: then }) => ({ at, state: logic.revive(then) })),
    stirredAt,
    ...(unsteady && { unsteady }),
  };
}
