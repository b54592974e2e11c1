/** The survey as it is put at its longest: everything asked, all options on offer, places filled with what is longest. */
import type { World } from '../moment.ts';
import { local } from '../phrase.ts';
import type { Question } from '../questions.ts';
import { sms } from '../shape.ts';
import { type Survey, surveyShelf } from '../survey.ts';
import { questionWith } from '../survey-paths.ts';
import type { Sheet } from './finding.ts';
import { optionsOf } from './texts-of.ts';

interface Posed {
  world: World;
  survey: Survey;
  posed: Question;
}

/** Of one look at a survey: another may be in another city. */
const made = new WeakMap<Sheet, Map<string, { world: World; survey: Survey }>>();

/** The question in a copy of the survey without conditions and filters. */
export function asPosed(sheet: Sheet, question: Question, language: string): Posed {
  const { world, survey } = atItsLongest(sheet, language);
  const index = sheet.survey.questions.indexOf(question);
  return { world, survey, posed: survey.questions[index] as Question };
}

export function atItsLongest(sheet: Sheet, language: string): { world: World; survey: Survey } {
  const { survey, city } = sheet;
  const known = made.get(sheet) ?? new Map();
  made.set(sheet, known);
  const kept = known.get(language);
  if (kept) return kept;
  const copy = withoutConditions(filled(survey, survey, language) as Survey);
  const result = { world: { city, surveys: surveyShelf([copy]) }, survey: copy };
  known.set(language, result);
  return result;
}

function withoutConditions(survey: Survey): Survey {
  const bare = <Part extends object>(part: Part): Part => {
    const {
      relevant: _relevant,
      filter: _filter,
      ...rest
    } = part as Part & { relevant?: string; filter?: string };
    return rest as unknown as Part;
  };
  return { ...survey, sections: survey.sections?.map(bare), questions: survey.questions.map(bare) };
}

/** What is reckoned with is not said. */
const FORMULAS = new Set(['relevant', 'constraint', 'filter', 'calculation', 'columns']);

/** Every text in which an earlier answer is said back, with the longest that it can hold in this language. */
function filled(value: unknown, survey: Survey, language: string): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{\s*([^{}\s]+)\s*\}/gu, (_, name: string) => longest(survey, name, language));
  if (Array.isArray(value)) return value.map((each) => filled(each, survey, language));
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        FORMULAS.has(key) ? inner : filled(inner, survey, language),
      ]),
    );
  return value;
}

/** What a resident writes can be longer still: two words stand for it. */
const WORDS = 'exemple exemple';
const widest = (texts: string[]): string => texts.reduce((a, b) => (sms(b).units > sms(a).units ? b : a), '');

function longest(survey: Survey, name: string, language: string): string {
  const question = questionWith(survey, name);
  if (!question) return '';
  const labels = optionsOf(question).map(({ label }) => local(label, language));
  switch (question.type) {
    case 'single':
      return widest(labels);
    case 'multiple':
    case 'rank':
      return labels.join(', ');
    case 'yesno':
      return 'non';
    case 'scale':
    case 'number':
    case 'headcount':
      return String(question.max ?? 1000);
    case 'date':
      return '2026-05-24';
    case 'time':
      return '14:30';
    case 'datetime':
      return '2026-05-24T14:30';
    case 'calculate':
      return '1000';
    default:
      return WORDS;
  }
}
