// A world of one device and some people, in which a machine is tried: whatever they do, in whatever order, at any time.
import fc from 'fast-check';
import type { Origin } from '#domain/accounts';
import { type Binding, registeredBinding } from './binding.js';
import type { BindingEvent, BindingEventKind } from './binding-event.js';
import { type Decision, decide } from './decide.js';
import { lapse } from './lapse.js';
import { factsOf, LedgerReader, Unexplained } from './ledger-reader.fixture.js';
import { eventKinds } from './machine.js';
import { possessionMs } from './window.js';

export type Decider = (binding: Binding, event: BindingEvent) => Decision;

const people = ['lin', 'bo', 'eve'] as const;
const page: Origin = { via: 'page', address: '192.0.2.1' };
const minute = 60_000;
const vetoMs = 72 * 60 * minute;
export const policies = ['button', 'provisioned', 'pin', 'none'] as const;

const wait = fc.record({
  kind: fc.constant('wait' as const),
  byMs: fc.oneof(fc.nat(5_000), fc.nat(5 * minute), fc.nat(2 * vetoMs)),
});

/** What ends somebody's time with the device, or the device, comes seldom: in a life of nothing else little is reached. */
const endings: readonly BindingEventKind[] = ['reset', 'release', 'force-release', 'retire'];
const kind = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...eventKinds.filter(each => !endings.includes(each))) },
  fc.constantFrom(...endings),
);

/** What somebody tries; `secretsBack` says which of the secrets that were ever given is shown (0: the latest). */
const deed = fc.record({
  kind,
  by: fc.constantFrom(...people),
  secretsBack: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(6)),
});

/** What seldom comes about by chance: whole, or with a step left out. */
const episodes = [
  ['window', 'claim', 'confirm'],
  ['offer', 'accept'],
  ['offer', 'withdraw'],
  ['window', 'ask-recovery', 'veto-time', 'window', 'recover'],
  ['window', 'ask-recovery', 'veto-time', 'recover'],
  ['window', 'ask-recovery', 'veto'],
  ['lock', 'rename', 'move', 'unlock'],
  ['lock', 'found', 'reset'],
  ['lock', 'force-release'],
] as const satisfies readonly (readonly (BindingEventKind | 'veto-time')[])[];
const stepsOf = (kinds: readonly (typeof episodes)[number][number][], by: (typeof people)[number]) =>
  kinds.map(kind =>
    kind === 'veto-time'
      ? ({ kind: 'wait', byMs: vetoMs } as const)
      : ({ kind, by, secretsBack: 0 } as const),
  );
const episode = fc
  .tuple(fc.constantFrom(...episodes), fc.constantFrom(...people), fc.option(fc.nat(4)))
  .map(([kinds, by, leftOut]) =>
    stepsOf(
      kinds.filter((_, index) => index !== leftOut),
      by,
    ),
  );

/** Most begin with an owner: nobody loses a device that nobody had. */
export const lives = fc
  .record({
    policy: fc.constantFrom(...policies),
    first: fc.option(fc.constantFrom(...people)),
    later: fc.array(fc.oneof(wait, deed, deed, deed, episode), { maxLength: 60, size: 'max' }),
  })
  .map(({ policy, first, later }) => ({
    policy,
    steps: [...(first === null ? [] : stepsOf(episodes[0], first)), ...later.flat()],
  }));
type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never;
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

interface Given {
  readonly secret: string;
  readonly to: string;
  readonly epoch: number;
}

export class World {
  binding = registeredBinding('d1-1');
  readonly reached = new Set<string>();
  private at = 1_763_700_000_000;
  private count = 0;
  private readonly nonces: Given[] = [];
  private readonly tokens: Given[] = [];
  private readonly shown: string[] = [];
  private readonly auditor = new LedgerReader();

  constructor(private readonly decider: Decider = decide) {}

  /** @throws Unexplained as soon as something has happened that must not. */
  live({ policy, steps }: Life): void {
    for (const step of steps) {
      if (step.kind === 'wait') this.at += step.byMs;
      else this.try(step, policy);
    }
  }

