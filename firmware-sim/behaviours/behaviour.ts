// What a behaviour is: a device's little world as pure functions of its state and the time that passes.

/** Readings of one moment, named and in units as the MQTT contract has them. */
export interface Readings {
  readonly values: Readonly<Record<string, number>>;
  readonly bits: Readonly<Record<string, boolean>>;
}

/** What can be done to a device, by a person at it, by the world, or by a command. */
export type Act =
  | 'leak'
  | 'close-valve'
  | 'open-valve'
  | 'build-up'
  | 'ventilate'
  | 'use-door'
  | 'prop-door'
  | 'burn'
  | 'flood'
  | 'dry'
  | 'crowd'
  | 'move'
  | 'take-picture';

export interface Behaviour<State> {
  readonly power: 'mains' | 'battery';
  /** The interval that the device declares until its gateway says another, in whole seconds. */
  readonly intervalS: number;
  /** Readings and abilities, as `info.capabilities` lists them. */
  readonly capabilities: readonly string[];
  /** Command names of the contract that this device obeys. */
  readonly commands: Readonly<Record<string, Act>>;
  begin(seed: number): State;
  /** The state after `dtS` seconds in which nobody touched anything. */
  pass(state: State, dtS: number): State;
  read(state: State): Readings;
  /** Something is wrong: the device then speaks more often than its interval. */
  troubled(state: State): boolean;
  readonly acts: Partial<Readonly<Record<Act, (state: State) => State>>>;
  /** What happened between two states that is an event of its own (`motion`). */
  happened?(before: State, after: State): readonly string[];
  /** How many pictures this state has asked for in its life; a rise of it is one to send. */
  pictures?(state: State): number;
}
