// The binding room: who owns a device, by which proof, and since when. (BindingChanges comes from the intake.)
import { Module } from '@nestjs/common';
import { AccountsModule } from '#domain/accounts';
import { DevicesModule } from '#domain/devices';
import { Bindings } from './bindings.js';

@Module({ imports: [AccountsModule, DevicesModule], providers: [Bindings], exports: [Bindings] })
export class BindingModule {}
