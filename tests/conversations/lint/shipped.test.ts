/** The surveys that are shipped have no finding at all, whatever the lint comes to look at. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintSurvey } from '../../../conversations/lint.ts';
import { readSurvey } from '../../../conversations/survey.ts';
import { localWorld } from '../../../infra/local/city.ts';

const folder = new URL('../../../conversations/surveys/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string) => readSurvey(JSON.parse(readFileSync(new URL(file, folder), 'utf8')), file);

describe('the surveys that are shipped', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(1);
  });

  it.each(files)('%s has no finding', (file) => {
    const { city, surveys } = localWorld();
    expect(lintSurvey(read(file), { city, others: surveys.all() })).toEqual([]);
  });
});

describe('a fault planted in what is shipped', () => {
  const { city, surveys } = localWorld();
  // biome-ignore lint/suspicious/noExplicitAny: the faults are of every shape
  const findings = (change: (survey: any) => void) => {
    const survey = structuredClone(read('square.r1.json'));
    change(survey);
    return lintSurvey(survey, { city, others: surveys.all() }).map(({ rule, place, language }) => ({
      rule,
      place,
      language,
    }));
  };
  const { languages, questions } = read('square.r1.json');

  it.each(languages)('a question over its parts in %s', (language) => {
    expect(
      findings((survey) => {
        const { text } = survey.questions[3];
        text[language] = `${text[language]} `.repeat(Math.ceil(260 / text[language].length)).trim();
      }),
    ).toEqual([{ rule: 'parts', place: `questions[3].text.${language}`, language }]);
  });

  it.each(languages.filter((language) => language !== 'fr'))('a text that is missing in %s', (language) => {
    const at = questions.length - 1;
    expect(findings((survey) => delete survey.questions[at].text[language])).toEqual([
      { rule: 'missing-language', place: `questions[${at}].text.${language}`, language },
    ]);
  });

  it.each([
    ['fr', 'arrêt'],
    ['en', 'help'],
    ['tr', 'dur'],
    ['ar', 'توقف'],
    ['pt', 'parar'],
    ['ro', 'opriti'],
    ['es', 'baja'],
    ['ta', 'நிறுத்து'],
    ['ur', 'روکو'],
    ['zh', '停止'],
  ])('an answer in %s that is a command: %s', (language, word) => {
    expect(
      findings((survey) => {
        survey.questions[0].options[3].label[language] = word;
      }),
    ).toEqual([{ rule: 'reserved-word', place: `questions[0].options[3].label.${language}`, language }]);
  });
});
