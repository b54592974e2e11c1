/** What each of our phrases costs in each language: SMS parts with the longest it may hold, written as a page of the docs. */
import { expect, it } from 'vitest';
import { phrase } from '../../conversations/phrase.ts';
import { sms } from '../../conversations/shape.ts';
import { type Language, languages, type PhraseKey, phrases } from '../../locales/index.ts';
import { BY_KEY, FILLED } from './filled.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const keys = [...new Set(Object.keys(phrases.fr).map((key) => key.replace(PLURAL, '')))] as PhraseKey[];
const said = (language: Language, key: PhraseKey) =>
  sms(phrase(language, key, { ...FILLED, ...BY_KEY[key] }));

/** One part holds 160 letters of the GSM alphabet, or 70 of any other (3GPP TS 23.038). */
function report(): string {
  const rows = keys.map((key) => [key, ...languages.map((language) => said(language, key).parts)]);
  const totals = languages.map((_, index) => rows.reduce((sum, row) => sum + Number(row[index + 1]), 0));
  const line = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# What each message costs',
    '',
    'SMS parts of every phrase of ours in every language, with the longest that its places hold in the example city (a long quartier, nine options, the longest thanks). Of French phrases that come out longer than a part a shorter one is said instead. Written by `tests/locales/parts.test.ts` (`npx vitest run tests/locales -u`): do not edit.',
    '',
    line(['phrase', ...languages]),
    line(['---', ...languages.map(() => '---')]),
    ...rows.map(line),
    line(['**all**', ...totals]),
    '',
  ].join('\n');
}

it('the page of message costs is true', async () => {
  await expect(report()).toMatchFileSnapshot('../../docs/message-parts.md');
});

it.each(languages)('no phrase of every day costs more than three parts in %s', (language) => {
  const dear = keys.filter((key) => said(language, key).parts > 3);
  expect(dear.filter((key) => /^(?:question|stop|survey\.(?:start|ask)|language|plain)\b/.test(key))).toEqual(
    [],
  );
});
