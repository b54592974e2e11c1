/**
 * Plain mode (J14): one yes/no or one-digit question a message, in full sentences, chosen by the resident (SIMPLE,
 * GROS) or by staff for a list. Its phrases are the `plain.*` ones; this file owns turning it on and off, and a
 * multiple choice asked one option at a time.
 */

import { carried, judged, secondsSince } from './answer.ts';
import type { Answer } from './events.ts';
import type { Moment } from './moment.ts';
import { type Asked, proofOf, withPrefix } from './offer.ts';
import { pose } from './posed.ts';
import { typeOf } from './questions.ts';
import type { OpenSurvey } from './session.ts';
import type { Survey } from './survey.ts';
import { asked, questionAt } from './survey-questions.ts';
import { accept } from './survey-steps.ts';
import { readYesNo } from './understand/yes-no.ts';

/** SIMPLE, or SIMPLE NON; the question at hand is asked again in the new way. */
export function choosePlain(
  moment: Moment,
  plain: 'on' | 'off',
  openQuestion: (moment: Moment) => Asked | undefined,
): void {
  moment.set({ plain });
  const { join, survey } = moment.session;
  // What was asked in one piece is asked in one piece again, and the other way round.
  if (survey?.picked || survey?.marked)
    moment.set({ survey: { ...survey, picked: undefined, marked: undefined } });
  const done = moment.phrase(plain === 'on' ? 'plain.on' : 'plain.off', { phone: moment.city.phone });
  const open = openQuestion(moment);
  if (open === undefined) {
    moment.say(done);
    return;
  }
  // The consent that is proved is the text that was sent.
  if (join?.text !== undefined) moment.set({ join: { ...join, text: proofOf(open) } });
  moment.say(...withPrefix([done], open));
}

/**
 * A reply to one option of a multiple choice. Returns false where the question is not asked that way, or the reply
 * is no yes or no: then it may name the choices by itself.
 */
export function hearOption(moment: Moment, survey: Survey, open: OpenSurvey, text: string): boolean {
  if (!moment.plain || open.check) return false;
  const question = questionAt(survey, open.at);
  const posed = pose(survey, question, open.answers);
  const options = typeOf(posed.shown).oneByOne?.(posed.shown, moment.language);
  if (!options) return false;
  const reading = readYesNo(text, moment.language);
  if (reading.kind !== 'value') return false;
  const before = open.picked ?? { asked: 0, chosen: [] };
  const picked = {
    asked: before.asked + 1,
    chosen: reading.value ? [...before.chosen, before.asked + 1] : before.chosen,
  };
  if (picked.asked < options.length) {
    const next: OpenSurvey = { ...open, prev: undefined, picked, tries: undefined, last: moment.at };
    moment.set({ survey: next });
    moment.say(asked(moment, survey, question, next));
    return true;
  }
  const answer: Answer = {
    v: picked.chosen,
    t: secondsSince(moment, open.started),
    ...(moment.language !== 'fr' && { l: moment.language }),
    ...carried(moment),
  };
  const heard = judged(moment, survey, posed, open.answers, { kind: 'answer', answer });
  if (heard.kind === 'answer') accept(moment, survey, open, heard.answer);
  else {
    // Not possible as a whole: it is asked from the first option again.
    const from = { ...open, prev: undefined, picked: undefined, last: moment.at };
    moment.set({ survey: from });
    const why = heard.kind === 'refused' ? [heard.why] : [];
    moment.say(...withPrefix(why, asked(moment, survey, question, from)));
  }
  return true;
}
