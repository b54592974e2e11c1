/**
 * A whole survey in one message, as ODK's forms write it by SMS: its keyword, then each question's name and its answer
 * ("SQUARE q1 3 q2 1,3"). What can be read and may be counts; the conversation goes on with the rest.
 */
import { judged, readAnswer } from './answer.ts';
import { DAY } from './hours.ts';
import type { Moment } from './moment.ts';
import { pose } from './posed.ts';
import type { Question } from './questions.ts';
import { EXPIRY_DAYS, type OpenSurvey } from './session.ts';
import type { Survey } from './survey.ts';
import { opened } from './survey-begin.ts';
import {
  type Answers,
  answersThatCount,
  askable,
  nextAfter,
  placeAmong,
  Reckoning,
  relevantQuestions,
} from './survey-paths.ts';
import { definition } from './survey-questions.ts';
import { ask, cleared, isOpen } from './survey-steps.ts';

interface Written {
  survey: Survey;
  said: Map<Question, string>;
}

/** Returns false where the message is no such record, or nothing in it can be read: then it is a sentence. */
export function hearRecord(moment: Moment, text: string): boolean {
  const record = recordIn(moment, text);
  if (!record) return false;
  const { survey, said } = record;
  const running = underWay(moment, survey.key);
  const started = running?.started ?? moment.at;
  const read = answersIn(moment, record, running?.answers ?? {}, started);
  if (read.size === 0) return false;
  const open = running ?? opened(moment, survey, { mode: 'mot-clé' });
  if (!open) return true;
  // Nothing that was written is lost: a person sees what we could not read.
  if (read.size < said.size) moment.do({ type: 'keep', text, why: 'no-question' });
  const answers = { ...open.answers, ...Object.fromEntries(read) };
  const count = Object.keys(answersThatCount(survey, answers)).length;
  const next = nextAfter(survey, answers, undefined);
  const { total } = next.question
    ? placeAmong(survey, next.question, answers)
    : { total: relevantQuestions(survey, answers).length };
  const value = `${count}/${total}`;
  const settled: OpenSurvey = {
    ...cleared(open),
    back: undefined,
    backOther: undefined,
    other: undefined,
    // Who has answered is past the introduction: what they said is kept however it ends.
    at: [...read.keys()].at(-1) as string,
    answers,
  };
  ask(moment, survey, settled, next, {
    told: [moment.phrase('question.noted', { value })],
  });
  return true;
}

/** The survey of this key, where it is being answered and still may be. */
function underWay(moment: Moment, key: string): OpenSurvey | undefined {
  const open = moment.session.survey;
  const survey = open?.key === key && definition(moment, open);
  if (!open || !survey || !isOpen(survey, moment.now)) return undefined;
  return moment.now.getTime() - Date.parse(open.last) < EXPIRY_DAYS * DAY ? open : undefined;
}

/** What can be read and may be, each in the light of those before. What is not sure is asked, as any question is. */
function answersIn(
  moment: Moment,
  { survey, said }: Written,
  before: Answers,
  started: string,
): Map<string, Answers[string]> {
  const read = new Map<string, Answers[string]>();
  for (const question of askable(survey)) {
    const text = said.get(question);
    const answers = { ...before, ...Object.fromEntries(read) };
    if (text === undefined || !new Reckoning(survey, answers).isRelevant(question)) continue;
    const posed = pose(survey, question, answers);
    const { shown } = posed;
    const heard = readAnswer(moment, shown, nameless(shown, text), started);
    const judgement = judged(moment, survey, posed, answers, heard);
    if (judgement.kind === 'answer') read.set(question.id, judgement.answer);
  }
  return read;
}

/** ODK writes an option by its name, a resident by its number or its label. */
function nameless(question: Question, text: string): string {
  if (!('options' in question)) return text;
  const names = text.split(/[\s,]+/).filter(Boolean);
  const numbers = names.map((name) => question.options.findIndex(({ id }) => id === name) + 1);
  return numbers.every((number) => number > 0) && numbers.length > 0 ? numbers.join(' ') : text;
}

function recordIn(moment: Moment, text: string): Written | undefined {
  const [first = '', ...words] = text.trim().split(/\s+/);
  if (words.length < 2) return undefined;
  const keyword = first.toUpperCase();
  const latest = moment.world.surveys.all().find(({ keywords }) => keywords.includes(keyword));
  if (!latest) return undefined;
  const running = underWay(moment, latest.key);
  // Who has begun an earlier revision goes on with that one.
  const survey = (running && definition(moment, running)) ?? latest;
  const said = new Map<Question, string>();
  let at: Question | undefined;
  for (const word of words) {
    const named = tagged(survey, word);
    if (named && !said.has(named)) {
      at = named;
      said.set(named, '');
    } else if (at) said.set(at, `${said.get(at)} ${word}`.trim());
    else return undefined;
  }
  // A name with nothing behind it is a word of a sentence.
  return [...said.values()].every(Boolean) ? { survey, said } : undefined;
}

/** "q2" is the second question, unless one is called so. */
function tagged(survey: Survey, word: string): Question | undefined {
  const questions = askable(survey);
  const name = word.toLowerCase();
  const named = questions.find(({ id }) => id.toLowerCase() === name);
  const number = /^q(\d+)$/.exec(name)?.[1];
  return named ?? (number ? questions[Number(number) - 1] : undefined);
}
