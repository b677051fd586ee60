// What a page owes to people who read it by ear, by keyboard, or on a narrow screen; each fault is one sentence.
import type { Page } from 'playwright-core';

/** Roles whose name is all that some people get of them. */
const nameless = /^\s*- (button|link|textbox|radio|checkbox|combobox|heading|img|dialog)(?! ")(:| \[|$)/;

/** Runs in the page, which knows what is drawn. */
const inThePage = `(() => {
  const faults = [];
  const isSeen = element => element.checkVisibility();
  const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(isSeen).map(({ tagName }) => Number(tagName[1]));
  if (levels.filter(level => level === 1).length !== 1) faults.push('headings: there is not one h1 but ' + levels);
  levels.forEach((level, i) => { if (i > 0 && level > levels[i - 1] + 1) faults.push('headings: a level is left out in ' + levels); });
  for (const [role, wanted] of [['main', 1], ['h1', 1]]) {
    if (document.querySelectorAll(role).length !== wanted) faults.push('landmarks: not one ' + role);
  }
  for (const element of document.querySelectorAll('[tabindex]')) {
    if (element.tabIndex > 0) faults.push('keyboard: ' + element.outerHTML.slice(0, 80) + ' is out of the order');
  }
  for (const element of document.querySelectorAll('button, a.button, input:not([type=radio]):not([type=checkbox])')) {
    const { width, height } = element.getBoundingClientRect();
    if (isSeen(element) && (width < 24 || height < 24)) faults.push('size: ' + element.outerHTML.slice(0, 80) + ' is smaller than 24 px');
  }
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) faults.push('ids: one is there twice');
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > screen.width) {
    const isWide = element => isSeen(element) && element.getBoundingClientRect().right > screen.width;
    const widest = [...document.querySelectorAll('main *')].filter(each => isWide(each) && ![...each.children].some(isWide));
    const shown = widest.slice(0, 2).map(({ outerHTML }) => outerHTML.slice(0, 80));
    faults.push('width: the page is ' + scrollWidth + ' px wide on a screen of ' + screen.width + ': ' + shown.join(', '));
  }
  if (document.title.trim() === '') faults.push('title: the page has none');
  return faults;
})()`;

/** @param language that the page must say it speaks, as `en` */
export async function accessibilityFaults(page: Page, language: string): Promise<string[]> {
  const faults = await page.evaluate<string[]>(inThePage);
  const snapshot = await page.locator('body').ariaSnapshot();
  const withoutName = snapshot.split('\n').filter(line => nameless.test(line));
  const lang = (await page.locator('html').getAttribute('lang')) ?? '';
  return [
    ...faults,
    ...withoutName.map(line => `names: ${line.trim()} has none`),
    ...(lang.startsWith(language) ? [] : [`language: the page says "${lang}"`]),
  ];
}
