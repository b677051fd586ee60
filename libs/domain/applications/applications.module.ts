// The applications room: programs of the operator's, their secrets and their rules.
import { Module } from '@nestjs/common';
import { Applications } from './applications.js';

@Module({ providers: [Applications], exports: [Applications] })
export class ApplicationsModule {}
