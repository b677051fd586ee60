// What whoever reads a page with their eyes may expect: contrast, nothing cut off, words instead of codes.
import type { Page } from 'playwright-core';

/** WCAG 2.2 SC 1.4.3, for text of every size. */
const leastContrast = 4.5;

/** Runs in the page: the text that is drawn, with the element that it stands in. */
const drawn = `
  const drawn = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.data.trim();
    if (text === '' || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const isOnlyRead = element.closest('.only-read') !== null;
    drawn.push({ node, element, text, isOnlyRead });
  }`;

const contrastFaults = `(() => {
  ${drawn}
  const parts = color => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = ([r, g, b, a], under) => [r, g, b].map((part, i) => part * a + under[i] * (1 - a));
  const light = part => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  // Of a gradient every colour that it is made of.
  const groundsOf = element => {
    if (element === null) return [isDark ? [0, 0, 0] : [255, 255, 255]];
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    const stops = backgroundImage.match(/rgba?\\([^)]*\\)/g);
    if (stops !== null) return stops.map(stop => parts(stop).slice(0, 3));
    const ground = parts(backgroundColor);
    return ground[3] === 1 ? [ground.slice(0, 3)] : groundsOf(element.parentElement).map(under => over(ground, under));
  };
  const opacityOf = element => (element === null ? 1 : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement));
  const faults = new Set();
  for (const { element, text, isOnlyRead } of drawn) {
    // What cannot be pressed at present may be pale (WCAG 2.2 SC 1.4.3, inactive).
    if (isOnlyRead || element.closest('[aria-disabled=true], :disabled')) continue;
    const [r, g, b, a] = parts(getComputedStyle(element).color);
    const contrast = Math.min(...groundsOf(element).map(ground => {
      const ink = over([r, g, b, a * opacityOf(element)], ground);
      const [high, low] = [luminance(ink), luminance(ground)].sort((one, other) => other - one);
      return (high + 0.05) / (low + 0.05);
    }));
    if (contrast < ${leastContrast}) faults.add('contrast: ' + contrast.toFixed(2) + ' of "' + text.slice(0, 40) + '" in ' + element.className);
  }
  return [...faults];
})()`;

const cutFaults = `(() => {
  ${drawn}
  const faults = new Set();
  for (const { node, element, text, isOnlyRead } of drawn) {
    if (isOnlyRead) continue;
    for (let around = element; around !== null && around !== document.body; around = around.parentElement) {
      const { overflowX, display } = getComputedStyle(around);
      if (overflowX === 'visible' || overflowX === 'auto' || overflowX === 'scroll') continue;
      if (display !== 'inline' && around.scrollWidth > around.clientWidth + 1) faults.add('cut: "' + text.slice(0, 40) + '"');
    }
    const box = document.createRange();
    box.selectNode(node);
    const scrolls = element.closest('.table-place') !== null;
    if (!scrolls && box.getBoundingClientRect().right > document.documentElement.clientWidth + 1) faults.add('cut: "' + text.slice(0, 40) + '" goes over the edge');
  }
  return [...faults];
})()`;

const wordFaults = `(() => {
  ${drawn}
  const isChinese = document.documentElement.lang.startsWith('zh');
  const faults = new Set();
  for (const { element, text } of drawn) {
    if (/\\b(null|undefined|NaN)\\b|\\[object|\\{\\{/.test(text) || /^[a-z]+([.-][a-zA-Z-]+)+$/.test(text) && !element.closest('.code')) faults.add('words: ' + text);
    const mayBeEnglish = element.closest('[lang=en], .code') !== null;
    if (isChinese && !mayBeEnglish && /[a-z]{2,} [a-z]{2,}/i.test(text)) faults.add('words: English in Chinese: ' + text);
  }
  return [...faults];
})()`;

const faultsIn = async (page: Page, scripts: readonly string[]): Promise<string[]> =>
  (await Promise.all(scripts.map(script => page.evaluate<string[]>(script)))).flat();

/** In the present colours and at the present width. */
export const legibilityFaults = (page: Page): Promise<string[]> =>
  faultsIn(page, [contrastFaults, cutFaults, wordFaults]);

/** Of the colours alone, after they were changed. */
export const paleFaults = (page: Page): Promise<string[]> => faultsIn(page, [contrastFaults]);
