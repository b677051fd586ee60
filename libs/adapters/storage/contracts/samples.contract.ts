// Values that the contract suites store: whole, valid, and made to be told apart.
import type { Product } from '#codecs/api';
import { type Account, type Actor, newId, type Origin } from '#domain/accounts';
import type { Alarm, RuleMemory } from '#domain/alarms';
import type { Binding, LedgerRow } from '#domain/binding';
import { blankState, type Device, type DeviceState, emptyBatch as newBatch } from '#domain/devices';
import type { Home } from '#domain/homes';
import { batchOf, type InputRow, type IntakeStore } from '#domain/intake';
import type { Contact, Endpoint, NoticeDraft, QueuedDelivery, Settlement } from '#domain/notices';
import type { Grant, Invitation } from '#domain/sharing';
import type { Stores } from '../index.js';

/** A moment whose milliseconds do not fit 32 bits. */
export const noon = 1_763_726_400_123;

export function accountNamed(name: string, change: Partial<Account> = {}): Account {
  return {
    id: newId(),
    email: `${name}-${newId()}@example.org`,
    name,
    locale: 'zh',
    role: 'resident',
    passwordHash: null,
    createdAt: noon,
    ...change,
  };
}

export function homeOf(owner: Account): Home {
  return {
    id: newId(),
    ownerId: owner.id,
    name: '家',
    timeZone: 'Asia/Shanghai',
    mode: 'home',
    modeSince: noon,
    createdAt: noon,
  };
}

export function gasSensor(id = `gas-${newId()}`): Product {
  const text = { zh: '燃气', en: 'Gas' };
  return {
    id,
    name: text,
    icon: 'gas',
    readings: [{ name: 'gas.lel', label: text, unit: '%LEL', min: 0, max: 100 }],
    bits: [],
    commands: [],
    snapshots: false,
    intervalS: 60,
    power: 'mains',
    region: 'EN',
    safetyClass: 'L',
    bindingPolicy: 'button',
    renewsSecret: false,
    rules: [],
    page: { about: text },
  };
}

/** A resident with a home. */
export async function someone(stores: Stores, name = 'Lin', change: Partial<Account> = {}) {
  const stored = accountNamed(name, change);
  const home = homeOf(stored);
  await stores.homes.open(stored, home);
  return { account: onThePage(stored), stored, home };
}

export const page: Origin = { via: 'page', address: '192.0.2.1' };

/** A person who has the pages open. */
export function onThePage(account: Account): Actor {
  return { ...account, from: page };
}

/** Devices of a product of their own, registered and not bound. */
export async function devicesMade(stores: Stores, count: number): Promise<readonly Device[]> {
  const product = gasSensor();
  await stores.products.put(product);
  return devicesOf(stores, product, count);
}

/** A batch of devices of a product that is there. */
export async function devicesOf(
  stores: Stores,
  product: Pick<Product, 'id'>,
  count: number,
  change: (device: Device) => Device = device => device,
): Promise<readonly Device[]> {
  const { id } = await stores.batches.open(batchOfProduct(product, count));
  const devices = Array.from({ length: count }, (_, at) => change(deviceOf(product.id, id, at + 1)));
  await stores.batches.add(id, 0, devices);
  return devices;
}

export function batchOfProduct(
  { id: productId }: Pick<Product, 'id'>,
  count: number,
  name: string | null = null,
) {
  return newBatch({ name, productId, count, parentId: null, unitsHash: null }, noon);
}

export async function oneDevice(stores: Stores): Promise<Device> {
  const [device] = await devicesMade(stores, 1);
  if (!device) throw new Error('no device was made');
  return device;
}

export function deviceOf(productId: string, batch: number, number: number): Device {
  const id = newId();
  return {
    id,
    productId,
    batch,
    number,
    keyId: 1,
    generation: 0,
    serial: `SN-${batch}-${number}`,
    mac: null,
    secretHash: id.padEnd(64, '0'),
    certificateFingerprint: null,
    revokedAt: null,
    secretEpoch: 0,
    renewal: null,
    parentId: null,
    createdAt: noon,
  };
}

export async function bind(stores: Stores, deviceId: string, owner: Account, home: Home): Promise<void> {
  const binding = await stores.bindings.byDevice(deviceId);
  if (!binding) throw new Error('no such device');
  const next = {
    ...binding,
    state: 'bound' as const,
    epoch: binding.epoch + 1,
    version: binding.version + 1,
    ownerId: owner.id,
    homeId: home.id,
  };
  await rebind(stores, next);
}

/** As the line writes it: false, and nothing is written, unless it follows the stored version. */
export async function rebind(
  { intake }: { readonly intake: Pick<IntakeStore, 'commit'> },
  next: Binding,
  ledger: readonly LedgerRow[] = [],
): Promise<boolean> {
  return (await intake.commit(batchOf({ bindings: [{ next, ledger }] }))).ok;
}

export { batchOf };

