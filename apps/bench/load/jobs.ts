// What a load process can be asked to do.
import { alarms, connectRaisers, openReceiver } from './alarms.js';
import { attack, calm } from './attack.js';
import { channelAlarms, openFarEnds } from './far-ends.js';
import { acknowledged, report, scatter, storm, whenAllAreBack } from './fleet.js';
import { fullWindow } from './full-window.js';
import { roundTrips } from './round-trips.js';

export const jobs = {
  acknowledged,
  alarms,
  attack,
  calm,
  channelAlarms,
  connectRaisers,
  fullWindow,
  openFarEnds,
  openReceiver,
  report,
  roundTrips,
  scatter,
  storm,
  whenAllAreBack,
} as const;

export type JobName = keyof typeof jobs;
export type Order<N extends JobName> = Parameters<(typeof jobs)[N]>[0];
export type Result<N extends JobName> = Awaited<ReturnType<(typeof jobs)[N]>>;

export interface Request<N extends JobName = JobName> {
  readonly job: N;
  readonly order: Order<N>;
}

export type Reply = { readonly result: unknown } | { readonly fault: string };
