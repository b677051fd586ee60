// The binding room: who owns a device, by which proof, and since when. (BindingChanges comes from the intake.)
import { Module } from '@nestjs/common';
import { AccountsModule } from '#domain/accounts';
import { DevicesModule } from '#domain/devices';
import { Bindings } from './bindings.js';
import { Onlookers } from './onlookers.js';
import { Possession } from './possession.js';
import { Scans } from './scans.js';
import { Transitions } from './transitions.js';

@Module({
  imports: [AccountsModule, DevicesModule],
  providers: [Bindings, Onlookers, Possession, Scans, Transitions],
  exports: [Bindings, Onlookers, Scans],
})
export class BindingModule {}
