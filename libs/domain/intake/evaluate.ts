// Runs a device's rules on an observation, and lets its open alarms follow what they find.
import type { Observation } from '#domain/alarms';
import type { DeviceState } from '#domain/devices';
import { type Evaluation, Inquiry } from './inquiry.js';
import type { DeviceFile } from './intake.store.js';
import { sceneOf } from './scene.js';

/**
 * @param receivedAt when what is observed reached the gateway: alarms are raised at that time
 * @param state of the device by now, where it is not the file's any more
 */
export function evaluate(
  file: DeviceFile,
  observation: Observation,
  receivedAt: number,
  listeningSince: number,
  state: DeviceState = file.state,
): Evaluation {
  const scene = sceneOf(file, listeningSince, observation.at, state);
  const inquiry = new Inquiry(file, receivedAt, state);
  for (const rule of file.product.rules) inquiry.ask(rule, observation, scene);
  return inquiry.evaluation;
}
