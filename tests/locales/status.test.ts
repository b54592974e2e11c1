/** Which texts a native speaker has read: nobody may say more than is so, and staff can see it. */
import { expect, it } from 'vitest';
import { localWorld } from '../../infra/local/city.ts';
import { languages, words } from '../../locales/index.ts';
import { notices, REVIEWED } from '../../locales/notice.ts';

const STATES = [REVIEWED, 'to be reviewed by a native speaker'];
const { voices } = localWorld().city;

function page(): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const menu = (language: (typeof languages)[number]): string => {
    const { menuNumber, moreNumber } = words[language];
    return menuNumber > 0 ? String(menuNumber) : `9, ${moreNumber}`;
  };
  return [
    '# Languages',
    '',
    'What a city must have read before the first message to a resident. "Messages" are `phrases.json`, `words.json`, `dates.json` and `copy.json` of a language (their status stands in `words.json`), "rights page" is `notice.json`, which has its own. Whoever reviews a file sets its `status` to `reviewed` in the same commit, with the name of the reader in the message. The page of phones of `npm start` lists the same. Written by `tests/locales/status.test.ts` (`npx vitest run tests/locales -u`): do not edit.',
    '',
    line(['language', 'in the menu', 'writes', 'messages', 'rights page']),
    line(['---', '---', '---', '---', '---']),
    ...languages.map((language) =>
      line([
        `${words[language].name} (${language})`,
        menu(language),
        words[language].direction,
        words[language].status,
        notices[language].status,
      ]),
    ),
    '',
    'French is the language the texts were written in, after `tests/vectors/scripts-fr.json`; the others were written from it and not yet read by anyone who grew up with them.',
    '',
    '![Three phones: Arabic from right to left, Tamil, Bengali](pictures/handset-languages.png)',
    '',
    'Spoken, by a relay who calls back, in the example city:',
    '',
    line(['language', 'in the menu', 'recorded greeting']),
    line(['---', '---', '---']),
    ...voices.map(({ name, code, greeting }, index) =>
      line([`${name} (${code})`, `9, ${index + 5}`, greeting ?? 'to be recorded']),
    ),
    '',
  ].join('\n');
}

it('the page of languages is true', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/languages.md');
});

it.each(languages)('%s says one of two things about its texts', (language) => {
  expect(STATES).toContain(words[language].status);
  expect(STATES).toContain(notices[language].status);
});

it('only French, which the others were written from, counts as read', () => {
  const read = languages.filter(
    (language) => words[language].status === REVIEWED || notices[language].status === REVIEWED,
  );
  expect(read).toEqual(['fr']);
});
