// The homes room: accounts open with a home, and homes are named.
import { Module } from '@nestjs/common';
import { AccountsModule } from '#domain/accounts';
import { Households } from './households.js';

@Module({ imports: [AccountsModule], providers: [Households], exports: [Households] })
export class HomesModule {}
