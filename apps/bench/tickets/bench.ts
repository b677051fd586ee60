// `npm run bench:tickets`: tickets made and checked a second, symbols beside qrencode, and a PDF of ten thousand labels.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { type Label, labelPrint, labelSvg, labelsPdf, sheetOf } from '#codecs/label';
import { issueTicket, type KeyRing, readTicket, spokenTicket, ticketUrl } from '#codecs/ticket';
import { closing, median, progress, rounded, say, table } from '../report.js';

const ring: KeyRing = { current: 1, keys: new Map([[1, new Uint8Array(randomBytes(32))]]) };
const productName = '燃气探测器 Gas & CO';
const notoSans = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';

export async function benchTickets(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { quick: { type: 'boolean', default: false } } });
  const sliceMs = values.quick ? 200 : 1_000;
  const rounds = values.quick ? 3 : 7;
  const labels = values.quick ? 1_000 : 10_000;
  const qrencode = versionOf('qrencode');
  if (qrencode === null) say('qrencode is not on the PATH: symbols are measured without their peer.');
  const figures: Record<Task, number[]> = {
    issued: [],
    accepted: [],
    refused: [],
    symbols: [],
    qrencode: [],
    start: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    progress(`round ${round + 1} of ${rounds} …`);
    for (const [task, work] of Object.entries(tasks) as [Task, (n: number) => unknown][]) {
      if (qrencode === null && (task === 'qrencode' || task === 'start')) continue;
      figures[task].push(perSecond(work, sliceMs));
    }
  }
  const sheet = await pdfOf(labels);
  const medians = Object.fromEntries(
    Object.entries(figures).map(([task, all]) => [task, all.length > 0 ? median(all) : null]),
  );
  report(medians as Record<Task, number | null>, sheet, labels);
  closing('tickets', { qrencode, perSecond: medians, pdf: { labels, ...sheet } });
  return 0;
}

type Task = keyof typeof tasks;

const genuine = issueTicket(ring, { batch: 1, number: 1, generation: 0 });
const forged = `${genuine.slice(0, -1)}${genuine.endsWith('0') ? '1' : '0'}`;

const tasks = {
  issued: (n: number) => issueTicket(ring, { batch: 1, number: n % 1_000_000, generation: 0 }),
  accepted: () => readTicket(ring, genuine),
  refused: () => readTicket(ring, forged),
  symbols: (n: number) => labelSvg(labelNumber(n % 1_000)),
  /** The same symbol as a program of its own draws it, its start included; `start` is the start alone. */
  qrencode: (n: number) =>
    execFileSync('qrencode', ['-t', 'SVG', '-l', 'Q', '-i', '-o', '-', labelNumber(n % 1_000).url]),
  start: () => execFileSync('qrencode', ['--version'], { stdio: 'ignore' }),
};

/** How often a second `work` is done, over about `sliceMs`. */
function perSecond(work: (n: number) => unknown, sliceMs: number): number {
  const from = performance.now();
  let done = 0;
  while (performance.now() - from < sliceMs) {
    // The clock costs as much as a ticket does.
    for (let i = 0; i < 16; i += 1) work(done++);
  }
  return done / ((performance.now() - from) / 1_000);
}

const labelNumber = (number: number): Label => {
  const ticket = issueTicket(ring, { batch: 1, number, generation: 0 });
  const url = ticketUrl('https://gas.example', ticket);
  return {
    url,
    spoken: spokenTicket(ticket),
    serial: `0001-${number.toString().padStart(6, '0')}`,
    productName,
  };
};

interface SheetFigures {
  readonly seconds: number;
  readonly bytes: number;
  /** By how much the process grew at most. */
  readonly grownBytes: number;
}

async function pdfOf(labels: number): Promise<SheetFigures> {
  progress(`a PDF of ${labels} labels …`);
  const sheet = sheetOf('avery-l4731');
  if (sheet === null) throw new Error('avery-l4731 is a sheet');
  const font = await readFile(createRequire(import.meta.url).resolve(notoSans));
  const before = process.memoryUsage().rss;
  const from = performance.now();
  let [bytes, most] = [0, before];
  for await (const piece of labelsPdf(prints(labels), { sheet, font, title: 'Labels' })) {
    bytes += piece.length;
    most = Math.max(most, process.memoryUsage().rss);
  }
  return { seconds: rounded((performance.now() - from) / 1_000, 1), bytes, grownBytes: most - before };
}

function* prints(count: number) {
  for (let number = 1; number <= count; number += 1) yield labelPrint(labelNumber(number));
}

function report(medians: Record<Task, number | null>, pdf: SheetFigures, labels: number): void {
  const shown = (figure: number | null) => (figure === null ? '–' : Math.round(figure).toLocaleString('en'));
  const net = medians.qrencode && medians.start ? 1 / (1 / medians.qrencode - 1 / medians.start) : null;
  table(
    ['what', 'a second'],
    [
      ['tickets made', shown(medians.issued)],
      ['genuine tickets checked', shown(medians.accepted)],
      ['forged tickets refused', shown(medians.refused)],
      ['labels drawn as SVG', shown(medians.symbols)],
      ['symbols of qrencode, a process each', shown(medians.qrencode)],
      [
        'symbols of qrencode, the start of its process taken off',
        shown(net !== null && net > 0 ? net : null),
      ],
    ],
  );
  const megabytes = (count: number) => rounded(count / 1e6, 1);
  say(
    `A PDF of ${labels} labels: ${pdf.seconds} s, ${megabytes(pdf.bytes)} MB; the process grew by ${megabytes(pdf.grownBytes)} MB.`,
  );
}

function versionOf(program: string): string | null {
  try {
    return (
      execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).split(
        '\n',
      )[0] ?? ''
    );
  } catch {
    return null;
  }
}
