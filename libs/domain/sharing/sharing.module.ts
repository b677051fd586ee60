// The sharing room: who else may do what on a device or in a home. (RightsChanges comes from the intake.)
import { Module } from '@nestjs/common';
import { AccountsModule } from '#domain/accounts';
import { BindingModule } from '#domain/binding';
import { DevicesModule } from '#domain/devices';
import { Circles } from './circles.js';
import { Doorbell } from './doorbell.js';
import { Invitations } from './invitations.js';
import { Members } from './members.js';
import { Places } from './places.js';
import { Rights } from './rights.js';

@Module({
  imports: [AccountsModule, BindingModule, DevicesModule],
  providers: [Circles, Doorbell, Invitations, Members, Places, Rights],
  exports: [Doorbell, Invitations, Members, Places, Rights],
})
export class SharingModule {}
