// What the gateway does by itself: time passes for the rules, notices go out, and what has expired is swept away.
import { Injectable } from '@nestjs/common';
import { Sessions } from '#domain/accounts';
import { Recoveries } from '#domain/binding';
import { Erasures } from '#domain/erasure';
import { Farewells } from '#domain/farewell';
import { Absences, History, HomeModes, Intake, signEveryMs } from '#domain/intake';
import { Dispatcher } from '#domain/notices';
import { Members } from '#domain/sharing';
import { Heartbeat } from './heartbeat.js';
import { Rounds } from './rounds.js';

const tickMs = 1_000;
/** What is new wakes the dispatcher; this is for what is due again. */
const dispatchMs = 1_000;
const sweepMs = 60 * 60_000;
/** Within a second after its end nobody is shown anything by a grant. */
const endingMs = 1_000;
const pruneMs = 10 * 60_000;
/** Looks for what somebody has just asked for, and goes on with what a process before this one left. */
const eraseMs = 1_000;
const remindMs = 10 * 60_000;

@Injectable()
export class Jobs {
  private readonly ticks: Rounds;
  private readonly dispatches: Rounds;
  private readonly sweeps: Rounds;
  private readonly prunes: Rounds;
  private readonly endings: Rounds;
  private readonly reminders: Rounds;
  private readonly heartbeats: Rounds;
  private readonly signs: Rounds;
  private readonly erasures: Rounds;
  private readonly farewells: Rounds;
  private readonly stopping = new AbortController();

  constructor(
    intake: Intake,
    private readonly dispatcher: Dispatcher,
    sessions: Sessions,
    history: History,
    modes: HomeModes,
    private readonly absences: Absences,
    members: Members,
    recoveries: Recoveries,
    heartbeat: Heartbeat,
    erasures: Erasures,
    farewells: Farewells,
  ) {
    this.heartbeats = new Rounds('heartbeat', heartbeat.everyMs, () => heartbeat.beat());
    this.ticks = new Rounds('tick', tickMs, async () => {
      intake.watchClock();
      await modes.tick();
      await intake.tick();
    });
    this.dispatches = new Rounds('dispatch', dispatchMs, () => dispatcher.run());
    this.sweeps = new Rounds('sweep', sweepMs, async () => {
      await sessions.prune();
      await members.prune();
      await farewells.prune();
    });
    this.endings = new Rounds('ending', endingMs, () => members.endExpired());
    this.prunes = new Rounds('prune', pruneMs, () => history.prune(this.stopping.signal));
    this.signs = new Rounds('sign', signEveryMs, () => absences.sign());
    this.erasures = new Rounds('erase', eraseMs, () => erasures.run(this.stopping.signal));
    this.farewells = new Rounds('farewell', eraseMs, () => farewells.run(this.stopping.signal));
    this.reminders = new Rounds('remind', remindMs, () => recoveries.remind());
  }

  start(): void {
    const all = [
      this.ticks,
      this.dispatches,
      this.sweeps,
      this.prunes,
      this.endings,
      this.reminders,
      this.heartbeats,
      this.signs,
      this.erasures,
      this.farewells,
    ];
    for (const rounds of all) rounds.start();
  }

  /** Before the intake is drained: a tick is an input too. */
  async stopTicking(): Promise<void> {
    await Promise.all([this.ticks.stop(), this.reminders.stop(), this.signs.stop()]);
  }

  /** After it, so that what the last inputs raised may still go out. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([
      this.dispatches.stop(),
      this.sweeps.stop(),
      this.prunes.stop(),
      this.endings.stop(),
      this.heartbeats.stop(),
      this.erasures.stop(),
      this.farewells.stop(),
      this.dispatcher.stop(),
      // The last sign: from now on nothing is heard.
      this.absences.sign(),
    ]);
  }
}
