// `npm run demo`: a person binds the gas sensor on the page, and every key is something that happens at home.
import { emitKeypressEvents } from 'node:readline';
import type { NoticeView } from '#codecs/api';
import { symbolTerminal } from '#codecs/label';
import { Caller } from './caller.js';
import { Resident } from './resident.js';
import { bindTheRest, scenes } from './scenes.js';
import type { Script } from './script.js';
import type { Stage } from './stage.js';
import { step } from './step.js';

/** Shorter than the possession window, so that it stays open while somebody is on the way to the page. */
const pressEveryMs = 60_000;
const leakAfterMs = 8_000;
const valveAfterMs = 4_000;

const help = [
  '',
  'Keys:  l leak gas   c CO builds up   f smoke   w water   s stale air   o leave the door open   x a sensor dies',
  '       b press the button   v close the valve   d use the door   m move before the camera   q end the demo',
  '',
].join('\n');

/** Plays until `q` or a signal. */
export async function withAPerson(stage: Stage, script: Script): Promise<void> {
  await script.ontoTheWifi();
  const { say } = script;
  const { url, ticket } = stage.gasSensor;
  const invitation = await stage.invite();
  say('\nThis is the code on the gas sensor:\n');
  say(await symbolTerminal(url));
  say(`  ${url}\n`);
  say('Open this link to sign in as a resident (it works once), and you are on the page of the code:');
  say(`  ${invitation.url}?next=/d/${ticket}\n`);

  // The terminal listens as the same resident, from a browser of its own.
  const companion = await stage.invite();
  const resident = await step(
    'Listening for the resident',
    10,
    Resident.signIn(new Caller(stage.gateway.url), companion.token),
  );
  const gas = stage.home.device('gas');
  const press = () => {
    gas.press();
    say('The button of the gas sensor was pressed: for two minutes the page lets you bind it.');
  };
  const quit = listenToKeys(stage, say, press);
  say(help);
  press();
  const pressing = setInterval(press, pressEveryMs);

  const bound = whenBound(resident, ticket).then(async () => {
    clearInterval(pressing);
    await bindTheRest(stage, resident);
    say('The other devices of the home are bound too.');
    say(`Bound. In ${leakAfterMs / 1000} seconds gas will leak in the kitchen; press l for more.`);
    setTimeout(() => gas.leak(), leakAfterMs);
  });
  narrateAlarms(resident, stage, say);
  await Promise.race([quit, bound.then(() => quit)]);
  clearInterval(pressing);
  resident.leave();
}

async function whenBound(resident: Resident, ticket: string): Promise<void> {
  for (;;) {
    const { view } = await resident.scan(ticket);
    if (view === 'owner') return;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

/** What the page shows, as sentences; once somebody has seen the alarm, the simulated valve closes. */
function narrateAlarms(resident: Resident, stage: Stage, say: (line: string) => void): void {
  resident.page.onNotice(({ notice }) => {
    say(sentenceOf(notice));
    if (notice.step === 'acknowledged') {
      say(`The valve will close in ${valveAfterMs / 1000} seconds.`);
      setTimeout(() => stage.home.device('gas').closeValve(), valveAfterMs);
    }
  });
}

function sentenceOf({ step: what, title, receivedAt }: NoticeView): string {
  switch (what) {
    case 'raised':
      return `\x07ALARM  ${title.en} — ${Date.now() - receivedAt} ms from packet to page. Acknowledge it there.`;
    case 'repeat':
      return `AGAIN  ${title.en}`;
    case 'acknowledged':
    case 'calm':
    case 'cleared':
    case 'told':
      return `       ${title.en}`;
    default:
      return what satisfies never;
  }
}

function listenToKeys({ home }: Stage, say: (line: string) => void, press: () => void): Promise<void> {
  const keys: Readonly<Record<string, () => void>> = {
    b: press,
    ...Object.fromEntries(
      scenes.map(({ key, told, play }) => [
        key,
        () => {
          say(told);
          play(home);
        },
      ]),
    ),
    v: () => home.device('gas').closeValve(),
    d: () => home.device('door').useDoor(),
    m: () => home.device('camera').move(),
  };
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    if (!process.stdin.isTTY) return;
    emitKeypressEvents(process.stdin);
    process.stdin.setRawMode(true);
    process.stdin.on('keypress', (_, { name, ctrl }: { name?: string; ctrl?: boolean }) => {
      if (name === 'q' || (ctrl && name === 'c')) resolve();
      else if (name !== undefined && keys[name]) keys[name]();
      else say(help);
    });
  });
}
