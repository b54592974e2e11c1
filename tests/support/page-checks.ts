/** What must hold of any page in the browser, as it stands at its width: findings in words, none where all is well. */
import type { Page } from 'playwright-core';
import { axeViolations } from '../browser.ts';

/** 1,280 px at 200 % zoom, and the width that WCAG 1.4.10 asks for. */
const [ZOOMED, NARROW] = [640, 320];
const HEIGHT = 800;

/** What stands out of the page, where it scrolls sideways by itself. A sheet to print has its own size. */
const wider = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const printed = [...document.styleSheets].some((sheet) => [...sheet.cssRules].some((rule) => rule instanceof CSSPageRule));
    if (printed || document.documentElement.scrollWidth <= innerWidth) return [];
    return ['wider than ' + innerWidth + ' px'];
  })()`);

/** Arabic that no screen reader is told is Arabic (WCAG 3.1.2), but for tags: staff write them in any language. */
const unsaid = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.parentElement;
      if (!/\\p{Script=Arabic}/u.test(node.data)) continue;
      if (at.closest('.state, nav')) continue;
      if (!/^(ar|ur)/.test(at.closest('[lang]').lang)) found.push('not told as Arabic: ' + at.outerHTML.slice(0, 200));
    }
    return found;
  })()`);

/** What moves for somebody who asked that nothing move. */
const moving = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('*')]
    .filter((each) => [getComputedStyle(each).transitionDuration, getComputedStyle(each).animationDuration]
      .some((all) => all.split(', ').some((one) => parseFloat(one) > 0.01)))
    .map((each) => 'moves: ' + each.outerHTML.slice(0, 100))`);

/** At every width. The context asks for reduced motion. */
export async function faultsOn(page: Page): Promise<string[]> {
  const found = [...(await unsaid(page)), ...(await moving(page))];
  for (const width of [1280, ZOOMED, NARROW]) {
    await page.setViewportSize({ width, height: HEIGHT });
    found.push(...(await wider(page)));
    if (width !== ZOOMED) found.push(...(await axeViolations(page)).map((each) => `${width} px: ${each}`));
  }
  return found;
}