  private try(tried: Deed, policy: Life['policy']): void {
    const before = lapse(this.binding, this.at);
    const event = this.eventOf(tried, policy);
    const asItWas = JSON.stringify(this.binding);
    const decision = this.decider(this.binding, event);
    demand(JSON.stringify(this.binding) === asItWas, 'what is decided on is not changed');
    if (!decision.ok || decision.change === null) return;
    const { next, ledger } = decision.change;
    demand(!this.isWrong(event, before), `${event.kind} with a wrong secret`);
    const changes = ledger.filter(({ what }) => what !== 'erasure-asked');
    demand(next.version === before.version + 1 && changes.length === 1, 'one version and one line a change');
    demand(next.credentialEpoch >= before.credentialEpoch, 'an old credential does not come back');
    if (before.ownerId !== null && next.ownerId !== before.ownerId)
      demand(next.credentialEpoch === next.epoch, 'who loses a device knows no credential of it');
    for (const row of ledger) this.auditor.take(row);
    const [explained, stored] = [this.auditor.at(this.at), factsOf(lapse(next, this.at))];
    demand(JSON.stringify(explained) === JSON.stringify(stored), 'the ledger explains the state');
    this.remember(event, next);
    this.reached.add(`${before.state} ${event.kind}`);
    this.binding = next;
  }

  private eventOf({ kind, by: accountId, secretsBack }: Deed, policy: Life['policy']): BindingEvent {
    const { at } = this;
    const fresh = () => `secret ${this.count++}`;
    const shownHash = policy === 'provisioned' ? (this.shown.at(-1 - secretsBack) ?? 'guessed') : null;
    const proven = { proof: policy, shownHash };
    const deed = { accountId, from: page };
    const own = { homeId: `home of ${accountId}`, name: null };
    switch (kind) {
      case 'window': {
        const isHanded = policy === 'provisioned';
        const until = at + (isHanded ? possessionMs.provisioned : possessionMs.button);
        return { kind, at, until, nonceHash: isHanded ? fresh() : null };
      }
      case 'claim':
        return { kind, at, ...deed, nonceHash: fresh(), expiresAt: at + 2 * minute, ...proven };
      case 'confirm':
        return { kind, at, ...deed, nonceHash: back(this.nonces, secretsBack), ...own };
      case 'offer':
        return {
          kind,
          at,
          ...deed,
          tokenHash: fresh(),
          expiresAt: at + 60 * minute,
          erases: secretsBack > 0,
        };
      case 'release':
        return { kind, at, ...deed, erases: secretsBack > 0 };
      case 'accept':
        return { kind, at, ...deed, tokenHash: back(this.tokens, secretsBack), ...own };
      case 'ask-recovery':
        return { kind, at, ...deed, dueAt: at + vetoMs, ...proven };
      case 'recover':
        return { kind, at, ...deed, ...proven, ...own };
      case 'rename':
        return { kind, at, ...deed, name: 'New name' };
      case 'move':
        return { kind, at, ...deed, homeId: fresh(), roomId: null };
      case 'force-release':
      case 'retire':
        return { kind, at, accountId: 'op', from: page, reason: 'because' };
      case 'found':
        return { kind, at, ...deed, message: 'It lay in the street.' };
      case 'reset':
        return { kind, at };
      default:
        return { kind, at, ...deed };
    }
  }

  /** Shown in vain: guessed, another's, of an earlier owner's time, or replaced since. */
  private isWrong(event: BindingEvent, before: Binding): boolean {
    switch (event.kind) {
      case 'confirm': {
        const latest = this.nonces.at(-1);
        return !isRight(latest, event.nonceHash, before.epoch) || latest?.to !== event.accountId;
      }
      case 'accept':
        return !isRight(this.tokens.at(-1), event.tokenHash, before.epoch);
      case 'claim':
      case 'ask-recovery':
      case 'recover':
        return event.shownHash !== null && event.shownHash !== this.shown.at(-1);
      default:
        return false;
    }
  }

  private remember(event: BindingEvent, { epoch }: Binding): void {
    if (event.kind === 'claim') this.nonces.push({ secret: event.nonceHash, to: event.accountId, epoch });
    if (event.kind === 'offer') this.tokens.push({ secret: event.tokenHash, to: '', epoch });
    if (event.kind === 'window' && event.nonceHash !== null) this.shown.push(event.nonceHash);
  }
}

function back(given: readonly Given[], secretsBack: number): string {
  return given.at(-1 - secretsBack)?.secret ?? 'guessed';
}

function isRight(latest: Given | undefined, secret: string, epoch: number): boolean {
  return latest?.secret === secret && latest.epoch === epoch;
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Unexplained(what);
}
