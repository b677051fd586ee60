// The rows that a batch of the intake becomes, the same for every database.
import type { DataSource } from 'typeorm';
import type { QueuedDelivery } from '#domain/notices';
import { type DeliveryRow, type Dialect, entitiesOf } from './entities/index.js';
import { ProductDefinitions } from './product-definitions.js';
import { RecordShape } from './record-shape.js';

/** Of the dead letters the newest are kept. */
export const mostDeadLetters = 10_000;
/** Of a device's stamped inputs the newest are remembered. */
export const recentStamps = 256;

/** What goes when a client's session ends. */
export const clientTables = [
  'kept_sessions',
  'kept_subscriptions',
  'queued_messages',
  'received_once',
] as const;

export type IntakeShapes = ReturnType<typeof intakeShapes>;

export function intakeShapes(source: DataSource, dialect: Dialect) {
  const entities = entitiesOf(dialect);
  return {
    inputs: new RecordShape(source, entities.inputs, ['id', 'previous', 'messages']),
    deadLetters: new RecordShape(source, entities.deadLetters, ['id']),
    deviceStates: new RecordShape(source, entities.deviceStates),
    ruleMemories: new RecordShape(source, entities.ruleMemories),
    bindings: new RecordShape(source, entities.bindings),
    grants: new RecordShape(source, entities.grants),
    ledgerRows: new RecordShape(source, entities.ledgerRows, ['id']),
    alarms: new RecordShape(source, entities.alarms),
    notices: new RecordShape(source, entities.notices),
    deliveries: new RecordShape(source, entities.deliveries),
    retainedMessages: new RecordShape(source, entities.retainedMessages),
    keptSessions: new RecordShape(source, entities.keptSessions),
    keptSubscriptions: new RecordShape(source, entities.keptSubscriptions),
    queuedMessages: new RecordShape(source, entities.queuedMessages),
    receivedOnce: new RecordShape(source, entities.receivedOnce),
    devices: new RecordShape(source, entities.devices),
    definitions: new ProductDefinitions(),
    homes: new RecordShape(source, entities.homes),
    deviceFigures: new RecordShape(source, entities.deviceFigures),
    modeChanges: new RecordShape(source, entities.modeChanges),
    endpoints: new RecordShape(source, entities.endpoints),
    preferences: new RecordShape(source, entities.preferences),
  };
}

/** A recipient's endpoint may have been removed after the device's file was loaded: then nothing is due. */
export function deliveryRow(queued: QueuedDelivery, counter: number, endpointStands: boolean): DeliveryRow {
  const { enters, ...draft } = queued;
  const waiting = enters === 'held' ? 'held' : 'due';
  return {
    ...draft,
    counter,
    state: endpointStands ? waiting : 'cancelled',
    attempts: 0,
    detail: endpointStands ? null : endpointRemoved,
    settledAt: endpointStands ? null : draft.dueAt,
    leaseUntil: null,
    attemptedAt: null,
  };
}

export const endpointRemoved = 'the endpoint was removed';
export const neededNoMore = 'its turn never came: somebody had acknowledged, or it was over';

/** Thrown inside the transaction, so that it is rolled back; it becomes an answer, not an error. */
export class StaleDevices extends Error {
  constructor(readonly deviceIds: readonly string[]) {
    super(`written by somebody else meanwhile: ${deviceIds.join(', ')}`);
  }
}
