// The scenes of the demo's home, one key each; `npm run demo -- --scenes` plays them all with nobody at the keys.
import type { Kind, SimulatedHome } from '#firmware-sim';
import { Caller } from './caller.js';
import { Resident } from './resident.js';
import type { Script } from './script.js';
import type { Stage } from './stage.js';
import { step } from './step.js';

export interface Scene {
  readonly key: string;
  readonly kind: Kind;
  /** What happens. */
  readonly told: string;
  readonly play: (home: SimulatedHome) => void;
  /** A piece of the notice that comes of it. */
  readonly raises: string;
  readonly withinS: number;
}

export const scenes: readonly Scene[] = [
  {
    key: 'l',
    kind: 'gas',
    told: 'Gas leaks in the kitchen.',
    play: home => home.device('gas').leak(),
    raises: 'Gas leak',
    withinS: 60,
  },
  {
    key: 'c',
    kind: 'co',
    told: 'Carbon monoxide builds up in the bedroom; ten seconds here are a hundred there.',
    play: home => home.device('co').buildUp(),
    raises: 'Carbon monoxide',
    withinS: 120,
  },
  {
    key: 'o',
    kind: 'door',
    told: 'Somebody leaves the front door open.',
    play: home => home.device('door').act('prop-door'),
    raises: 'Left open',
    withinS: 60,
  },
  {
    key: 'f',
    kind: 'smoke',
    told: 'It smokes in the bedroom.',
    play: home => home.device('smoke').act('burn'),
    raises: 'Smoke',
    withinS: 30,
  },
  {
    key: 'w',
    kind: 'water',
    told: 'The bath runs over.',
    play: home => home.device('water').act('flood'),
    raises: 'Water leak',
    withinS: 30,
  },
  {
    key: 's',
    kind: 'air',
    told: 'Guests fill the living room, and nobody opens a window.',
    play: home => home.device('air').act('crowd'),
    raises: 'Stale air',
    withinS: 240,
  },
  {
    key: 'x',
    kind: 'smoke',
    told: 'The smoke detector dies without a word.',
    play: home => void home.device('smoke').cut(),
    raises: 'Device silent',
    withinS: 90,
  },
];

/** Binds whatever has no owner yet: by its button, or by the PIN from its box. */
export async function bindTheRest(stage: Stage, resident: Resident): Promise<void> {
  for (const { ticket, pin, id } of stage.others) {
    const device = stage.home.device(id);
    if (pin === undefined) {
      device.press();
      await step(`Showing that ${device.identity.name} is in one's hands`, 20, resident.sawThePress(ticket));
    }
    await resident.bind(ticket, device.identity.name, pin ?? null);
  }
}

/** @throws StepFailed with a sentence that says which scene came to nothing. */
export async function theScenes(stage: Stage, script: Script): Promise<void> {
  await script.ontoTheWifi();
  const { token } = await stage.invite();
  const resident = await step('Signing in', 10, Resident.signIn(new Caller(stage.gateway.url), token));
  try {
    const { ticket } = stage.gasSensor;
    stage.home.device('gas').press();
    await step('Showing possession', 20, resident.sawThePress(ticket));
    await resident.bind(ticket, 'Kitchen');
    await bindTheRest(stage, resident);
    script.say('Everything in the home is bound.');
    for (const { told, play, raises, withinS } of scenes) {
      script.say(told);
      play(stage.home);
      const heard = resident.page.heard(
        ({ step: what, title }) => what === 'raised' && title.en.includes(raises),
      );
      const { notice } = await step(told, withinS, heard);
      script.say(`ALARM  ${notice.title.en}`);
    }
  } finally {
    resident.leave();
  }
}
