// The life of one device on a real store: several people at once, again and again, with restarts and time between them.
import fc from 'fast-check';
import type { MadeDevice } from '#codecs/api';
import { type Actor, hashToken } from '#domain/accounts';
import type { ManualClock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { BindingLine } from './binding-line.js';
import { type BindingRoom, minute } from './binding-room.fixture.js';
import { lapse } from './lapse.js';
import type { LedgerRow, LedgerWhat } from './ledger.js';
import { factsOf, LedgerReader, Unexplained } from './ledger-reader.fixture.js';
import { vetoMs } from './recoveries.js';
import { possessionMs, windowMs } from './window.js';

/** Who does what; `back` says which of the secrets that were ever given is used (0: the latest). */
const deed = fc.record({
  what: fc.constantFrom(
    ...(['claim', 'confirm', 'confirm', 'release', 'rename', 'offer', 'withdraw', 'accept'] as const),
    ...(['lock', 'unlock', 'found', 'ask', 'veto', 'recover', 'force'] as const),
    ...(['press', 'press', 'hand over', 'reset', 'late press'] as const),
  ),
  who: fc.nat(2),
  back: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(3)),
  erases: fc.boolean(),
});
export type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

const same = (what: Deed['what'], people: readonly number[]): Deed[] =>
  people.map(who => ({ what, who, back: 0, erases: who > 0 }));

const everybody = [0, 1, 2] as const;

interface Burst {
  /** What happens at one time: all of it begins before any of it ends. */
  readonly deeds: readonly Deed[];
  readonly next: 'go on' | 'restart' | 'wait';
  readonly waitMs: number;
}

const goOn = (deeds: readonly Deed[]): Burst => ({ deeds, next: 'go on', waitMs: 0 });
const toAll = (what: Deed['what']): Burst => goOn(same(what, everybody));
const shown = goOn([...same('press', [0]), ...same('hand over', [0])]);

const chance: fc.Arbitrary<Burst[]> = fc
  .record({
    deeds: fc.array(deed, { minLength: 1, maxLength: 4 }),
    next: fc.constantFrom('go on', 'go on', 'go on', 'restart', 'wait'),
    waitMs: fc.oneof(fc.nat(3 * minute), fc.constant(vetoMs)),
  })
  .map(each => [each]);

const bound = [shown, toAll('claim'), toAll('confirm')];

/** What seldom comes about by chance: everybody tries it, and one of them gets it. */
const episodes = fc.constantFrom<Burst[]>(
  bound,
  [toAll('offer'), toAll('accept'), toAll('accept')],
  [toAll('offer'), toAll('withdraw'), toAll('accept')],
  [toAll('lock'), toAll('found'), goOn(same('reset', [0])), toAll('unlock')],
  [shown, toAll('ask'), { ...toAll('rename'), next: 'wait', waitMs: vetoMs }, shown, toAll('recover')],
  [shown, toAll('ask'), toAll('veto')],
  [goOn([...same('release', everybody), ...same('reset', [0])])],
);

/** Most begin with an owner: nobody loses a device that nobody had. */
export const bursts = fc
  .tuple(
    fc.constantFrom(bound, bound, bound, []),
    fc.array(fc.oneof(chance, episodes), { minLength: 4, maxLength: 12, size: 'max' }),
  )
  .map(([first, later]) => [...first, ...later.flat()]);

interface Outcome {
  readonly deed: Deed;
  readonly isDone: boolean;
}

/** Which line each deed leaves. */
const lines: Partial<Record<Deed['what'], LedgerWhat>> = {
  claim: 'claimed',
  confirm: 'bound',
  release: 'released',
  rename: 'renamed',
  offer: 'transfer-offered',
  withdraw: 'transfer-withdrawn',
  accept: 'transferred',
  lock: 'locked',
  unlock: 'unlocked',
  found: 'found',
  ask: 'recovery-asked',
  veto: 'recovery-vetoed',
  recover: 'recovered',
};

/** What is never done already. */
const neverTwice = ['claim', 'release', 'rename', 'offer', 'found'] as const;

/** Where the life is led. */
export interface Place {
  /** The room of a process that has just begun. */
  readonly open: () => BindingRoom<BindingLine>;
  /** Of the device, as whoever ends sessions hears of them. */
  readonly heardChangesOfOwner: () => number;
}

export class Life {
  readonly seen = new Set<LedgerWhat>();
  /** Deeds that were under way at the same time as another. */
  interleaved = 0;
  private room: BindingRoom<BindingLine>;
  private readonly nonces: string[] = [];
  private readonly tokens: string[] = [];
  private readonly handed: string[] = ['0'.repeat(32)];
  private rows = 0;

  constructor(
    private readonly place: Place,
    private readonly clock: ManualClock,
    private readonly device: MadeDevice,
    private readonly people: readonly Actor[],
    private readonly policy: 'button' | 'provisioned' | 'pin',
  ) {
    this.room = place.open();
  }

  /** @throws Unexplained as soon as something has happened that must not. */
  async live(steps: readonly Burst[]): Promise<void> {
    for (const { deeds, next, waitMs } of steps) {
      const outcomes = await Promise.all(deeds.map(each => this.try(each)));
      if (deeds.length > 1) this.interleaved += 1;
      await this.audit(outcomes);
      if (next === 'wait') this.clock.advance(waitMs);
      if (next === 'restart') this.room = this.place.open();
    }
  }

