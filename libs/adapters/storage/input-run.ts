// Several messages of one device in one row of SQLite's input log: what they share is written once, and nothing is lost.
import type { InputRow } from '#domain/intake';

/** As many as one client may have unanswered; more would make a row of several pages. */
const mostMessages = 32;

/** What of one telemetry message the next repeats, or what it says of itself: then it needs no row of its own. */
function hasNothingOfItsOwn({ kind, at, clock, receivedAt, body }: InputRow): boolean {
  if (kind !== 'telemetry') return false;
  return at === (clock === 'device' ? saidAt(body) : receivedAt);
}

/** Messages in a row of the log: those after the first have the next numbers, and differ in what they say alone. */
export class InputRun {
  private texts: string;
  private count = 1;
  private readonly mayGrow: boolean;

  constructor(readonly first: InputRow) {
    this.texts = textOf(first);
    this.mayGrow = hasNothingOfItsOwn(first);
  }

  get messages(): number {
    return this.count;
  }

  /** A JSON array of bodies, where there are several. */
  get body(): string {
    return this.count === 1 ? this.texts : `[${this.texts}]`;
  }

  /** @returns whether the message is of this run, and taken into it */
  take(next: InputRow): boolean {
    const { first, count } = this;
    const follows =
      this.mayGrow &&
      count < mostMessages &&
      next.boot === first.boot &&
      next.seq === (first.seq ?? 0) + count &&
      next.receivedAt === first.receivedAt &&
      next.clock === first.clock &&
      next.epoch === first.epoch &&
      hasNothingOfItsOwn(next);
    if (!follows) return false;
    this.texts += `,${textOf(next)}`;
    this.count += 1;
    return true;
  }
}

/** The messages of a row. What was erased is blank, and keeps its stamps. */
export function messagesOf(row: InputRow, messages: number): InputRow[] {
  if (messages === 1) return [row];
  const bodies = Array.isArray(row.body) ? row.body : [];
  return Array.from({ length: messages }, (_, place) => {
    const body: unknown = bodies[place] ?? null;
    const at = row.clock === 'device' ? (saidAt(body) ?? row.at) : row.at;
    return { ...row, seq: (row.seq ?? 0) + place, at, body };
  });
}

/** The body as JSON. */
export const textOf = ({ text, body }: InputRow): string => text ?? JSON.stringify(body ?? null);

/** The device's own time. */
const saidAt = (body: unknown): number | undefined =>
  (body as { readonly at?: number } | null | undefined)?.at;