export function inputOf(deviceId: string, seq: number | null, change: Partial<InputRow> = {}): InputRow {
  return {
    deviceId,
    epoch: 0,
    kind: 'telemetry',
    boot: seq === null ? null : 4_294_967_295,
    seq,
    at: noon,
    clock: 'device',
    receivedAt: noon + 5,
    body: { values: { 'gas.lel': 12.5 } },
    ...change,
  };
}

export function stateOf(deviceId: string, version: number, change: Partial<DeviceState> = {}): DeviceState {
  return {
    ...blankState(deviceId, 0),
    version,
    lastHeardAt: noon,
    latestAt: noon,
    values: { 'gas.lel': 0.1 + 0.2 },
    bits: { 'gas.alarm': true },
    ...change,
  };
}

export function memoryOf(deviceId: string, version: number, change: Partial<RuleMemory> = {}): RuleMemory {
  return {
    deviceId,
    rule: 'gas',
    epoch: 0,
    version,
    state: { samples: [1, 2], since: null },
    dueAt: null,
    occurrences: 0,
    ...change,
  };
}

export function alarmOf(deviceId: string, change: Partial<Alarm> = {}): Alarm {
  return {
    id: newId(),
    deviceId,
    epoch: 0,
    rule: 'gas',
    kind: 'gas',
    class: 'L',
    severity: 'emergency',
    isDrill: false,
    occurrence: 1,
    value: 21.75,
    unit: '%LEL',
    occurredAt: noon,
    receivedAt: noon + 1,
    raisedAt: noon + 2,
    acknowledgedAt: null,
    acknowledgedBy: null,
    calmAt: null,
    clearedAt: null,
    endReason: null,
    repeatAt: noon + 60_000,
    repeats: 0,
    stage: 1,
    escalateAt: noon + 90_000,
    timeline: [{ at: noon + 2, what: 'raised', by: null }],
    ...change,
  };
}

export function noticeOf(accountId: string, change: Partial<NoticeDraft> = {}): NoticeDraft {
  return {
    id: newId(),
    accountId,
    about: 'alarm',
    subjectId: 'alarm',
    deviceId: 'device',
    epoch: 0,
    step: 'raised',
    number: 0,
    class: 'L',
    severity: 'emergency',
    title: { zh: '燃气泄漏', en: 'Gas leak' },
    body: { zh: '厨房', en: 'Kitchen' },
    receivedAt: noon,
    createdAt: noon + 3,
    ...change,
  };
}

/** Pass `contactId` with null for the account to get a contact's. */
export function endpointOf(accountId: string | null, change: Partial<Endpoint> = {}): Endpoint {
  return {
    id: newId(),
    accountId,
    contactId: null,
    channel: 'webhook',
    name: '',
    address: 'https://example.org/hook',
    secret: 'key',
    linkKey: 'link-key',
    locale: 'zh',
    createdAt: noon,
    confirmedAt: noon,
    provenAt: null,
    lifeSafetyOnlySince: null,
    ...change,
  };
}

export function contactOf(homeId: string, change: Partial<Contact> = {}): Contact {
  return { id: newId(), homeId, name: '王阿姨', locale: 'zh', createdAt: noon, ...change };
}

export function deliveryOf(
  notice: NoticeDraft,
  endpoint: Endpoint,
  dueAt = noon,
  change: Partial<QueuedDelivery> = {},
): QueuedDelivery {
  return {
    id: `${notice.id}:${endpoint.id}`,
    noticeId: notice.id,
    subjectId: notice.subjectId,
    accountId: notice.accountId,
    channel: endpoint.channel,
    endpointId: endpoint.id,
    contactId: null,
    class: notice.class,
    rank: 0,
    stage: 0,
    dueAt,
    bundle: null,
    enters: 'due',
    ...change,
  };
}

/** On a device in its present epoch 1, by nobody in particular. */
export function grantOn(deviceId: string, accountId: string, change: Partial<Grant> = {}): Grant {
  return {
    id: newId(),
    subjectKind: 'device',
    subjectId: deviceId,
    epoch: 1,
    accountId,
    grantedBy: accountId,
    parentId: null,
    capabilities: ['view'],
    since: noon,
    until: null,
    ...change,
  };
}

/** The invitation that becomes this grant. */
export function invitationTo(grant: Grant, change: Partial<Invitation> = {}): Invitation {
  const { accountId: _, grantedBy, since, ...terms } = grant;
  return {
    ...terms,
    id: newId(),
    tokenHash: newId(),
    invitedBy: grantedBy,
    createdAt: since,
    expiresAt: since + 60_000,
    ...change,
  };
}

/** As somebody gets it: by an invitation that they accept. */
export async function granted({ sharing }: Pick<Stores, 'sharing'>, grant: Grant): Promise<Grant> {
  const invitation = invitationTo(grant);
  if (!(await sharing.invite(invitation)) || !(await sharing.accept(invitation.id, grant, [])))
    throw new Error('nothing was granted');
  return grant;
}

/** What one attempt came to. */
export function settlementOf(
  state: Settlement['state'],
  detail: string,
  change: Partial<Settlement> = {},
): Settlement {
  const attempt = { at: noon, tookMs: 5, outcome: 'accepted', detail: '200' } as const;
  return { state, detail, tellsNext: false, attempt, ...change };
}
