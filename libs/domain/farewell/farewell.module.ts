// The farewell room: how an account ends, with everything that is a person's.
import { Module } from '@nestjs/common';
import { AccountsModule } from '#domain/accounts';
import { BindingModule } from '#domain/binding';
import { ErasureModule } from '#domain/erasure';
import { SharingModule } from '#domain/sharing';
import { Farewells } from './farewells.js';

@Module({
  imports: [AccountsModule, BindingModule, ErasureModule, SharingModule],
  providers: [Farewells],
  exports: [Farewells],
})
export class FarewellModule {}
