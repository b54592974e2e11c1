/** How an example is typed: the number a resident reads beside an option, else its name; a day in figures. */
import { local, phrase } from '../phrase.ts';
import { pageOf } from '../questions/options.ts';
import type { Question } from '../questions.ts';
import type { Survey } from '../survey.ts';
import { type Answers, Reckoning } from '../survey-paths.ts';
import spoken from './examples.json';
import type { Example } from './examples.ts';

/** `page` is how many times a long list is turned over before, so that what is named has been seen. */
interface Typed {
  text: string;
  page?: number;
}

const PASS = '0';

const wordsIn = (language: string): (typeof spoken)['fr'] =>
  (spoken as Record<string, (typeof spoken)['fr']>)[language] ?? spoken.fr;

/** The reply to "other: what?". */
export const otherThing = (language: string): string => wordsIn(language).other;

/** What may be typed to say this, the likeliest first. */
export function typedReplies(
  survey: Survey,
  question: Question,
  answers: Answers,
  example: Example,
  language: string,
): Typed[] {
  if (example.kind === 'skip') return [{ text: PASS }, { text: phrase(language, 'tap.skip') }];
  if (example.kind === 'any') {
    const words = wordsIn(language);
    return [{ text: question.type === 'place' ? words.place : words.text }];
  }
  const { worth } = example;
  switch (question.type) {
    case 'single':
    case 'multiple':
    case 'rank':
      return chosen(survey, question, answers, String(worth).split(' '), language);
    case 'yesno': {
      const yes = worth === (question.names ?? ['yes', 'no'])[0];
      return [{ text: yes ? '1' : '2' }, { text: phrase(language, yes ? 'question.yes' : 'question.no') }];
    }
    case 'date':
      return [{ text: inFigures(String(worth)) }];
    case 'datetime': {
      const [day = '', hour = ''] = String(worth).split('T');
      return [{ text: `${inFigures(day)} ${hour}` }];
    }
    case 'number':
    case 'scale':
    case 'headcount':
      return [{ text: String(worth).replace('.', ',') }, { text: String(worth) }];
    default:
      return [{ text: String(worth) }];
  }
}

const inFigures = (day: string): string => day.split('-').reverse().join('/');

function chosen(
  survey: Survey,
  question: Extract<Question, { options: unknown }>,
  answers: Answers,
  ids: string[],
  language: string,
): Typed[] {
  const on = new Reckoning(survey, answers).numbersOf(question);
  const offered = on ? on.flatMap((number) => question.options[number - 1] ?? []) : question.options;
  const at = ids.map((id) => offered.findIndex((option) => option.id === id));
  if (at.includes(-1)) return [];
  const numbers = at.map((index) => String(index + 1)).join(' ');
  const labels = at.map((index) => local(offered[index]?.label ?? {}, language)).join(', ');
  const page = pageOf(Math.max(...at) + 1, offered.length);
  return [
    { text: numbers, page },
    { text: labels, page },
  ];
}
