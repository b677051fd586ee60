import type { EntitySchema } from 'typeorm';
import { AbsenceEntity, SignEntity } from './absence.entity.js';
import { AccountEntity, OneTimeLinkEntity, OperatorActEntity, SessionEntity } from './account.entity.js';
import { AlarmEntity, RuleMemoryEntity } from './alarm.entity.js';
import { ApplicationEntity } from './application.entity.js';
import { BindingEntity, LedgerRowEntity } from './binding.entity.js';
import {
  KeptSessionEntity,
  KeptSubscriptionEntity,
  queuedMessageEntity,
  ReceivedOnceEntity,
  retainedMessageEntity,
} from './broker.entity.js';
import type { Dialect } from './columns.js';
import { BatchEntity, DeviceEntity, DeviceStateEntity, ProductEntity } from './device.entity.js';
import { ErasureEntity } from './erasure.entity.js';
import { FarewellEntity } from './farewell.entity.js';
import { FiguresEntity, ProductChangeEntity } from './figures.entity.js';
import { BucketEntity, eventEntity, SeriesEntity } from './history.entity.js';
import { HomeEntity } from './home.entity.js';
import { deadLetterEntity, inputEntity, ProbeEntity, StampRangeEntity } from './input.entity.js';
import { ModeChangeEntity, ModePlanEntity } from './mode.entity.js';
import {
  attemptEntity,
  DeliveryEntity,
  NoticeCounterEntity,
  NoticeEntity,
  PreferenceEntity,
  ReadMarkEntity,
} from './notice.entity.js';
import { ContactEntity, EndpointEntity } from './reach.entity.js';
import { PlacementEntity, RoomEntity } from './room.entity.js';
import { AccessRequestEntity, GrantEntity, InvitationEntity } from './sharing.entity.js';

export { AbsenceEntity, SignEntity } from './absence.entity.js';
export { AccountEntity, OneTimeLinkEntity, OperatorActEntity, SessionEntity } from './account.entity.js';
export { AlarmEntity, RuleMemoryEntity } from './alarm.entity.js';
export { ApplicationEntity } from './application.entity.js';
export { BindingEntity, LedgerRowEntity } from './binding.entity.js';
export type { ReceivedOnceRow, SessionRow, SubscriptionRow } from './broker.entity.js';
export type { Dialect } from './columns.js';
export {
  BatchEntity,
  DeviceEntity,
  DeviceStateEntity,
  ProductEntity,
  type ProductRow,
} from './device.entity.js';
export { ErasureEntity } from './erasure.entity.js';
export { FarewellEntity } from './farewell.entity.js';
export { FiguresEntity, ProductChangeEntity } from './figures.entity.js';
export { BucketEntity, type BucketRow, type EventRow, type Series, SeriesEntity } from './history.entity.js';
export { HomeEntity } from './home.entity.js';
export { ProbeEntity } from './input.entity.js';
export { ModeChangeEntity, ModePlanEntity } from './mode.entity.js';
export { PlainNames } from './naming.js';
export {
  type AttemptRow,
  DeliveryEntity,
  type DeliveryRow,
  NoticeCounterEntity,
  NoticeEntity,
  PreferenceEntity,
  ReadMarkEntity,
} from './notice.entity.js';
export { ContactEntity, EndpointEntity } from './reach.entity.js';

export { PlacementEntity, RoomEntity } from './room.entity.js';
export { AccessRequestEntity, GrantEntity, InvitationEntity } from './sharing.entity.js';

/** Every table. Those of the intake differ in how they number rows and hold bytes, so they are made for a database. */
export const entitiesOf = (dialect: Dialect) => ({
  accounts: AccountEntity,
  sessions: SessionEntity,
  oneTimeLinks: OneTimeLinkEntity,
  operatorActs: OperatorActEntity,
  homes: HomeEntity,
  deviceFigures: FiguresEntity,
  absences: AbsenceEntity,
  signsOfLife: SignEntity,
  modePlans: ModePlanEntity,
  modeChanges: ModeChangeEntity,
  products: ProductEntity,
  productChanges: ProductChangeEntity,
  batches: BatchEntity,
  devices: DeviceEntity,
  deviceStates: DeviceStateEntity,
  applications: ApplicationEntity,
  bindings: BindingEntity,
  ledgerRows: LedgerRowEntity,
  rooms: RoomEntity,
  placements: PlacementEntity,
  grants: GrantEntity,
  invitations: InvitationEntity,
  accessRequests: AccessRequestEntity,
  alarms: AlarmEntity,
  ruleMemories: RuleMemoryEntity,
  notices: NoticeEntity,
  noticeCounters: NoticeCounterEntity,
  readMarks: ReadMarkEntity,
  contacts: ContactEntity,
  endpoints: EndpointEntity,
  deliveries: DeliveryEntity,
  attempts: attemptEntity(dialect),
  preferences: PreferenceEntity,
  inputs: inputEntity(dialect),
  series: SeriesEntity,
  buckets: BucketEntity,
  events: eventEntity(dialect),
  deadLetters: deadLetterEntity(dialect),
  retainedMessages: retainedMessageEntity(dialect),
  keptSessions: KeptSessionEntity,
  keptSubscriptions: KeptSubscriptionEntity,
  queuedMessages: queuedMessageEntity(dialect),
  receivedOnce: ReceivedOnceEntity,
  erasures: ErasureEntity,
  farewells: FarewellEntity,
  probes: ProbeEntity,
});

export const allEntities = (dialect: Dialect): EntitySchema[] => [
  ...Object.values(entitiesOf(dialect)),
  ...(dialect === 'sqlite' ? [StampRangeEntity] : []),
];
