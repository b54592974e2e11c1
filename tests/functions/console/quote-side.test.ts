/** The bar of a quote stands where its text begins: on the right of Arabic. */
import { expect, it } from 'vitest';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { createTestConsole } from '../../support/console.ts';
import { serve } from '../../support/console-server.ts';
import { mot, openAnswers, TEXTS } from '../../support/open-answers.ts';

/** Of what in the quote has a bar: its sides. */
const BARS = `[...document.querySelectorAll('blockquote')].map((quote) =>
  [quote, ...quote.children].flatMap((each) =>
    ['Left', 'Right'].filter((side) => parseFloat(getComputedStyle(each)['border' + side + 'Width']) > 0)).join())`;

it('of French on the left, of Arabic on the right', async () => {
  const city = createTestConsole();
  const { sheet } = openAnswers(() => city);
  await sheet('a', mot('plus de poubelles'));
  await sheet('b', mot('الساحة مظلمة'), { language: 'ar' });
  const [browser, served] = await Promise.all([launchBrowser(), serve(city.handle)]);
  try {
    const page = await browser.newPage();
    const sides = async (language: string) => {
      await page.goto(`${served.origin}${TEXTS}?question=mot&langue=${language}`);
      return page.evaluate(BARS);
    };
    expect(await sides('fr')).toEqual(['Left']);
    expect(await sides('ar')).toEqual(['Right']);
  } finally {
    await browser.close();
    await served.close();
  }
}, 60_000);
