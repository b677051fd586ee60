// `npm run demo`: a device's whole way on one machine, from its box to a person's phone.
import { Command } from 'commander';
import { theScenes } from './scenes.js';
import { Script } from './script.js';
import { allPlayers, fewPlayers, Stage } from './stage.js';
import { Terminal } from './terminal.js';
import { wholeWay } from './whole-way.js';
import { withAPerson } from './with-a-person.js';

const startedAtMs = performance.now();
const { once, scenes, lan, data } = new Command('demo')
  .description('Takes simulated devices from their boxes to a page: Wi-Fi, binding, alarms and their end.')
  .option('--once', 'do it all without a person, and end with one line of JSON')
  .option('--scenes', 'play every scene without a person: a leak, CO, a door left open, a sensor that dies …')
  .option('--lan', 'let phones in the same network open the pages (otherwise this machine only)')
  .option('--data <folder>', 'folder of the demo, made anew each time', 'data/demo')
  .parse()
  .opts<{ once?: true; scenes?: true; lan?: true; data: string }>();

const terminal = new Terminal(process.stdout);
let stage: Stage | undefined;
try {
  stage = await Stage.build({
    dataFolder: data,
    isOpenToNetwork: lan ?? false,
    players: once ? fewPlayers : allPlayers,
  });
  terminal.say(
    `The gateway listens: pages at ${stage.gateway.url}, devices at mqtt://127.0.0.1:${stage.gateway.mqttPort}`,
  );
  const script = new Script(stage, terminal);
  if (once) {
    const result = await wholeWay(stage, script, startedAtMs);
    await stage.strike();
    terminal.say(JSON.stringify(result));
  } else if (scenes) {
    await theScenes(stage, script);
    await stage.strike();
  } else {
    await withAPerson(stage, script);
    await stage.strike();
  }
  process.exit(0);
} catch (error) {
  terminal.say(`The demo ends here. ${error instanceof Error ? error.message : String(error)}`);
  await stage?.strike().catch(() => {});
  process.exit(1);
}
