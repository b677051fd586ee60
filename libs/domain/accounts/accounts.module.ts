// The accounts room: signing in, sessions, one-time links, operators, and the patience with whoever guesses.
// (OperatorChanges comes from the intake.)
import { Module } from '@nestjs/common';
import { Accounts } from './accounts.js';
import { Attempts } from './attempts.js';
import { OneTimeLinks } from './one-time-links.js';
import { Operators } from './operators.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';

const useCases = [Accounts, Attempts, OneTimeLinks, Operators, Passwords, Sessions];

@Module({ providers: useCases, exports: useCases })
export class AccountsModule {}
