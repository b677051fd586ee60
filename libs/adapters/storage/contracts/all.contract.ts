// Every store port's suite, for one kind of database.
import type { Stores } from '../index.js';
import { accountStoreContract } from './account.contract.js';
import { alarmStoreContract } from './alarm.contract.js';
import { applicationStoreContract } from './application.contract.js';
import { batchStoreContract } from './batch.contract.js';
import { bindingStoreContract } from './binding.contract.js';
import { brokerContract } from './broker.contract.js';
import { deviceStoreContract } from './device.contract.js';
import { deviceFileContract } from './device-file.contract.js';
import { endpointStoreContract } from './endpoint.contract.js';
import { historyStoreContract } from './history.contract.js';
import { homeStoreContract } from './home.contract.js';
import { homeRemovalContract } from './home-removal.contract.js';
import { intakeStoreContract } from './intake.contract.js';
import { limitsContract } from './limits.contract.js';
import { lostRightsContract } from './lost-rights.contract.js';
import { noticeStoreContract } from './notice.contract.js';
import { operatorStoreContract } from './operator.contract.js';
import { outboxStoreContract } from './outbox.contract.js';
import { outboxSettlingContract } from './outbox-settling.contract.js';
import { roomStoreContract } from './room.contract.js';
import { sharingStoreContract } from './sharing.contract.js';
import { snapshotStoreContract } from './snapshot.contract.js';

/** @param open gives an empty database of its own at each call; `close` on it leaves nothing behind */
export function everyStoreContract(name: string, open: () => Promise<Stores>): void {
  const suites = [
    accountStoreContract,
    operatorStoreContract,
    homeStoreContract,
    homeRemovalContract,
    deviceStoreContract,
    batchStoreContract,
    snapshotStoreContract,
    applicationStoreContract,
    bindingStoreContract,
    roomStoreContract,
    sharingStoreContract,
    limitsContract,
    alarmStoreContract,
    noticeStoreContract,
    endpointStoreContract,
    outboxStoreContract,
    lostRightsContract,
    outboxSettlingContract,
    intakeStoreContract,
    brokerContract,
    historyStoreContract,
    deviceFileContract,
  ];
  for (const suite of suites) suite(name, open);
}
