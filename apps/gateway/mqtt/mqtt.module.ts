// The door for devices, behind the broker.
import { Global, Module } from '@nestjs/common';
import { BrokerPolicy } from '#adapters/broker';
import { DevicesModule } from '#domain/devices';
import { Briefing } from './briefing.js';
import { MqttDoor } from './mqtt-door.js';

/** Global, as the adapters are: the broker's module asks for its policy and imports nothing of this floor. */
@Global()
@Module({
  imports: [DevicesModule],
  providers: [Briefing, MqttDoor, { provide: BrokerPolicy, useExisting: MqttDoor }],
  exports: [BrokerPolicy],
})
export class MqttModule {}
