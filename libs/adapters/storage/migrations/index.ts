import type { Dialect } from '../entities/index.js';
import { Beginning } from './1763700000000-beginning.js';
import { Broker } from './1763800000000-broker.js';
import { Identity } from './1763810000000-identity.js';
import { History } from './1763820000000-history.js';
import { Batches } from './1763830000000-batches.js';
import { Possession } from './1763840000000-possession.js';
import { Sharing } from './1763850000000-sharing.js';
import { Rooms } from './1763850000001-rooms.js';
import { Reach } from './1763860000000-reach.js';
import { ReadMarks } from './1763860000001-read-marks.js';
import { Notices } from './1763870000000-notices.js';
import { Modes } from './1763880000000-modes.js';
import { Absences } from './1763880000001-absences.js';
import { Figures } from './1763880000002-figures.js';
import { RulesOfThen } from './1763880000003-rules-of-then.js';
import { StampRanges } from './1763900000000-stamp-ranges.js';
import { OfAPerson } from './1763910000000-of-a-person.js';
import { ErasuresOfPeriods } from './1763920000000-erasures.js';
import { DeliveriesOfANotice } from './1763920000001-deliveries-of-a-notice.js';
import { LedgerOrigins } from './1763930000000-ledger-origins.js';
import { Farewells } from './1763930000001-farewells.js';
import { OperatorActs } from './1763940000000-operator-acts.js';
import { InputRuns } from './1763960000000-input-runs.js';

/** In the order of their numbers. */
export const migrations = (dialect: Dialect) => [
  dialect === 'sqlite' ? Beginning.onSqlite : Beginning.onPostgres,
  dialect === 'sqlite' ? Broker.onSqlite : Broker.onPostgres,
  Identity,
  dialect === 'sqlite' ? History.onSqlite : History.onPostgres,
  Batches,
  Possession,
  Sharing,
  Rooms,
  Reach,
  ReadMarks,
  dialect === 'sqlite' ? Notices.onSqlite : Notices.onPostgres,
  Modes,
  Absences,
  Figures,
  RulesOfThen,
  ...(dialect === 'sqlite' ? [StampRanges] : []),
  OfAPerson,
  ErasuresOfPeriods,
  DeliveriesOfANotice,
  LedgerOrigins,
  Farewells,
  dialect === 'sqlite' ? OperatorActs.onSqlite : OperatorActs.onPostgres,
  ...(dialect === 'sqlite' ? [InputRuns] : []),
];
