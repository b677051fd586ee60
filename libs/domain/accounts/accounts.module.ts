// The accounts room: signing in, sessions, one-time links, and the patience with whoever guesses.
import { Module } from '@nestjs/common';
import { Accounts } from './accounts.js';
import { Attempts } from './attempts.js';
import { OneTimeLinks } from './one-time-links.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';

const useCases = [Accounts, Attempts, OneTimeLinks, Passwords, Sessions];

@Module({ providers: useCases, exports: useCases })
export class AccountsModule {}
