// The personal room: all that is held about a person, for that person.
import { Module } from '@nestjs/common';
import { PersonalData } from './personal-data.js';

@Module({ providers: [PersonalData], exports: [PersonalData] })
export class PersonalModule {}
