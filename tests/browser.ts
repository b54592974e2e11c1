/** What the page tests ask of a page in the browser that `infra/survey/browser.ts` starts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const { resolve } = createRequire(import.meta.url);

/** What axe finds wrong, one line each: empty on a page that anyone can use. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated, not injected as a script tag: a strict content security policy would refuse that.
  await page.evaluate(readFileSync(resolve('axe-core/axe.min.js'), 'utf8'));
  const results = (await page.evaluate('axe.run()')) as AxeResults;
  return results.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html)})`);
}
