// A person for end-to-end specs: an account, what its pages call, and the live page that it has open.
import { type Body, type Problem, problemSchema } from '#codecs/api';
import { Caller } from '../apps/demo/caller.js';
import { LivePage } from '../apps/demo/live-page.js';
import { TestCaller } from '../apps/gateway/gateway.fixture.js';

export interface Door {
  /** Where this machine reaches the gateway. */
  readonly url: string;
}

export const passwordOf = (name: string): string => `${name} likes long passwords`;
export const addressOf = (name: string): string => `${name.toLowerCase()}@people.example`;

export class Person extends TestCaller {
  private constructor(
    readonly door: Door,
    readonly accountId: string,
    readonly sessionToken: string,
    readonly page: LivePage,
  ) {
    super(door.url, sessionToken);
  }

  static async signUp(door: Door, name: string): Promise<Person> {
    const body = { email: addressOf(name), password: passwordOf(name), name };
    const { account, token = '' } = await new TestCaller(door.url).call('signUp', {
      body,
      query: { token: 'true' },
    });
    return Person.with(door, account.id, token);
  }

  /** The same person at a gateway that was started again. */
  at(door: Door): Promise<Person> {
    return Person.with(door, this.accountId, this.sessionToken);
  }

  /** Binds by what counts as possession without an action at the device. */
  async bind(ticket: string, proof: Body<'claim'>['proof'], name?: string): Promise<string> {
    const params = { ticket };
    const { nonce } = await this.call('claim', { params, body: { proof } });
    return (await this.call('confirm', { params, body: { nonce, name } })).deviceId;
  }

  leave(): void {
    this.page.close();
  }

  private static async with(door: Door, accountId: string, token: string): Promise<Person> {
    const page = await LivePage.open(new Caller(door.url, { authorization: `Bearer ${token}` }));
    return new Person(door, accountId, token, page);
  }
}

/** The problem that a call is refused with. @throws when it is not refused. */
export async function refusalOf(call: Promise<Response>): Promise<Problem> {
  const response = await call;
  if (response.ok) throw new Error(`the gateway answered with ${response.status}: ${await response.text()}`);
  return problemSchema.parse(await response.json());
}
