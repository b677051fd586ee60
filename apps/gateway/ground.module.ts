// What every room stands on: the clock, and what the settings and the data folder gave.
import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { KeyRing } from '#codecs/ticket';
import { SessionTerm } from '#domain/accounts';
import { AuthorityStore } from '#domain/certificates';
import { Clock, SystemClock } from '#domain/clock';
import { KeyRingSource, PublicUrl } from '#domain/devices';
import { HistoryTerms } from '#domain/intake';
import { HttpBudgets } from './http/budget.guard.js';
import { LocalOperator } from './http/local-operator.js';

import { MetricsAccess } from './http/metrics.controller.js';
import { HeartbeatTerms } from './jobs/heartbeat.js';

import { TlsTerms } from './mqtt/secure-listener.js';

import { Readiness } from './readiness.js';
import type { Settings } from './settings/index.js';
import type { VapidKeys } from './start-up/vapid-keys.js';

export interface Ground {
  readonly settings: Settings;
  readonly keyRing: KeyRing;
  readonly publicUrl: PublicUrl;
  readonly cliToken: string;
  readonly authority: AuthorityStore;
  readonly vapidKeys: VapidKeys;
}

@Global()
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: NestJS wants a class, and this one is made by what it stands on.
export class GroundModule {
  static forRoot({ settings, keyRing, publicUrl, cliToken, authority }: Ground): DynamicModule {
    const { sessionDays, signInsPerMinute, ticketsPerMinute, claimsPerMinute } = settings;
    const providers = [
      Readiness,
      { provide: Clock, useClass: SystemClock },
      { provide: KeyRingSource, useValue: { current: () => keyRing } satisfies KeyRingSource },
      { provide: TlsTerms, useValue: settings satisfies TlsTerms },
      { provide: AuthorityStore, useValue: authority },
      { provide: PublicUrl, useValue: publicUrl },
      { provide: SessionTerm, useValue: { days: sessionDays } satisfies SessionTerm },
      {
        provide: HistoryTerms,
        useValue: {
          detailDays: settings.historyDetailDays,
          days: settings.historyDays,
          inputDays: settings.inputDays,
        } satisfies HistoryTerms,
      },
      {
        provide: HeartbeatTerms,
        useValue: { url: settings.heartbeatUrl, everyS: settings.heartbeatS } satisfies HeartbeatTerms,
      },
      { provide: MetricsAccess, useValue: new MetricsAccess(settings.metricsToken) },
      { provide: LocalOperator, useValue: new LocalOperator(cliToken) },
      {
        provide: HttpBudgets,
        useValue: {
          signIns: signInsPerMinute,
          tickets: ticketsPerMinute,
          claims: claimsPerMinute,
        } satisfies HttpBudgets,
      },
    ];
    return {
      module: GroundModule,
      providers,
      exports: providers.map(provider => ('provide' in provider ? provider.provide : provider)),
    };
  }
}
