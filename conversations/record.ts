/**
 * A whole survey in one message, as ODK's forms write it by SMS: its keyword, then each question's name and its answer
 * ("SQUARE q1 3 q2 1,3"). What can be read and may be counts; the conversation goes on with the rest.
 */
import { judged, readAnswer } from './answer.ts';
import type { Moment } from './moment.ts';
import { pose } from './posed.ts';
import type { Question } from './questions.ts';
import type { OpenSurvey } from './session.ts';
import type { Survey } from './survey.ts';
import { opened } from './survey-begin.ts';
import { type Answers, askable, nextAfter, Reckoning, relevantQuestions } from './survey-paths.ts';
import { ask } from './survey-steps.ts';

interface Written {
  survey: Survey;
  said: Map<Question, string>;
}

/** Returns false where the message is no such record. */
export function hearRecord(moment: Moment, text: string): boolean {
  const record = recordIn(moment, text);
  if (!record) return false;
  const { survey, said } = record;
  const running = moment.session.survey;
  const open =
    running?.key === survey.key && running.revision === survey.revision
      ? running
      : opened(moment, survey, { mode: 'mot-clé' });
  if (open) take(moment, survey, open, said);
  return true;
}

function take(moment: Moment, survey: Survey, open: OpenSurvey, said: Map<Question, string>): void {
  const answers: Answers = { ...open.answers };
  for (const question of askable(survey)) {
    const text = said.get(question);
    if (text === undefined || !new Reckoning(survey, answers).isRelevant(question)) continue;
    const posed = pose(survey, question, answers);
    const heard = judged(
      moment,
      survey,
      posed,
      answers,
      readAnswer(moment, posed.shown, nameless(posed.shown, text), open.started),
    );
    // What is not sure is asked, as any other question is.
    if (heard.kind === 'answer') answers[question.id] = heard.answer;
  }
  const total = relevantQuestions(survey, answers).length;
  const value = `${Object.keys(answers).length}/${total}`;
  ask(
    moment,
    survey,
    { ...open, answers, reminders: open.reminders },
    nextAfter(survey, answers, undefined),
    {
      told: [moment.phrase('question.noted', { value })],
    },
  );
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
  const survey = moment.world.surveys.all().find(({ keywords }) => keywords.includes(keyword));
  if (!survey) return undefined;
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
