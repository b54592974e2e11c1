/** What is done to a draft besides typing in it: questions come, go and move, languages too. */
import { isLanguage, phrase } from '../phrase.ts';
import { normalise } from '../understand/normalise.ts';
import {
  baseOfDraft,
  type DraftOption,
  type DraftQuestion,
  type SurveyDraft,
  type WrittenSurvey,
} from './draft.ts';

/** The first of `q1`, `q2` … that no question has. */
function freeId(taken: string[], stem: string): string {
  for (let number = 1; ; number += 1) if (!taken.includes(`${stem}${number}`)) return `${stem}${number}`;
}

const SCALE = { min: 1, max: 5 };

export function addQuestion({ survey, ...draft }: SurveyDraft, type: string): SurveyDraft {
  const question: DraftQuestion = {
    id: freeId(
      survey.questions.map(({ id }) => id),
      'q',
    ),
    type,
    ...(type === 'scale' && SCALE),
    ...(type === 'media' && { accepts: 'photo' }),
  };
  return { ...draft, survey: { ...survey, questions: [...survey.questions, question] } };
}

/** By so many places; one that has nowhere to go stays. */
export function moveQuestion({ survey, ...draft }: SurveyDraft, at: number, by: 1 | -1): SurveyDraft {
  const questions = [...survey.questions];
  const [moved] = questions.splice(at, 1);
  const to = at + by;
  if (!moved || to < 0 || to > questions.length) return { survey, ...draft };
  questions.splice(to, 0, moved);
  return { ...draft, survey: { ...survey, questions } };
}

export const removeQuestion = ({ survey, ...draft }: SurveyDraft, at: number): SurveyDraft => ({
  ...draft,
  survey: { ...survey, questions: survey.questions.filter((_, index) => index !== at) },
});

/** With our own words for its beginning and its end, where we have them and it does not. */
export function addLanguage({ survey, without, ...draft }: SurveyDraft, language: string): SurveyDraft {
  if (survey.languages.includes(language)) return { survey, without, ...draft };
  return {
    ...draft,
    without: without.filter((each) => each !== language),
    survey: {
      ...survey,
      languages: [...survey.languages, language],
      thanks: { ...ourWords(language, 'thanks'), ...survey.thanks },
      over: { ...ourWords(language, 'over'), ...survey.over },
      review: { ...survey.review, [language]: 'to be reviewed' },
    },
  };
}

export const ourWords = (language: string, what: 'thanks' | 'over'): Record<string, string> =>
  isLanguage(language) ? { [language]: phrase(language, `form.${what}`) } : {};

/** Its texts go too. The base language stays: it stands in for the others. */
export function removeLanguage({ survey, without, ...draft }: SurveyDraft, language: string): SurveyDraft {
  if (language === baseOfDraft(survey) || !survey.languages.includes(language))
    return { survey, without, ...draft };
  const left = withoutTexts(survey, language) as WrittenSurvey;
  left.languages = survey.languages.filter((each) => each !== language);
  return {
    ...draft,
    without: draft.onto === undefined ? without : [...new Set([...without, language])],
    survey: left,
  };
}

const BY_LANGUAGE = new Set([
  'topic',
  'intro',
  'thanks',
  'over',
  'results',
  'review',
  'title',
  'text',
  'hint',
  'guidance',
  'constraintMessage',
  'low',
  'high',
  'label',
]);

/** By the fields that hold texts: `id` is a language too. */
function withoutTexts(value: unknown, language: string, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutTexts(each, language));
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([each, inner]) =>
      BY_LANGUAGE.has(name) && each === language ? [] : [[each, withoutTexts(inner, language, each)]],
    ),
  );
}

/** Everywhere where formulas and texts say it. */
export function renameQuestion(survey: WrittenSurvey, from: string, to: string): WrittenSurvey {
  if (from === to || to === '') return survey;
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replace(/\$\{\s*([^{}\s]+)\s*\}/gu, (whole, name: string) =>
        name === from ? `\${${to}}` : whole,
      );
    if (Array.isArray(value)) return value.map(renamed);
    if (!value || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, renamed(inner)]));
  };
  return renamed(survey) as WrittenSurvey;
}

/** A name for a choice, made of its label: `tous-les-jours`. */
export function optionId(label: string, others: DraftOption[]): string {
  const taken = others.map(({ id }) => id);
  const stem = normalise(label)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30);
  if (stem === '') return freeId(taken, 'c');
  return taken.includes(stem) ? freeId(taken, `${stem}_`) : stem;
}
