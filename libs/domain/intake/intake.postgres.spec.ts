// The intake on PostgreSQL, when there is one.
import { describe } from '@jest/globals';
import { describeWith } from '../../../test/needs.js';
import { openTemporaryPostgres } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { alarmsWay } from './alarms-way.contract.js';
import { forgottenWithTheOwner } from './forgotten.contract.js';
import { movesBetweenHomes } from './moves.contract.js';
import { toldWithoutDanger } from './no-danger.contract.js';
import { crashesOfAChange } from './owner-crash.contract.js';
import { changesOfOwner } from './owners.contract.js';
import { intakePromise } from './promise.contract.js';
import { intakeThroughRefusals } from './refusals.contract.js';
import { timeAndModes } from './time-and-modes.contract.js';

const open = () => openTemporaryPostgres(process.env.TEST_POSTGRES_URL ?? '');

describeWith('TEST_POSTGRES_URL', 'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)')(
  'the intake on PostgreSQL',
  () => {
    describe('promises', () => intakePromise(open));
    describe('when the store refuses', () => intakeThroughRefusals(open));
    describe('takes an alarm all the way', () => alarmsWay(open));
    describe('decides by the clock and the mode', () => timeAndModes(open));
    describe('tells what is no danger', () => toldWithoutDanger(open));
    describe('hands a device over', () => changesOfOwner(open));
    describe('moves a device', () => movesBetweenHomes(open));
    describe('through a crash in a change by a person', () => crashesOfAChange(open));
    describe('with its owner, what the broker keeps of a device', () => forgottenWithTheOwner(open));
  },
);
