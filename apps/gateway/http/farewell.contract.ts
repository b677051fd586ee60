// The end of an account over HTTP: nothing of the person is left, nothing of others is lost, whatever breaks off on the way.
import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Answer, pathOf, streams } from '#codecs/api';
import { BindingLine, BindingStore } from '#domain/binding';
import { ErasureStore, Erasures, isGenuine, readCertificate } from '#domain/erasure';
import { FarewellStore, Farewells } from '#domain/farewell';
import { Intake } from '#domain/intake';
import { RightsChanges, SharingStore } from '#domain/sharing';
import { dumpsOf } from '../../../libs/adapters/storage/contracts/dump.contract.js';
import { until } from '../../../test/condition.js';
import {
  firstOperator,
  password,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';
import { LeavingHousehold } from './leaving-household.fixture.js';

type Certificate = NonNullable<Answer<'farewell'>['certificate']>;

/** What explains how things came about still has the id, and nothing else of the person. */
const explains = ['ledger_rows', 'operator_acts', 'erasures', 'farewells', 'alarms', 'inputs'];

/** Each breaks once, before it has done what it does or just after. */
const breakable = [
  [FarewellStore, 'begin'],
  [FarewellStore, 'sweep'],
  [FarewellStore, 'remove'],
  [FarewellStore, 'finish'],
  [SharingStore, 'revoke'],
  [BindingLine, 'decide'],
  [RightsChanges, 'changed'],
  [ErasureStore, 'ask'],
  [ErasureStore, 'erase'],
  [ErasureStore, 'finish'],
] as const;

/** @param environment of the gateway, asked for when it starts; @param urlOf its database */
export function endOfAnAccount(
  environment: () => Promise<Record<string, string>>,
  urlOf: (gateway: TestGateway) => string,
): void {
  let gateway: TestGateway;
  let dumps: Awaited<ReturnType<typeof dumpsOf>>;

  beforeAll(async () => {
    gateway = await startTestGateway(await environment());
    dumps = await dumpsOf(urlOf(gateway));
  });

  afterAll(async () => {
    await dumps.close();
    await gateway.close();
  });

  const nobody = () => new TestCaller(gateway.url);
  const leave = ({ leaver, farewellBody: body }: LeavingHousehold) => leaver.call('leaveGateway', { body });

  async function certificateAt(token: string): Promise<Certificate> {
    const params = { token };
    const isDone = async () => (await nobody().call('farewell', { params })).certificate ?? false;
    return until('there is a certificate', isDone);
  }

  /** What stands in every row of every table. */
  async function tablesWith(text: string): Promise<string[]> {
    const rows = (await dumps.dump()).filter(row => row.text.toLowerCase().includes(text.toLowerCase()));
    return [...new Set(rows.map(({ table }) => table))].sort();
  }

  async function expectNothingOf({ mark, leaverId }: LeavingHousehold): Promise<void> {
    expect(await tablesWith(mark)).toEqual([]);
    const named = await tablesWith(leaverId);
    expect(named.filter(table => !explains.includes(table))).toEqual([]);
  }

  describe('a person who leaves', () => {
    let household: LeavingHousehold;
    let certificate: Certificate;
    let token: string;

    beforeAll(async () => {
      household = await LeavingHousehold.open(gateway);
      expect((await tablesWith(household.mark)).length).toBeGreaterThan(5);
    });

    it('is asked for the password again', async () => {
      for (const body of [{ password: 'a wrong one' }, {}]) {
        const refused = await household.leaver.raw('leaveGateway', { body });
        expect(await refused.json()).toMatchObject({ code: 'wrong-credentials' });
      }
      expect(await household.leaver.call('devices')).not.toEqual([]);
    });

    it('is out at once, and their devices and homes are nobody’s to see', async () => {
      const { neighbour, own } = household;
      ({ token } = await leave(household));
      expect((await household.leaver.raw('devices')).status).toBe(401);
      const again = await nobody().raw('signIn', { body: { email: household.email, password } });
      expect(await again.json()).toMatchObject({ code: 'wrong-credentials' });
      certificate = await certificateAt(token);
      expect((await neighbour.raw('device', { params: { deviceId: own.id } })).status).toBe(404);
      expect((await neighbour.call('homes')).map(({ standing }) => standing.as)).toEqual(['owner']);
    });

    it('is in no row of any table any more: no name, no address, no home', () => expectNothingOf(household));

    it('leaves their devices to whoever holds them, in a new epoch, with no alarm of theirs open', async () => {
      const bindings = gateway.app.get(BindingStore);
      expect(await bindings.byDevice(household.own.id)).toMatchObject({
        ...{ state: 'released', epoch: 2, ownerId: null, homeId: null, name: null },
      });
    });

    it('is a deleted person in the ledgers of others, without a name and without an address', async () => {
      const { neighbour, shared } = household;
      const ledger = await neighbour.call('ledger', { params: { deviceId: shared.id } });
      expect(ledger[0]).toMatchObject({
        ...{ what: 'left', by: 'gone', whom: { is: 'gone', name: null } },
        from: { via: 'program', address: null },
      });
      const rows = await gateway.app.get(BindingStore).ledger(household.own.id, 100);
      const own = rows.filter(({ accountId }) => accountId === household.leaverId);
      expect(own.map(({ what }) => what)).toEqual(expect.arrayContaining(['bound', 'released']));
      expect(own.filter(({ address }) => address !== null)).toEqual([]);
    });

    it('takes nothing of others along: what they were told says that somebody did it', async () => {
      const { neighbour } = household;
      const titles = (await neighbour.call('notices')).map(({ title }) => title.en);
      expect(titles).toContainEqual(expect.stringContaining('somebody sees to it'));
      const [alarm] = await neighbour.call('alarms');
      expect(JSON.stringify(alarm?.timeline)).toContain('the valve is shut');
    });

    it('gets a certificate that counts what went, and is verified by the gateway’s public key', async () => {
      const counted = { homes: 2, contacts: 1, endpoints: 2, sessions: 1, requests: 1, invitations: 1 };
      expect(certificate.removed).toMatchObject(counted);
      expect(certificate.account).toBe(household.leaverId);
      const devices = certificate.erasures.map(({ device }) => device.id);
      expect(new Set(devices)).toEqual(new Set([household.own.id, household.given.id]));
      const keys = await nobody().call('certificateKeys');
      for (const each of [certificate, ...certificate.erasures]) {
        const { publicKey = '' } = keys.find(({ keyId }) => keyId === each.keyId) ?? {};
        expect(isGenuine(each, createPublicKey(publicKey))).toBe(true);
        expect(isGenuine({ ...each, keyId: each.keyId, gateway: 'x' }, createPublicKey(publicKey))).toBe(
          false,
        );
      }
    });

    it('may fetch it again, as the file that is verified, and nobody else may', async () => {
      const file = await fetch(gateway.url + pathOf(streams.farewellCertificate, { token }));
      expect(readCertificate(await file.text())).toEqual(certificate);
      expect(file.headers.get('cache-control')).toBe('no-store');
      const wrong = await nobody().raw('farewell', { params: { token: 'a'.repeat(43) } });
      expect(await wrong.json()).toMatchObject({ code: 'link-spent' });
    });

    it('can come again with the same mail address, as somebody new', async () => {
      const body = { email: household.email, password, name: 'Somebody new' };
      const { account } = await nobody().call('signUp', { body });
      expect(account.id).not.toBe(household.leaverId);
    });

    it('is in no line of the log but by the id', () => {
      expect(gateway.log.filter(line => line.includes(household.mark))).toEqual([]);
    });
  });

  it('the only operator stays', async () => {
    const operator = await firstOperator(gateway);
    const refused = await operator.raw('leaveGateway', { body: { password } });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'last-operator' });
    expect(await operator.call('status')).toBeDefined();
  });

  describe('a farewell that breaks off', () => {
    const signal = new AbortController().signal;
    let runs: readonly (() => Promise<void>)[];

    beforeAll(() => {
      // In the test's own time, instead of the jobs'.
      runs = [gateway.app.get(Farewells), gateway.app.get(Erasures)].map(useCase => {
        const run = useCase.run.bind(useCase);
        jest.spyOn(useCase, 'run').mockResolvedValue();
        return () => run(signal);
      });
    });

    afterAll(() => {
      jest.restoreAllMocks();
    });

    /** What a process has in memory goes with it, and the next one begins with what is stored. */
    async function startAgain({ own, shared }: LeavingHousehold): Promise<void> {
      await gateway.app.get(RightsChanges).changed([own.id, shared.id], []);
      await gateway.app.get(Intake).start();
    }

    it.each(
      breakable.flatMap(([store, method]) =>
        (['before', 'after'] as const).map(when => [when, `${store.name}.${method}`, store, method] as const),
      ),
    )('%s %s is gone on with, and comes to the same end', async (when, _, store, method) => {
      const household = await LeavingHousehold.open(gateway);
      const target = gateway.app.get<Record<string, (...given: unknown[]) => Promise<unknown>>>(store);
      const real = target[method]?.bind(target);
      let broken = 0;
      const spy = jest.spyOn(target, method).mockImplementationOnce(async (...given) => {
        broken++;
        if (when === 'after') await real?.(...given);
        throw new Error('the process ends here');
      });
      const { leaver, farewellBody: body } = household;
      const asked = await leaver.raw('leaveGateway', { body });
      if (asked.status === 500 && (await leaver.raw('currentSession')).ok)
        await leaver.call('leaveGateway', { body });
      const farewells = gateway.app.get(FarewellStore);
      const isDone = async () => {
        for (const run of runs) await run().catch(() => startAgain(household));
        return (await farewells.byAccount(household.leaverId))?.certificate ?? false;
      };
      await until('it is done', isDone);
      spy.mockRestore();
      expect(broken).toBe(1);
      await expectNothingOf(household);
      expect(await gateway.app.get(BindingStore).ofOwner(household.leaverId)).toEqual([]);
    });
  });
}
