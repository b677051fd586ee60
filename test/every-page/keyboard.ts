// What whoever has a keyboard alone may expect of a page: everything is reached, in no trap, and where one is can be seen.
import type { Page } from 'playwright-core';

/** Runs in the page: what the Tab key has to lead to; of a group of radio buttons that is the chosen one. */
const prepare = `(() => {
  const modal = document.querySelector('dialog[open]');
  const all = [...(modal ?? document).querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  const isReached = element => element.checkVisibility() && !element.disabled && !(element.type === 'radio' && !element.checked);
  const wanted = all.filter(isReached);
  wanted.forEach((element, place) => element.setAttribute('data-stop', place));
  // From the beginning; a dialog has its own.
  if (modal === null) { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }
  return wanted.length;
})()`;

interface Stop {
  readonly place: number | null;
  readonly html: string;
  readonly isMarked: boolean;
  readonly isCovered: boolean;
}

const stopNow = `(() => {
  const active = document.activeElement;
  if (active === null || active === document.body) return null;
  // What is drawn for a field that is itself invisible stands beside it; of a card the whole is the link.
  const marks = [active, active.nextElementSibling, active.closest('.card')].filter(each => each !== null);
  const isMarked = marks.some(mark => { const { outlineStyle, outlineWidth } = getComputedStyle(mark); return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2; });
  const { left, right, top, bottom } = active.getBoundingClientRect();
  const middle = (one, other) => (one + other) / 2;
  const points = [[middle(left, right), middle(top, bottom)], [left + 3, top + 3], [right - 3, bottom - 3]];
  const isHit = ([x, y]) => { const hit = document.elementFromPoint(x, y); return hit !== null && (active.contains(hit) || hit.contains(active) && hit !== document.body || hit.closest('label')?.contains(active) === true); };
  const stop = active.getAttribute('data-stop');
  return { place: stop === null ? null : Number(stop), html: active.outerHTML.slice(0, 90), isMarked, isCovered: !points.some(isHit) };
})()`;

/** Goes through the whole page with the Tab key. */
export async function keyboardFaults(page: Page): Promise<string[]> {
  const count = await page.evaluate<number>(prepare);
  const seen = new Map<number, Stop>();
  const faults: string[] = [];
  // The browser's own window takes a stop or two between the last and the first.
  for (let steps = 0; steps < count + 5 && seen.size < count; steps += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<Stop | null>(stopNow);
    if (stop === null || stop.place === null || seen.has(stop.place)) continue;
    const before = [...seen.keys()].at(-1) ?? -1;
    if (stop.place < before && stop.place !== 0)
      faults.push(`keyboard: out of the order of reading: ${stop.html}`);
    if (!stop.isMarked) faults.push(`keyboard: the focus is not seen: ${stop.html}`);
    if (stop.isCovered) faults.push(`keyboard: the focus is covered: ${stop.html}`);
    seen.set(stop.place, stop);
  }
  for (let place = 0; place < count; place += 1) {
    if (!seen.has(place)) {
      const html = `document.querySelector('[data-stop="${place}"]')?.outerHTML.slice(0, 90)`;
      faults.push(`keyboard: not reached: ${await page.evaluate(html)}`);
    }
  }
  return faults;
}
