// Every door × every role, made from the table of calls: who is let in, who must sign in, and to whom it is no door.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type Admittance,
  type Capability,
  type Endpoint,
  endpoints,
  type Needs,
  pathOf,
  type Right,
  rightSchema,
  streamDoors,
  streams,
} from '#codecs/api';
import { newId } from '#domain/accounts';
import type { Alarm } from '#domain/alarms';
import { BindingStore } from '#domain/binding';
import { DomainError } from '#domain/errors';
import { IntakeStore } from '#domain/intake';
import { SharingStore, type Subject } from '#domain/sharing';
import { alarmOf, batchOf } from '../../../libs/adapters/storage/contracts/samples.contract.js';
import {
  bind,
  firstOperator,
  makeLamps,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';
import { AnswerInterceptor } from './answer.interceptor.js';

interface Role {
  /** What they hold, if anything. */
  readonly holds?: {
    readonly on: Subject['kind'];
    readonly can: readonly Capability[];
    readonly is?: 'over' | 'of before';
  };
  /** Rights on the device and its alarm, and on the home: written down here once more, by hand. */
  readonly device: readonly Right[];
  readonly home: readonly Right[];
}

const all = rightSchema.options;
const none = { device: [], home: [] };
const onDevice = (can: readonly Capability[], device: readonly Right[]): Role => ({
  holds: { on: 'device', can },
  device,
  home: [],
});
const onHome = (can: readonly Capability[], home: readonly Right[], device = home): Role => ({
  holds: { on: 'home', can },
  device,
  home,
});
const everything: readonly Capability[] = ['view', 'history', 'alerts', 'control', 'share'];

const roles = {
  stranger: none,
  owner: { device: all, home: all },
  'former owner': none,
  'member who may view': onDevice(['view'], ['look', 'picture']),
  'member who may see the history': onDevice(['history'], ['history']),
  'member who is told': onDevice(['alerts'], ['alarms']),
  'member who may control': onDevice(['control'], ['command']),
  'member who may share': onDevice(['share'], ['share']),
  'member who is told and may control': onDevice(['alerts', 'control'], ['alarms', 'settle', 'command']),
  'member with everything': onDevice(everything, [
    ...(['look', 'picture', 'history', 'alarms', 'settle', 'command', 'share'] as const),
  ]),
  'member of the home who may view': onHome(['view'], ['look', 'picture']),
  'member of the home who may see the history': onHome(['history'], ['history']),
  'member of the home who is told': onHome(['alerts'], ['alarms']),
  'member of the home who may control': onHome(['control'], ['command']),
  'member of the home who may share': onHome(['share'], ['share'], []),
  'member whose time is over': { holds: { on: 'device', can: everything, is: 'over' }, ...none },
  'member of the home whose time is over': { holds: { on: 'home', can: everything, is: 'over' }, ...none },
  'member of the former owner': { holds: { on: 'device', can: everything, is: 'of before' }, ...none },
  operator: { device: ['look', 'history', 'alarms', 'settle', 'ledger'], home: [] },
} as const satisfies Record<string, Role>;

type RoleName = keyof typeof roles;
const roleNames = Object.keys(roles) as RoleName[];

type Outcome = 'let in' | 'must sign in' | 'no door';

const doors: readonly (readonly [name: string, door: Admittance & { method: string; path: string }])[] = [
  ...Object.entries(endpoints).map(([name, endpoint]) => [name, endpoint as Endpoint] as const),
  ...Object.entries(streams).map(
    ([name, path]) => [name, { ...streamDoors[name as keyof typeof streams], method: 'GET', path }] as const,
  ),
];

describe('every door', () => {
  let gateway: TestGateway;
  let lamp: { id: string; ticket: string };
  let free: { id: string };
  let params: Record<string, string>;
  const callers = new Map<RoleName, TestCaller>();

  beforeAll(async () => {
    gateway = await startTestGateway();
    const [first, second] = await makeLamps(gateway, 2);
    if (!first || !second) throw new Error('two lamps');
    [lamp, free] = [first, second];
    for (const role of roleNames)
      callers.set(
        role,
        role === 'operator'
          ? await firstOperator(gateway)
          : await resident(gateway, `${newId()}@example.org`),
      );
    const former = as('former owner');
    await bind(former, lamp.ticket);
    await former.call('release', { params: { deviceId: lamp.id } });
    await bind(as('owner'), lamp.ticket);
    const [home] = await as('owner').call('homes');
    const alarm = await raised(lamp.id);
    params = { deviceId: lamp.id, homeId: home?.id ?? '', alarmId: alarm.id };
    for (const role of roleNames) await grant(role);
    // Nothing behind a door is done: whoever is let in is told so by this answer, which no handler gives.
    jest.spyOn(AnswerInterceptor.prototype, 'intercept').mockImplementation(() => {
      throw new DomainError('no-answer');
    });
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await gateway.close();
  });

  const as = (role: RoleName): TestCaller => {
    const caller = callers.get(role);
    if (!caller) throw new Error(`nobody is ${role}`);
    return caller;
  };

  async function raised(deviceId: string): Promise<Alarm> {
    const epoch = (await gateway.app.get(BindingStore).byDevice(deviceId))?.epoch ?? 0;
    const alarm = alarmOf(deviceId, { epoch });
    await gateway.app.get(IntakeStore).commit(batchOf({ alarms: [alarm] }));
    return alarm;
  }

  async function grant(name: RoleName): Promise<void> {
    const { holds }: Role = roles[name];
    if (!holds) return;
    const { account } = await as(name).call('currentSession');
    const epoch = (await gateway.app.get(BindingStore).byDevice(lamp.id))?.epoch ?? 0;
    const { account: owner } = await as('owner').call('currentSession');
    const terms = {
      id: newId(),
      subjectKind: holds.on,
      subjectId: holds.on === 'device' ? lamp.id : (params.homeId ?? ''),
      epoch: holds.on === 'home' ? 0 : holds.is === 'of before' ? epoch - 2 : epoch,
      parentId: null,
      capabilities: holds.can,
      until: holds.is === 'over' ? Date.now() : null,
    };
    const sharing = gateway.app.get(SharingStore);
    const at = { createdAt: 0, expiresAt: 1 };
    await sharing.invite({ ...terms, ...at, tokenHash: newId(), invitedBy: owner.id });
    await sharing.accept(terms.id, { ...terms, accountId: account.id, grantedBy: owner.id, since: 0 }, []);
  }

  async function knock(token: string | undefined, method: string, path: string): Promise<Outcome> {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(
      ([, name = '']) => [name, params[name] ?? 'any'] as const,
    );
    const response = await fetch(gateway.url + pathOf(path, Object.fromEntries(names)), {
      method,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    const { code } = (await response.json()) as { code?: string };
    const outcomes: Record<string, Outcome> = {
      'no-answer': 'let in',
      'not-signed-in': 'must sign in',
      'not-found': 'no door',
    };
    const outcome = outcomes[code ?? ''];
    if (outcome === undefined) throw new Error(`${method} ${path}: ${response.status} ${code}`);
    return outcome;
  }

  function expected(role: RoleName, door: Admittance): Outcome {
    switch (door.access) {
      case 'public':
        return 'let in';
      case 'operator':
        return role === 'operator' ? 'let in' : 'no door';
      case 'person':
        return door.needs === 'self' || isGranted(roles[role], door.needs) ? 'let in' : 'no door';
      default:
        return door satisfies never;
    }
  }

  const isGranted = ({ device, home }: Role, needs: Needs) =>
    'home' in needs
      ? home.includes(needs.home)
      : device.includes('device' in needs ? needs.device : needs.alarm);

  it.each(doors)('%s lets in who has the right, and is no door to all others', async (_, door) => {
    const outcomes = await Promise.all(
      roleNames.map(async role => [role, await knock(as(role).token, door.method, door.path)] as const),
    );
    expect(Object.fromEntries(outcomes)).toEqual(
      Object.fromEntries(roleNames.map(role => [role, expected(role, door)])),
    );
  });

  it.each(doors)('%s is shut to nobody and to a made-up token, unless it is public', async (_, door) => {
    const shut = door.access === 'public' ? 'let in' : 'must sign in';
    const outcomes = [undefined, 'a'.repeat(43)].map(token => knock(token, door.method, door.path));
    expect(await Promise.all(outcomes)).toEqual([shut, shut]);
  });

  it('asks for a right wherever the path names a device, a home or an alarm', () => {
    const named = /\{(device|home|alarm)Id\}/;
    for (const [name, { access, needs, path }] of doors) {
      const [, subject = null] = named.exec(path) ?? [];
      const on = typeof needs === 'object' ? Object.keys(needs) : [];
      if (access === 'person') expect([name, on]).toEqual([name, subject === null ? [] : [subject]]);
    }
  });

  it('lets an operator try a device that nobody owns, and nobody else', async () => {
    const tried = async (role: RoleName) => {
      const { method, path } = endpoints.command;
      const url = gateway.url + pathOf(path, { deviceId: free.id });
      const response = await fetch(url, { method, headers: { authorization: `Bearer ${as(role).token}` } });
      return ((await response.json()) as { code: string }).code;
    };
    expect([await tried('operator'), await tried('owner')]).toEqual(['no-answer', 'not-found']);
  });
});
