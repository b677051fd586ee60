// What was heard, as a firmware engineer wants to see it: senders, bases, phases, rounds, and what is missing.
import type { Sender, SenderEvent } from '#codecs/airkiss';
import { macText } from './mac-text.js';

type Stream = SenderEvent extends infer E ? (E extends { stream: infer S } ? S : never) : never;
type Phase = 'guide' | 'magic' | 'prefix' | 'data';

/** So many rounds of a sender are shown. */
const MOST_ROUNDS = 60;
/** So many frames make a phase; fewer are strays between others. */
const SHORTEST_PHASE = 3;

interface Notes {
  readonly phases: { phase: Phase; frames: number }[];
  /** Positions heard, round by round, of each stream. */
  rounds: Set<number>[];
  readonly current: Map<Stream, { positions: Set<number>; last: number }>;
}

const DIRECTIONS = { to: 'on its way to', from: 'relayed by' } as const;

/** Follows the decoder's trace. */
export class Explainer {
  private readonly notes = new Map<Sender, Notes>();
  private readonly foreign = new Set<string>();

  readonly trace = (sender: Sender, event: SenderEvent): void => {
    if (sender.lockedAt === undefined) this.foreign.add(sender.source);
    const notes = this.notesOf(sender);
    switch (event.kind) {
      case 'heard':
        if (event.heard.kind === 'control') this.phase(notes, phaseOf(event.heard.control.symbol, notes));
        if (event.heard.kind === 'body') this.phase(notes, 'data');
        return;
      case 'placed':
        if (!event.finding.again) this.place(notes, event.stream, event.finding.position);
        return;
      case 'forgotten':
        notes.rounds = [];
        notes.current.clear();
        return;
      default:
        event satisfies never;
    }
  };

  text(): string {
    const locked = [...this.notes].filter(([sender]) => sender.lockedAt !== undefined);
    const others = [...this.foreign].filter(source => locked.every(([sender]) => sender.source !== source));
    const others1 =
      others.length === 0
        ? ''
        : `${others.length} other senders were heard, and none of them sent a guide.\n`;
    const texts = locked.map(([sender, notes]) => senderText(sender, notes));
    return [
      ...(texts.length === 0
        ? ['No guide was heard: nobody sent AirKiss on this channel, or too little of it arrived.\n']
        : texts),
      others1,
    ]
      .filter(part => part !== '')
      .join('\n');
  }

  private notesOf(sender: Sender): Notes {
    const known = this.notes.get(sender);
    if (known) return known;
    const notes: Notes = { phases: [], rounds: [], current: new Map() };
    this.notes.set(sender, notes);
    return notes;
  }

  private phase({ phases }: Notes, phase: Phase): void {
    const last = phases.at(-1);
    if (last?.phase === phase) last.frames++;
    else if (last && last.frames < SHORTEST_PHASE && phases.at(-2)?.phase === phase) {
      phases.pop();
      const before = phases.at(-1);
      if (before) before.frames += last.frames + 1;
    } else phases.push({ phase, frames: 1 });
  }

  private place(notes: Notes, stream: Stream, position: number): void {
    const now = notes.current.get(stream);
    if (now && position > now.last) {
      now.positions.add(position);
      now.last = position;
      return;
    }
    const positions = new Set([position]);
    notes.current.set(stream, { positions, last: position });
    if (notes.rounds.length < MOST_ROUNDS) notes.rounds.push(positions);
  }
}

/** The first symbols of guide and magic are alike, so what came before decides. */
function phaseOf(symbol: number, { phases }: Notes): Phase {
  if (symbol >= 0x40) return 'prefix';
  if (symbol >= 0x10) return 'magic';
  return phases.at(-1)?.phase === 'magic' ? 'magic' : 'guide';
}

function senderText(sender: Sender, notes: Notes): string {
  const { heard, strays } = sender.quality;
  const lines = [
    `Sender ${macText(sender.source)}: ${heard} frames since its base was found at frame ${sender.lockedAt}, ${strays} of them strays`,
    ...sender.lockedStreams.map(
      ({ direction, bssid, base }) => `  ${DIRECTIONS[direction]} ${macText(bssid)}: base ${base} bytes`,
    ),
    `  phases: ${notes.phases.map(({ phase, frames }) => `${phase} ${frames}`).join(', ') || 'none'}`,
    `  announced: ${announcedText(sender)}`,
    ...notes.rounds.map(
      (positions, index) =>
        `  round ${String(index + 1).padStart(3)}  ${roundText(sender, position => positions.has(position))}`,
    ),
    ...(sender.round
      ? [`  in all     ${roundText(sender, position => sender.round?.expected[position] !== 0)}`]
      : []),
    `  ${outcomeText(sender)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function announcedText({ total, passwordLength }: Sender): string {
  if (total === undefined) return 'nothing yet (magic was not heard whole)';
  if (passwordLength === undefined)
    return `${total} bytes; the length of the password is not known yet (prefix was not heard whole)`;
  return `${total} bytes: password ${passwordLength}, random 1, SSID ${total - passwordLength - 1}`;
}

/** One character a symbol, groups apart: k check, i index, # a byte, · not heard. */
function roundText({ round }: Sender, isHeard: (position: number) => boolean): string {
  const marks = { check: 'k', index: 'i', byte: '#' } as const;
  return (round?.layout.slots ?? [])
    .map(
      (slot, position) =>
        `${slot.kind === 'check' && position > 0 ? ' ' : ''}${isHeard(position) ? marks[slot.kind] : '·'}`,
    )
    .join('');
}

function outcomeText({ verdict, round }: Sender): string {
  if (verdict.kind === 'right') return 'complete: all checks agree';
  const missing = (round?.layout.slots ?? []).flatMap((slot, position) => {
    if (slot.kind === 'index' || round?.expected[position] !== 0) return [];
    return [slot.kind === 'byte' ? `byte ${slot.at}` : `check of group ${slot.group}`];
  });
  const reasons = {
    'awaiting-magic': 'waiting for magic',
    'awaiting-prefix': 'waiting for prefix',
    'missing-symbols': `missing: ${missing.join(', ')}`,
    'group-check-failed':
      'a group does not agree with its check: a stray was taken for a symbol, another round will tell',
    'ssid-check-failed':
      'the SSID does not agree with its check: a stray was taken for a symbol, another round will tell',
    'awaiting-agreement': 'everything was heard, and has to be heard once more and agree',
    'key-does-not-fit': 'everything was heard, but the key does not fit',
  } as const;
  return reasons[verdict.reason];
}
