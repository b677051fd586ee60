// The plans of homes' modes, carried out: what is due enters the intake, also when it became due while the gateway was away.
import { Injectable } from '@nestjs/common';
import type { ModePlanView, ModeSwitch } from '#codecs/api';
import { type Account, AccountStore } from '#domain/accounts';
import { Clock } from '#domain/clock';
import {
  type Home,
  HomeStore,
  type ModePlan,
  ModePlanStore,
  missedSwitches,
  nextSwitch,
} from '#domain/homes';
import { LiveFeed } from '#domain/notices';
import { DueTimes } from './due-times.js';
import { Intake } from './intake.js';

/** What a page shows of the past. */
const mostChanges = 20;
/** A store that was down is asked again. */
const againMs = 5_000;

@Injectable()
export class HomeModes {
  private readonly dueTimes = new DueTimes();

  constructor(
    private readonly plans: ModePlanStore,
    private readonly homes: HomeStore,
    private readonly accounts: AccountStore,
    private readonly intake: Intake,
    private readonly feed: LiveFeed,
    private readonly clock: Clock,
  ) {}

  /**
   * What is due follows from the stored plan and the stored mode, so a restart forgets nothing: a switch that was missed
   * is made up for before anybody is heard, as of its own time.
   */
  async start(): Promise<void> {
    const now = this.clock.now();
    for (const { plan, home } of await this.plans.all()) this.expect(plan, home, now);
    await this.tick(now);
  }

  /** Carries out what is due. */
  async tick(now = this.clock.now()): Promise<void> {
    for (const homeId of this.dueTimes.take(now)) {
      try {
        await this.follow(homeId, now);
      } catch (error) {
        this.dueTimes.set(homeId, now + againMs);
        throw error;
      }
    }
  }

  /** What it would have done before is not done any more. */
  async put(home: Home, switches: readonly ModeSwitch[], by: Account): Promise<void> {
    const now = this.clock.now();
    const plan: ModePlan = { homeId: home.id, switches, setAt: now, setBy: by.id };
    await this.plans.put(plan);
    this.expect(plan, home, now);
  }

  /** The home's clocks are other ones: the plan goes by them from now on. */
  async moved(homeId: string): Promise<void> {
    const [plan, home] = await Promise.all([this.plans.ofHome(homeId), this.homes.byId(homeId)]);
    if (plan === null || home === null) return;
    const now = this.clock.now();
    const again = { ...plan, setAt: now };
    await this.plans.put(again);
    this.expect(again, home, now);
  }

  async view({ id, timeZone }: Home): Promise<ModePlanView> {
    const [plan, changes] = await Promise.all([
      this.plans.ofHome(id),
      this.plans.changes(id, 0, mostChanges),
    ]);
    const nameOf = await this.names([plan?.setBy ?? null, ...changes.map(({ by }) => by)]);
    const switches = plan?.switches ?? [];
    return {
      switches: [...switches],
      next: nextSwitch(switches, timeZone, this.clock.now()),
      setAt: plan?.setAt ?? null,
      setBy: nameOf(plan?.setBy ?? null),
      changes: changes.reverse().map(({ since, mode, by }) => ({ since, mode, by: nameOf(by) })),
    };
  }

  private async follow(homeId: string, now: number): Promise<void> {
    const [plan, home] = await Promise.all([this.plans.ofHome(homeId), this.homes.byId(homeId)]);
    if (plan === null || home === null) return;
    let before = home;
    for (const { at: since, mode } of missedSwitches(plan, home, now)) {
      await this.intake.enterMode(before, { mode, since, by: null });
      this.feed.publish(home.ownerId, { name: 'devices', data: {} });
      before = { ...home, mode, modeSince: since };
    }
    const next = nextSwitch(plan.switches, home.timeZone, now);
    this.dueTimes.set(homeId, next?.at ?? null);
  }

  private expect(plan: ModePlan, home: Home, now: number): void {
    const [missed] = missedSwitches(plan, home, now);
    this.dueTimes.set(home.id, missed?.at ?? nextSwitch(plan.switches, home.timeZone, now)?.at ?? null);
  }

  private async names(ids: readonly (string | null)[]): Promise<(id: string | null) => string | null> {
    const known = new Map<string, string>();
    for (const id of new Set(ids)) {
      const account = id === null ? null : await this.accounts.byId(id);
      if (account !== null) known.set(account.id, account.name);
    }
    return id => (id === null ? null : (known.get(id) ?? ''));
  }
}
