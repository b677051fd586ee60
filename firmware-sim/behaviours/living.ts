// A behaviour with its state inside, so that a device need not know which world it lives in.

import { air } from './air.js';
import type { Act, Behaviour, Readings } from './behaviour.js';
import { camera } from './camera.js';
import { co } from './co.js';
import { door } from './door.js';
import { gas } from './gas.js';
import { hub } from './hub.js';
import { smoke } from './smoke.js';
import { water } from './water.js';

const behaviours = { gas, co, smoke, water, air, door, camera, hub };

export type Kind = keyof typeof behaviours;
export const kinds = Object.keys(behaviours) as readonly Kind[];

/** What came of a while, or of an act: events to send, and whether a picture was taken. */
export interface Outcome {
  readonly events: readonly string[];
  readonly picture: boolean;
}

export interface Living {
  readonly power: 'mains' | 'battery';
  readonly intervalS: number;
  readonly capabilities: readonly string[];
  readonly commands: Readonly<Record<string, Act>>;
  readonly readings: Readings;
  readonly troubled: boolean;
  pass(dtS: number): Outcome;
  /** Null when this kind of device knows no such act. */
  act(act: Act): Outcome | null;
}

export function bringToLife(kind: Kind, seed: number): Living {
  switch (kind) {
    case 'gas':
      return new Life(gas, seed);
    case 'co':
      return new Life(co, seed);
    case 'door':
      return new Life(door, seed);
    case 'camera':
      return new Life(camera, seed);
    case 'smoke':
      return new Life(smoke, seed);
    case 'water':
      return new Life(water, seed);
    case 'air':
      return new Life(air, seed);
    case 'hub':
      return new Life(hub, seed);
    default:
      return kind satisfies never;
  }
}

class Life<State> implements Living {
  readonly power: 'mains' | 'battery';
  readonly intervalS: number;
  readonly capabilities: readonly string[];
  readonly commands: Readonly<Record<string, Act>>;
  private state: State;

  constructor(
    private readonly behaviour: Behaviour<State>,
    seed: number,
  ) {
    this.power = behaviour.power;
    this.intervalS = behaviour.intervalS;
    this.capabilities = behaviour.capabilities;
    this.commands = behaviour.commands;
    this.state = behaviour.begin(seed);
  }

  get readings(): Readings {
    return this.behaviour.read(this.state);
  }

  get troubled(): boolean {
    return this.behaviour.troubled(this.state);
  }

  pass(dtS: number): Outcome {
    return this.become(this.behaviour.pass(this.state, dtS));
  }

  act(act: Act): Outcome | null {
    const change = this.behaviour.acts[act];
    return change ? this.become(change(this.state)) : null;
  }

  private become(after: State): Outcome {
    const { behaviour, state: before } = this;
    this.state = after;
    return {
      events: behaviour.happened?.(before, after) ?? [],
      picture: (behaviour.pictures?.(after) ?? 0) > (behaviour.pictures?.(before) ?? 0),
    };
  }
}
