// The sharing room on a real store: owners with devices, people whom they let in, and who was told of it.
import type { Stores } from '#adapters/storage';
import type { Capability, MadeDevice } from '#codecs/api';
import { type Actor, Attempts } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import type { Home } from '#domain/homes';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { BindingRoom, start } from '../binding/binding-room.fixture.js';
import { Circles } from './circles.js';
import { Doorbell } from './doorbell.js';
import type { Subject } from './grant.js';
import { Invitations } from './invitations.js';
import { Members } from './members.js';
import { Places } from './places.js';
import { Rights } from './rights.js';
import { RightsChanges } from './rights-changes.js';

export class RecordedRights extends RightsChanges {
  readonly all: { readonly deviceIds: readonly string[]; readonly accountIds: readonly string[] }[] = [];

  async changed(deviceIds: readonly string[], accountIds: readonly string[]): Promise<void> {
    this.all.push({ deviceIds, accountIds });
  }
}

export class SharingRoom {
  readonly clock = new ManualClock(start);
  readonly told = new RecordedRights();
  readonly binding: BindingRoom;
  readonly rights: Rights;
  readonly invitations: Invitations;
  readonly members: Members;
  readonly doorbell: Doorbell;
  readonly places: Places;

  private constructor(
    readonly stores: Stores,
    readonly owner: Actor,
    readonly home: Home,
  ) {
    const { clock, told } = this;
    const { sharing, bindings, homes, devices, products, accounts } = stores;
    this.binding = BindingRoom.on(stores, clock);
    const circles = new Circles(sharing, bindings, homes, devices, products, accounts, clock);
    this.rights = new Rights(sharing, bindings, homes, clock);
    this.invitations = new Invitations(sharing, circles, told, clock);
    this.places = new Places(homes, stores.rooms, bindings, this.binding.line, sharing, told, clock);
    this.members = new Members(sharing, circles, told, clock);
    this.doorbell = new Doorbell(
      this.binding.bindings,
      this.binding.scans,
      sharing,
      circles,
      this.rights,
      this.invitations,
      new Attempts(clock),
      told,
      clock,
    );
  }

  static async open(stores: Stores): Promise<SharingRoom> {
    const { account, home } = await someone(stores, 'Lin');
    return new SharingRoom(stores, account, home);
  }

  /** A device that the owner has bound. */
  async device(owner = this.owner): Promise<MadeDevice> {
    const made = await this.binding.made();
    await this.binding.bind(made, owner);
    return made;
  }

  async person(name = 'Mei'): Promise<Actor> {
    return (await someone(this.stores, name)).account;
  }

  /** Invited and come. @returns the id of the grant */
  async letIn(
    subject: Subject,
    person: Actor,
    can: Capability[],
    { by = this.owner, until = null as number | null } = {},
  ): Promise<string> {
    const { token } = await this.invitations.invite(subject, by, { can, until, validHours: 1 });
    const before = new Set((await this.members.list(subject, by)).members.map(member => member.id));
    await this.invitations.accept(token, person);
    const { members } = await this.members.list(subject, by);
    const id = members.find(member => !before.has(member.id))?.id;
    if (id === undefined) throw new Error('nobody came in');
    return id;
  }
}
