/**
 * One fault planted at a time: the lint finds it, at its place and in its language, and nothing else. What it says of
 * each is written as a page of the docs.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintSurvey } from '../../../conversations/lint.ts';
import { longSurvey } from '../../support/long-survey.ts';
import optOut from '../../vectors/optout-keywords.json';
import { answers, branches, formulas } from './faults-in-paths.ts';
import { promises, texts } from './faults-in-texts.ts';
import { options, taken } from './faults-in-words.ts';
import { around, city, found, type Planted, planted, q, world } from './planted.ts';

const groups: [title: string, faults: Planted[]][] = [
  ['Chemins', branches],
  ['Formules', formulas],
  ['Réponses', answers],
  ['Choix', options],
  ['Mots pris', taken],
  ['Textes', texts],
  ['Promesses', promises],
];

describe.each(groups)('%s', (_title, faults) => {
  it.each(faults)('%s', (_label, change, { says = '', ...expected }, others) => {
    const findings = found(change, others);
    const short = findings.map(({ rule, severity, place, language }) => ({
      rule,
      severity,
      place,
      ...(language && { language }),
    }));
    expect(short).toEqual([expected]);
    expect(findings[0]?.message).toContain(says);
  });
});

it('finds a survey that is over at once', () => {
  const findings = found((s) => {
    for (const question of s.questions) question.relevant = "${venir} = 'yes'";
    delete q(s, 'venir').relevant;
    s.questions.shift();
    s.questions.unshift({ id: 'venir', type: 'calculate', calculation: "'no'" });
  });
  expect(findings).toContainEqual(
    expect.objectContaining({ rule: 'nothing-asked', severity: 'error', place: 'questions' }),
  );
});

it.each(optOut.reservedAsAnswers)('finds the answer %s, which Twilio or we take for a command', (word) => {
  const label = word.toLowerCase();
  expect(found((s) => (q(s, 'jour').options[1].label.en = label))).toEqual([
    expect.objectContaining({
      rule: 'reserved-word',
      severity: word === 'YES' ? 'warning' : 'error',
      place: 'questions[1].options[1].label.en',
      language: 'en',
    }),
  ]);
});

it('counts the questions of the longest way, not all of them', () => {
  const message = (count: number) =>
    lintSurvey(longSurvey(count), around).find(({ rule }) => rule === 'many-questions')?.message;
  // Of each three, the second or the third is asked, never both.
  expect(message(12)).toContain('8 questions');
  expect(message(150)).toContain('100 questions');
});

describe('the survey with nothing planted', () => {
  it('has no finding', () => {
    expect(found(() => {})).toEqual([]);
  });

  it('is looked at anew in another city', () => {
    const survey = planted(() => {});
    const long = 'Ville de Clichy-sous-Bois, service de la participation et de la vie des quartiers';
    expect(lintSurvey(survey, around)).toEqual([]);
    expect(lintSurvey(survey, { ...around, city: { ...city, shortName: long } })).toContainEqual(
      expect.objectContaining({ rule: 'parts', place: 'intro.fr' }),
    );
  });

  it('has none beside its own earlier revision', () => {
    expect(found(() => {}, { others: [...around.others, ...world.surveys.all()] })).toEqual([]);
  });
});

/** Every rule that stands in the code. */
function rules(): Set<string> {
  const folder = new URL('../../../conversations/lint/', import.meta.url);
  const code = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  return new Set(
    code.flatMap((text) =>
      [
        ...text.matchAll(
          /(?:rule: |\? |: |(?:warn|finding)\(\s*)'([a-z]+(?:-[a-z]+)+|parts|acronym|untranslated)'/g,
        ),
      ].map(([, rule]) => rule as string),
    ),
  );
}

it('has a planted fault for every rule', () => {
  const planted = new Set(groups.flatMap(([, faults]) => faults.map(([, , { rule }]) => rule)));
  expect([...rules()].filter((rule) => !planted.has(rule))).toEqual([]);
});

/** What staff read, of the first fault of each rule. */
function page(): string {
  const seen = new Set<string>();
  const all = groups.flatMap(([, faults]) => faults.map(([, , expected]) => expected));
  const gravity = (name: string): string =>
    (['error', 'warning'] as const)
      .filter((each) => all.some(({ rule, severity }) => rule === name && severity === each))
      .map((each) => (each === 'error' ? 'erreur' : 'avertissement'))
      .join(' ou ');
  const sections = groups.map(([title, faults]) => {
    const rows = faults.flatMap(([, change, { rule }, others]) => {
      if (seen.has(rule)) return [];
      seen.add(rule);
      const finding = found(change, others).find((each) => each.rule === rule);
      const said = `${finding?.message}`.replaceAll('|', '\\|').replaceAll('\n', ' ');
      return [`| \`${rule}\` | ${gravity(rule)} | ${said} |`];
    });
    return [`## ${title}`, '', '| règle | gravité | par exemple |', '| --- | --- | --- |', ...rows, ''].join(
      '\n',
    );
  });
  return [
    '# What the survey lint says',
    '',
    'Every rule of `npm run survey -- lint`, with what it says of a fault planted in a survey without one. An error (`erreur`) refuses saving, a warning (`avertissement`) is shown. What makes a survey unreadable is refused before (`conversations/lint/structure.ts`). Written by `tests/conversations/lint/planted.test.ts` (`npx vitest run tests/conversations/lint -u`): do not edit.',
    '',
    ...sections,
  ].join('\n');
}

it('the page of its rules is true', async () => {
  await expect(page()).toMatchFileSnapshot('../../../docs/survey-lint.md');
});
