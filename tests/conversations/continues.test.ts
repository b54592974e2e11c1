/** Answers of an earlier revision as they read in a later one: tests/support/two-revisions.ts. */
import { expect, it } from 'vitest';
import { carriedOver } from '../../conversations/continues.ts';
import type { Answer } from '../../conversations/events.ts';
import type { Survey } from '../../conversations/survey.ts';
import { twoRevisions } from '../support/two-revisions.ts';

const [first, second] = twoRevisions.surveys.every() as [Survey, Survey];
const t = 1;

it.each<[string, Record<string, Answer>, Record<string, Answer>]>([
  ['an option that moved', { frequence: { v: 1, r: 'jour', t } }, { frequence: { v: 2, r: 'jour', t } }],
  ['an option that is gone', { frequence: { v: 2, t } }, {}],
  ['several that moved', { priorites: { v: [1, 2], t } }, { priorites: { v: [2, 1], t } }],
  ['several, one of them gone', { priorites: { v: [1, 3], o: 'un chat', t } }, {}],
  ['a scale of other codes', { note: { v: 9, t } }, {}],
  ['a question that is gone', { ancien: { v: 'oui', t } }, {}],
  ['what was passed', { frequence: { m: 'skip', t } }, { frequence: { m: 'skip', t } }],
])('%s', (_what, answers, expected) => {
  expect(carriedOver(answers, first, second)).toEqual(expected);
});

it('and back: nothing is lost that both ask', () => {
  const answers: Record<string, Answer> = { frequence: { v: 1, t }, priorites: { v: [2, 1], t } };
  expect(carriedOver(carriedOver(answers, second, first), first, second)).toEqual(answers);
});
