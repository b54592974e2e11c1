/**
 * A thought sent in two messages (design.md 3, Bursts): what follows an answer at once, and is no reply to the next
 * question, belongs to that answer. It costs no try and gets an empty response.
 */
import { joined } from './answer.ts';
import { timeOf } from './instant.ts';
import type { Moment } from './moment.ts';
import { typeOf } from './questions.ts';
import { BURST_SECONDS, type OpenSurvey } from './session.ts';
import { definition, questionAt } from './survey-questions.ts';
import { politeOnly } from './understand/reading.ts';

const atOnce = (moment: Moment, since: string): boolean =>
  moment.now.getTime() - timeOf(since) < BURST_SECONDS * 1000;

/** Inside a survey. Returns whether the text has found its place. */
export function joinBurst(moment: Moment, open: OpenSurvey, text: string): boolean {
  if (!open.prev || !atOnce(moment, open.last)) return false;
  const answer = open.answers[open.prev];
  if (!answer || !text.trim()) return false;
  if (politeOnly(text, moment.language)) return true;
  // Who passed, or was not understood, has said something after all: kept as the comment it is.
  const survey = definition(moment, open);
  const comment = survey && !typeOf(questionAt(survey, open.prev)).words;
  const next = joined(answer, text, { source: moment.event.id, comment });
  if (!next) return false;
  moment.set({ survey: { ...open, answers: { ...open.answers, [open.prev]: next } } });
  return true;
}

/** After the last question: the sheet is stored, and what follows is added to it. */
export function joinTail(moment: Moment, text: string): boolean {
  for (const [survey, { tail, at, revision }] of Object.entries(moment.session.ended)) {
    if (!tail || !atOnce(moment, at) || !text.trim()) continue;
    if (!politeOnly(text, moment.language)) {
      const answered = definition(moment, { key: survey, revision });
      const comment = answered && !typeOf(questionAt(answered, tail)).words;
      moment.do({
        type: 'append',
        survey,
        question: tail,
        text: text.trim(),
        ...(comment && { comment: true as const }),
      });
    }
    return true;
  }
  return false;
}

/** What can no longer be joined need not be kept. */
export function dropTails(moment: Moment): void {
  const { ended } = moment.session;
  const over = Object.entries(ended).filter(([, { tail, at }]) => tail && !atOnce(moment, at));
  for (const [survey, { tail, ...rest }] of over)
    moment.set({ ended: { ...moment.session.ended, [survey]: rest } });
}