  private async try(tried: Deed): Promise<Outcome> {
    try {
      await this.do(tried);
      return { deed: tried, isDone: true };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { deed: tried, isDone: false };
    }
  }

  private async do({ what, who, back, erases }: Deed): Promise<unknown> {
    const { room, clock } = this;
    const { id, url, pin } = this.device;
    const by = this.people[who] as Actor;
    const from = `192.0.2.${who}`;
    const at = clock.now();
    const nonce = this.handed.at(-1 - back) ?? 'f'.repeat(32);
    const proofs = {
      button: { by: 'button' },
      provisioned: { by: 'provisioned', nonce },
      pin: { by: 'pin', pin: back === 0 ? (pin ?? '') : '00000000' },
    } as const;
    const proof = proofs[this.policy];
    switch (what) {
      case 'claim':
        return this.nonces.push((await room.bindings.claim(url, by, proof, from)).nonce);
      case 'confirm':
        return room.bindings.confirm(url, by, this.nonces.at(-1 - back) ?? 'guessed');
      case 'release':
        return room.bindings.release(id, by, erases);
      case 'rename':
        return room.bindings.rename(id, by, 'Bath');
      case 'offer':
        return this.tokens.push((await room.transfers.offer(id, by, erases)).token);
      case 'withdraw':
        return room.transfers.withdraw(id, by);
      case 'accept':
        return room.transfers.accept(by, this.tokens.at(-1 - back) ?? `${id}.guessed`);
      case 'lock':
        return room.safekeeping.lock(id, by);
      case 'unlock':
        return room.safekeeping.unlock(id, by);
      case 'found':
        return room.safekeeping.found(url, by, 'It is here.');
      case 'ask':
        return room.recoveries.ask(url, by, proof, from);
      case 'veto':
        return room.recoveries.veto(id, by);
      case 'recover':
        return room.recoveries.complete(url, by, proof, from);
      case 'force':
        return room.interventions.forceRelease(id, by, 'because');
      case 'press':
        return this.open(at + windowMs, null);
      case 'late press':
        // Said before the others, and heard after them.
        return this.open(at + windowMs / 4, null);
      case 'hand over': {
        const fresh = hashToken(`${id} ${this.handed.length}`).slice(0, 32);
        await this.open(at + possessionMs.provisioned, fresh);
        return this.handed.push(fresh);
      }
      case 'reset':
        return room.at(this.device, { kind: 'reset', at });
      default:
        return what satisfies never;
    }
  }

  /** What is done at the device counts only as its product's proof. */
  private async open(until: number, nonce: string | null): Promise<void> {
    const isProof = this.policy === (nonce === null ? 'button' : 'provisioned');
    const nonceHash = nonce === null ? null : hashToken(nonce);
    if (isProof) await this.room.at(this.device, { kind: 'window', at: this.clock.now(), until, nonceHash });
  }

  private async audit(outcomes: readonly Outcome[]): Promise<void> {
    const { bindings } = this.room.stores;
    const now = this.clock.now();
    const stored = await bindings.byDevice(this.device.id);
    if (stored === null) throw new Unexplained('the binding is gone');
    const rows = (await bindings.ledger(this.device.id, 10_000)).reverse();
    const told = rows.filter(({ what }) => what !== 'proof-refused');
    const known = LedgerReader.read(told).at(now);
    const facts = factsOf(lapse(stored, now));
    demand(JSON.stringify(known) === JSON.stringify(facts), 'the ledger explains the state');
    const changes = told.filter(({ what }) => what !== 'erasure-asked');
    demand(changes.length === stored.version, 'every write has its line, and every line its write');
    this.auditNews(changes.slice(this.rows), outcomes);
    this.rows = changes.length;
    for (const { what } of told) this.seen.add(what);
    for (const by of this.people) await this.auditAccess(by, stored.ownerId);
    demand(
      this.place.heardChangesOfOwner() === stored.epoch,
      'whoever ends sessions hears of every change of owner once',
    );
  }

  /** A deed that was refused leaves nothing; one that was done twice is written once. */
  private auditNews(news: readonly LedgerRow[], outcomes: readonly Outcome[]): void {
    const done = outcomes.filter(({ isDone }) => isDone);
    demand(news.length <= done.length, 'more was written than was done');
    for (const { what, accountId } of news) {
      const by = this.people.findIndex(({ id }) => id === accountId);
      const isTheirs = ({ deed: { what: did, who } }: Outcome) => who === by && lines[did] === what;
      const isDevices = accountId === null || what === 'force-released';
      demand(isDevices || done.some(isTheirs), `${what} was written for somebody who did not do it`);
    }
    const owners = done.filter(({ deed: { what } }) => what === 'accept' || what === 'recover');
    for (const did of neverTwice) {
      const times = done.filter(({ deed: { what } }) => what === did).length;
      const written = news.filter(({ what }) => what === lines[did]).length;
      demand(times === written, `${did} was answered ${times} times and written ${written} times`);
    }
    const winners = new Set(owners.map(({ deed: { who } }) => who));
    const changes = news.filter(({ what }) => what === 'transferred' || what === 'recovered');
    demand(winners.size <= changes.length + 1, 'two people were told that it is theirs');
  }

  private async auditAccess(by: Actor, ownerId: string | null): Promise<void> {
    const view = await this.room.bindings.look(this.device.url, by);
    demand((view.view === 'owner') === (by.id === ownerId), 'the page is the owners and nobody elses');
  }
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Unexplained(what);
}
