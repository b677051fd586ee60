// The door for devices and applications, behind the broker.
import { Global, Module } from '@nestjs/common';
import { BrokerPolicy } from '#adapters/broker';
import { ApplicationsModule } from '#domain/applications';
import { CertificatesModule } from '#domain/certificates';
import { DevicesModule } from '#domain/devices';
import { ApplicationCommands } from './application-commands.js';
import { Briefing } from './briefing.js';
import { DeviceWays } from './device-ways.js';
import { Identities } from './identities.js';
import { MqttDoor } from './mqtt-door.js';
import { Renewals } from './renewals.js';
import { SecureListener } from './secure-listener.js';
import { WatchedDoor } from './watched-door.js';

/** Global, as the adapters are: the broker's module asks for its policy and imports nothing of this floor. */
@Global()
@Module({
  imports: [ApplicationsModule, CertificatesModule, DevicesModule],
  providers: [
    ApplicationCommands,
    Briefing,
    DeviceWays,
    Identities,
    MqttDoor,
    Renewals,
    SecureListener,
    WatchedDoor,
    { provide: BrokerPolicy, useExisting: WatchedDoor },
  ],
  exports: [BrokerPolicy, SecureListener],
})
export class MqttModule {}
