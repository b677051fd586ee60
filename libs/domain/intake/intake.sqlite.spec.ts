// The intake on SQLite.
import { describe } from '@jest/globals';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { alarmsWay } from './alarms-way.contract.js';
import { forgottenWithTheOwner } from './forgotten.contract.js';
import { changesOfOwner } from './owners.contract.js';
import { intakePromise } from './promise.contract.js';
import { intakeThroughRefusals } from './refusals.contract.js';

describe('the intake on SQLite', () => {
  describe('promises', () => intakePromise(openTemporarySqlite));
  describe('when the store refuses', () => intakeThroughRefusals(openTemporarySqlite));
  describe('takes an alarm all the way', () => alarmsWay(openTemporarySqlite));
  describe('hands a device over', () => changesOfOwner(openTemporarySqlite));
  describe('with its owner, what the broker keeps of a device', () =>
    forgottenWithTheOwner(openTemporarySqlite));
});
