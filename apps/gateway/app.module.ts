// The whole gateway: its adapters, chosen here and nowhere else, the rooms of the domain, and the doors.
import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { BrokerModule } from '#adapters/broker';
import { type ChannelOptions, ChannelsModule } from '#adapters/channels';
import { StorageModule } from '#adapters/storage';
import { AccountsModule } from '#domain/accounts';
import { ApplicationsModule } from '#domain/applications';
import { BindingModule } from '#domain/binding';
import { CertificatesModule } from '#domain/certificates';
import { DevicesModule } from '#domain/devices';
import { ErasureModule } from '#domain/erasure';
import { DomainError } from '#domain/errors';
import { FarewellModule } from '#domain/farewell';
import { HomesModule } from '#domain/homes';
import { IntakeModule } from '#domain/intake';
import { NoticesModule } from '#domain/notices';
import { PersonalModule } from '#domain/personal';
import { SharingModule } from '#domain/sharing';
import { type Ground, GroundModule } from './ground.module.js';
import { HttpModule } from './http/http.module.js';
import { Heartbeat } from './jobs/heartbeat.js';
import { Jobs } from './jobs/jobs.js';
import { MqttModule } from './mqtt/mqtt.module.js';

@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: NestJS wants a class, and this one is made by what it stands on.
export class AppModule {
  /** @param dataFolder absolute; @param source the public URL as the events of webhooks name it */
  static forRoot(ground: Ground, dataFolder: string, source: string): DynamicModule {
    const { settings } = ground;
    // Global, so that binding and notices reach the ports that the intake, a floor above them, stands behind.
    const intake = { module: IntakeModule, global: true };
    const rooms = [
      AccountsModule,
      HomesModule,
      CertificatesModule,
      DevicesModule,
      ApplicationsModule,
      BindingModule,
      SharingModule,
      NoticesModule,
      intake,
      PersonalModule,
      ErasureModule,
      FarewellModule,
    ];
    return {
      module: AppModule,
      imports: [
        GroundModule.forRoot(ground),
        storageModule(settings.databaseUrl, dataFolder),
        BrokerModule.forRoot({
          port: settings.mqttPort,
          tlsPort: settings.mqttTlsPort,
          host: settings.mqttHost,
          limits: settings,
          exemptAddresses: settings.exemptAddresses,
        }),
        ChannelsModule.forRoot(channelOptions(ground, source)),
        ...rooms,
        MqttModule,
        HttpModule.forRoot(rooms),
      ],
      providers: [Heartbeat, Jobs],
    };
  }
}

function channelOptions({ settings, vapidKeys }: Ground, source: string): ChannelOptions {
  const { smtpUrl, mailFrom, vapidSubject } = settings;
  const mailAddress = /[^<\s]+@[\w.-]+/.exec(mailFrom ?? '')?.[0];
  const usualSubject = mailAddress ? `mailto:${mailAddress}` : source.startsWith('https:') ? source : null;
  return {
    source,
    allowPrivateAddresses: settings.webhookAllowPrivate,
    smtpUrl,
    mailFrom,
    vapid: { ...vapidKeys, subject: vapidSubject ?? usualSubject },
  };
}

/** @throws DomainError `settings-invalid` for a URL that the store does not take. */
function storageModule(databaseUrl: string | null, dataFolder: string): DynamicModule {
  try {
    return StorageModule.forRoot({
      url: databaseUrl ?? `sqlite:${join(dataFolder, 'airbind.db')}`,
      snapshotDir: join(dataFolder, 'snapshots'),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DomainError('settings-invalid', { faults: [{ field: 'DATABASE_URL', message }] });
  }
}
