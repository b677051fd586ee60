// `npm run demo -- --once`: the whole way with nobody at the keys, each step named and timed.

import { Caller } from './caller.js';
import { Resident } from './resident.js';
import type { Script } from './script.js';
import type { Stage } from './stage.js';
import { step } from './step.js';

/** The line that the demo ends with; its form is relied upon. */
export interface WholeWay {
  readonly provisioned: number;
  readonly bound: boolean;
  readonly alarm: { readonly raised: boolean; readonly packetToInboxMs: number };
  readonly acknowledged: boolean;
  readonly cleared: boolean;
  readonly totalMs: number;
}

/** @throws StepFailed with a sentence that says which step did not happen. */
export async function wholeWay(stage: Stage, script: Script, startedAtMs: number): Promise<WholeWay> {
  const provisioned = await script.ontoTheWifi();
  const { ticket } = stage.gasSensor;
  const gas = stage.home.device('gas');

  const { token } = await stage.invite();
  const stranger = new Caller(stage.gateway.url);
  const resident = await step('Signing in by the link', 10, Resident.signIn(stranger, token));
  try {
    const scanned = await step('Scanning the code', 10, resident.scan(ticket));
    if (scanned.view !== 'unbound') throw new Error(`Scanning the code: the page says "${scanned.view}".`);
    gas.press();
    script.say('The button of the gas sensor is pressed.');
    await step('Showing possession', 20, resident.sawThePress(ticket));
    const deviceId = await step('Binding the gas sensor', 10, resident.bind(ticket, 'Kitchen'));
    script.say(`Bound: ${deviceId} belongs to the resident now.`);

    const inbox = script.leak();
    const raised = await step(
      'Raising the alarm',
      60,
      resident.page.heard(notice => notice.step === 'raised'),
    );
    const packetToInboxMs = inbox(raised.heardAtMs);
    const alarmId = raised.notice.alarmId ?? '';
    script.say(`ALARM  ${raised.notice.title.en} — ${packetToInboxMs} ms from packet to page.`);

    const acknowledged = await step('Acknowledging', 10, resident.acknowledge(alarmId));
    if (acknowledged.state !== 'acknowledged')
      throw new Error(`Acknowledging: the alarm is ${acknowledged.state}.`);
    script.say('Acknowledged: the repeats stop, the alarm goes on.');

    gas.closeValve();
    script.say('The valve closes; the level falls.');
    await step('Waiting until the air is clear', 60, resident.told('calm', alarmId));
    script.say('The air is clear. The alarm waits for a person.');
    const over = await step('Resetting', 10, resident.reset(alarmId));
    await step('Hearing that it is over', 10, resident.told('cleared', alarmId));
    if (resident.page.notices.some(({ notice }) => notice.step === 'repeat')) {
      throw new Error('Acknowledging: the alarm was told again although somebody had seen it.');
    }
    script.say('Reset. It is over.');

    return {
      provisioned,
      bound: true,
      alarm: { raised: true, packetToInboxMs },
      acknowledged: acknowledged.acknowledgedAt !== null,
      cleared: over.state === 'cleared',
      totalMs: Math.round(performance.now() - startedAtMs),
    };
  } finally {
    resident.leave();
  }
}
