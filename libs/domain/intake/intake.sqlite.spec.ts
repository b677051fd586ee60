// The intake on SQLite.
import { describe } from '@jest/globals';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { alarmsWay } from './alarms-way.contract.js';
import { forgottenWithTheOwner } from './forgotten.contract.js';
import { movesBetweenHomes } from './moves.contract.js';
import { toldWithoutDanger } from './no-danger.contract.js';
import { crashesOfAChange } from './owner-crash.contract.js';
import { changesOfOwner } from './owners.contract.js';
import { intakePromise } from './promise.contract.js';
import { intakeThroughRefusals } from './refusals.contract.js';
import { timeAndModes } from './time-and-modes.contract.js';

describe('the intake on SQLite', () => {
  describe('promises', () => intakePromise(openTemporarySqlite));
  describe('when the store refuses', () => intakeThroughRefusals(openTemporarySqlite));
  describe('takes an alarm all the way', () => alarmsWay(openTemporarySqlite));
  describe('decides by the clock and the mode', () => timeAndModes(openTemporarySqlite));
  describe('tells what is no danger', () => toldWithoutDanger(openTemporarySqlite));
  describe('hands a device over', () => changesOfOwner(openTemporarySqlite));
  describe('moves a device', () => movesBetweenHomes(openTemporarySqlite));
  describe('through a crash in a change by a person', () => crashesOfAChange(openTemporarySqlite));
  describe('with its owner, what the broker keeps of a device', () =>
    forgottenWithTheOwner(openTemporarySqlite));
});
