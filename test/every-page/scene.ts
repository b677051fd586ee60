// One household in which every page has something to show: who lives there, what they own, and what happened.
import { starterProducts } from '#domain/devices';
import { EndpointStore, signLink } from '#domain/notices';
import { firstOperator, password } from '../../apps/gateway/gateway.fixture.js';
import { until } from '../condition.js';
import { Household } from '../household.js';
import { addressOf, type Person, passwordOf } from '../person.js';
import { WebhookReceiver } from '../webhook-receiver.js';

/** Lan owns the device in the kitchen, Mei was let in, Bo has an account and nothing else. */
export type Somebody = 'Lan' | 'Mei' | 'Bo' | 'operator';

/** What stands in the addresses of pages: ids, codes and one-time tokens that are not used up by looking. */
export interface Keys {
  readonly device: string;
  readonly alarm: string;
  readonly home: string;
  readonly emptyHome: string;
  readonly boundCode: string;
  readonly freeCode: string;
  readonly invitation: string;
  readonly transfer: string;
  readonly signIn: string;
  readonly message: string;
  readonly operator: string;
}

export class Scene {
  private constructor(
    private readonly household: Household,
    private readonly receiver: WebhookReceiver,
    readonly keys: Keys,
  ) {}

  static async open(): Promise<Scene> {
    const household = await Household.open();
    const receiver = await WebhookReceiver.open();
    // So that the operator sees something undelivered, and the owner a way that fails.
    receiver.answer = () => 403;
    return new Scene(household, receiver, await happen(household, receiver));
  }

  get url(): string {
    return this.household.gateway.url;
  }

  /** What somebody signs in with. */
  credentialsOf(who: Somebody): { email: string; password: string } {
    return who === 'operator'
      ? { email: 'operator@example.org', password }
      : { email: addressOf(who), password: passwordOf(who) };
  }

  async close(): Promise<void> {
    await this.household.close();
    await this.receiver.close();
  }
}

const lastPart = (url: string): string => url.split('/').at(-1) ?? '';

async function happen(household: Household, receiver: WebhookReceiver): Promise<Keys> {
  const { gateway, operator } = household;
  await firstOperator(gateway);
  // Told again at its usual pace: a page of messages is not what is looked at.
  const [usual] = starterProducts.filter(({ id }) => id === 'gas-sensor');
  if (usual) await operator.call('putProduct', { params: { productId: usual.id }, body: usual });
  const [bound, free] = [await household.make('gas-sensor'), await household.make('camera')];
  const simulated = await household.running(bound);
  const owner = await household.person('Lan');
  const member = await household.person('Mei');
  const stranger = await household.person('Bo');

  simulated.device('gas').press();
  const device = await until('the press counts', () => owner.bind(bound.ticket, { by: 'button' }, 'Kitchen'));
  const home = await named(owner, '梧桐里');
  await owner.call('putRooms', {
    params: { homeId: home },
    body: { rooms: [{ name: 'Kitchen' }, { name: 'Cellar' }] },
  });
  await owner.call('putModePlan', {
    params: { homeId: home },
    body: { switches: [{ days: [1, 2, 3, 4, 5], at: '22:30', mode: 'night' }] },
  });
  await owner.call('makeWebhook', { body: { url: receiver.url } });
  const invite = () =>
    owner.call('inviteToDevice', { params: { deviceId: device }, body: { can: ['view', 'alerts'] } });
  await named(member, '海边');
  await member.call('acceptInvitation', { params: { token: lastPart((await invite()).url) } });
  await stranger.call('askIn', { params: { ticket: bound.ticket } });

  simulated.device('gas').leak();
  const alarm = await until('the gas is an alarm', async () => (await owner.call('alarms'))[0]?.id);
  // More than the page shows at once.
  for (const text of Array.from({ length: 12 }, (_, place) => `${place + 1}`))
    await owner.call('comment', { params: { alarmId: alarm }, body: { text } });
  await owner.call('comment', { params: { alarmId: alarm }, body: { text: '马上到' } });
  await until('the webhook refused it', () => receiver.posted.length > 0);

  const invitation = lastPart((await invite()).url);
  const transfer = lastPart((await owner.call('offerTransfer', { params: { deviceId: device } })).url);
  const signIn = lastPart((await operator.call('makeSignInLink', { body: { email: addressOf('Lan') } })).url);
  return {
    ...{ device, alarm, home, invitation, transfer, signIn },
    ...{ boundCode: bound.ticket, freeCode: free.ticket },
    emptyHome: await named(stranger, '小院'),
    message: await messageLink(household, owner),
    operator: await operatorLink(household),
  };
}

/** The person's own home, under a name that is at home in every language. */
async function named(person: Person, name: string): Promise<string> {
  const [home] = await person.call('homes');
  const params = { homeId: home?.id ?? '' };
  return (await person.call('changeHome', { params, body: { name } })).id;
}

/** Of the test message that would go to the owner's webhook. */
async function messageLink({ gateway }: Household, { accountId }: Person): Promise<string> {
  const [endpoint] = await gateway.app.get(EndpointStore).ofAccount(accountId);
  if (!endpoint) throw new Error('the owner has no endpoint');
  const link = { endpointId: endpoint.id, purpose: 'arrived', subject: '', sentAt: Date.now() } as const;
  return signLink(link, endpoint.linkKey);
}

/** One more operator has come in, and another link waits. */
async function operatorLink(household: Household): Promise<string> {
  const link = async () => lastPart((await household.operator.call('makeOperatorLink')).url);
  const helper = await household.person('Yun');
  await helper.call('becomeOperator', { params: { token: await link() } });
  return link();
}
