// The binding room: who owns a device, by which proof, and since when. (BindingLine comes from the intake.)
import { Module } from '@nestjs/common';
import { AccountsModule } from '#domain/accounts';
import { DevicesModule } from '#domain/devices';
import { Bindings } from './bindings.js';
import { Interventions } from './interventions.js';
import { Onlookers } from './onlookers.js';
import { Possession } from './possession.js';
import { Recoveries } from './recoveries.js';
import { Safekeeping } from './safekeeping.js';
import { Scans } from './scans.js';
import { Transfers } from './transfers.js';

const useCases = [Bindings, Interventions, Onlookers, Recoveries, Safekeeping, Scans, Transfers];

@Module({
  imports: [AccountsModule, DevicesModule],
  providers: [...useCases, Possession],
  exports: useCases,
})
export class BindingModule {}
