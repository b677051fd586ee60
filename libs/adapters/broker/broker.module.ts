// The broker room: the MQTT broker, and the domain's way down to devices through it.
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ApplicationLink } from '#domain/applications';
import { DeviceLink } from '#domain/devices';
import { AedesLink } from './aedes-link.js';
import { ApplicationConnections } from './application-connections.js';
import { Broker } from './broker.js';
import { BrokerCounters } from './broker-counters.js';
import { type BrokerOptions, BrokerSettings } from './broker-settings.js';
import { Mailboxes } from './mailboxes.js';
import { Sessions } from './sessions.js';

@Global()
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: NestJS wants a class, and this one is made by its options.
export class BrokerModule {
  /** Expects global modules that provide `BrokerPolicy`, `SessionJournal` and `Clock`. */
  static forRoot(options: BrokerOptions): DynamicModule {
    return {
      module: BrokerModule,
      providers: [
        { provide: BrokerSettings, useValue: new BrokerSettings(options) },
        Sessions,
        Mailboxes,
        BrokerCounters,
        Broker,
        AedesLink,
        { provide: DeviceLink, useExisting: AedesLink },
        { provide: ApplicationLink, useClass: ApplicationConnections },
      ],
      exports: [ApplicationLink, Broker, BrokerCounters, DeviceLink],
    };
  }
}
