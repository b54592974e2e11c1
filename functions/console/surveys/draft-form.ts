/** What was typed in the editor, laid over the draft that it was shown from: what has no field stays. */
import { optionId, renameQuestion } from '../../../conversations/drafts/acts.ts';
import { joined } from '../../../conversations/drafts/conditions.ts';
import {
  baseOfDraft,
  type DraftOption,
  type DraftQuestion,
  type SurveyDraft,
  type WrittenSurvey,
} from '../../../conversations/drafts/draft.ts';

export const WHOLE_TEXTS = ['topic', 'intro', 'thanks', 'over', 'results'] as const;
export const QUESTION_TEXTS = ['text', 'hint', 'low', 'high', 'constraintMessage'] as const;
const NUMBERS = ['min', 'max', 'most'] as const;
const FORMULAS = ['constraint', 'filter', 'calculation'] as const;
const MARKS = ['required', 'decimals', 'ranges'] as const;
/** Of the conditions that are chosen; more are written as a formula. */
export const CONDITIONS = ['si', 'si2', 'si3', 'si4', 'si5'] as const;
/** As many as a survey may have. */
const MOST_QUESTIONS = 200;
const MOST_OPTIONS = 500;

type Texts = Record<string, string> | undefined;

/** The languages of the survey whose fields are in the form. */
export function languagesIn(form: URLSearchParams, { languages }: WrittenSurvey): string[] {
  const shown = new Set(form.getAll('montrees'));
  return languages.filter((each) => shown.has(each));
}

export function typedOver({ survey, ...draft }: SurveyDraft, form: URLSearchParams): SurveyDraft {
  const languages = languagesIn(form, survey);
  const base = baseOfDraft(survey);
  const texts = (name: string, before: Texts): Texts => {
    const after = { ...before };
    for (const language of languages) {
      const typed = form.get(`${name}.${language}`);
      if (typed === null) continue;
      const text = typed.replace(/\r\n?/g, '\n').trim();
      if (text === '') delete after[language];
      else after[language] = text;
    }
    return after;
  };
  const one = (name: string): string | undefined => form.get(name)?.trim();
  const questions: DraftQuestion[] = [];
  const renamed: [from: string, to: string][] = [];
  for (let index = 0; index < MOST_QUESTIONS && form.has(`q${index}.type`); index += 1) {
    const was = one(`q${index}.was`) ?? '';
    const before = survey.questions.find(({ id }) => id === was) ?? { id: was, type: '' };
    const question = typedQuestion(before, `q${index}`, { form, one, texts, base, languages });
    if (was !== '' && question.id !== was) renamed.push([was, question.id]);
    questions.push(question);
  }
  const written: WrittenSurvey = {
    ...survey,
    keywords: (one('mot-cle') ?? '')
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
    opens: one('ouvre') ?? survey.opens,
    closes: one('ferme') ?? survey.closes,
    ...Object.fromEntries(WHOLE_TEXTS.map((field) => [field, texts(field, survey[field])])),
    review: reviewed(survey, form, languages),
    anonymous: form.has('anonyme') || undefined,
    opening: form.has('ouverture') ? 'question' : undefined,
    promise: one('promesse') || undefined,
    remindAfter: numberIn(one('relance')),
    lists: form.getAll('listes').length > 0 ? form.getAll('listes') : undefined,
    questions,
  };
  const result = renamed.reduce((all, [from, to]) => renameQuestion(all, from, to), written);
  return { ...draft, survey: JSON.parse(JSON.stringify(result)) as WrittenSurvey };
}

interface Typed {
  form: URLSearchParams;
  one(name: string): string | undefined;
  texts(name: string, before: Texts): Texts;
  base: string;
  languages: string[];
}

function typedQuestion(before: DraftQuestion, name: string, typed: Typed): DraftQuestion {
  const { form, one, texts } = typed;
  const field = (part: string, otherwise: unknown): unknown =>
    form.has(`${name}.${part}`) ? one(`${name}.${part}`) || undefined : otherwise;
  return {
    ...before,
    id: one(`${name}.id`) || before.id,
    type: one(`${name}.type`) ?? before.type,
    ...Object.fromEntries(
      QUESTION_TEXTS.map((each) => [each, texts(`${name}.${each}`, before[each] as Texts)]),
    ),
    ...Object.fromEntries(
      NUMBERS.map((each) => [
        each,
        form.has(`${name}.${each}`) ? numberIn(one(`${name}.${each}`)) : before[each],
      ]),
    ),
    ...Object.fromEntries(FORMULAS.map((each) => [each, field(each, before[each])])),
    ...Object.fromEntries(
      MARKS.map((each) => [
        each,
        form.has(`${name}.marques`) ? form.has(`${name}.${each}`) || undefined : before[each],
      ]),
    ),
    accepts: field('accepts', before.accepts),
    relevant: conditionIn(before, name, typed),
    options: optionsIn(before, name, typed),
  } as DraftQuestion;
}

/** A formula that was written by hand wins over what was chosen beside it. */
function conditionIn(
  { relevant = '' }: DraftQuestion,
  name: string,
  { form, one }: Typed,
): string | undefined {
  const written = one(`${name}.relevant`) ?? relevant;
  if (written !== relevant) return written || undefined;
  if (!form.has(`${name}.si`)) return relevant || undefined;
  const formulas = CONDITIONS.map((field) => one(`${name}.${field}`) ?? '').filter(Boolean);
  return joined({ join: one(`${name}.lien`) === 'or' ? 'or' : 'and', formulas }) || undefined;
}

function optionsIn(
  { options }: DraftQuestion,
  name: string,
  { form, one, texts, base, languages }: Typed,
): DraftOption[] | undefined {
  if (!form.has(`${name}.o0.was`)) return options;
  const found: DraftOption[] = [];
  for (let index = 0; index < MOST_OPTIONS && form.has(`${name}.o${index}.was`); index += 1) {
    const at = `${name}.o${index}`;
    const was = one(`${at}.was`);
    const before = options?.find(({ id }) => id === was) ?? { id: '', label: {} };
    const label = texts(`${at}.label`, before.label) ?? {};
    // An empty line is no choice; one that was emptied in every language on the page is taken out.
    if (!languages.some((language) => label[language] !== undefined)) continue;
    const id = one(`${at}.id`) || before.id || optionId(label[base] ?? Object.values(label)[0] ?? '', found);
    found.push({ ...before, id, label, other: form.has(`${at}.other`) || undefined } as DraftOption);
  }
  return found;
}

/** What is no number stays as it was typed, for the fault that names it. */
function numberIn(text: string | undefined): number | string | undefined {
  if (text === undefined || text === '') return undefined;
  const number = Number(text.replace(',', '.'));
  return Number.isNaN(number) ? text : number;
}

function reviewed(
  survey: WrittenSurvey,
  form: URLSearchParams,
  languages: string[],
): WrittenSurvey['review'] {
  const review = { ...survey.review };
  for (const language of languages)
    if (form.has(`review.${language}`)) review[language] = form.get(`review.${language}`) ?? '';
  return review;
}
