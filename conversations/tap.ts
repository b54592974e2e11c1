/**
 * A tap. What is asked now is answered by it; an answer to an earlier question of the survey is corrected by it;
 * whatever else was tapped is asked again as it stands now. Never a wrong answer, and never silence.
 */
import { hearAfterAlarm } from './alarm.ts';
import { correctionQuestion, hearCorrection, reopen } from './correction.ts';
import type { Answer } from './events.ts';
import type { Moment } from './moment.ts';
import { type Asked, DONE, readTap } from './offer.ts';
import { asideQuestion, questionAtHand } from './open-question.ts';
import { type Question, typeOf } from './questions.ts';
import type { OpenSurvey } from './session.ts';
import { beginSurvey, hearSurvey } from './survey-conversation.ts';
import { definition, placeOf, surveyQuestion } from './survey-questions.ts';
import { cleared } from './survey-steps.ts';
import { hearJoin, joinQuestion, MORE, OFFER, offer, tellMore } from './welcome.ts';

/** What lies around a survey and is the engine's: the answer to an aside, and what makes way for a survey. */
export interface Around {
  aside(moment: Moment, text: string): boolean;
  rest(moment: Moment): void;
}

/** `label` is what stood on it. After STOP only what was asked about one's data is answered. */
export function hearTap(moment: Moment, id: string, label: string, around: Around): void {
  const { place, token } = readTap(id) as NonNullable<ReturnType<typeof readTap>>;
  const offers = (asked: Asked | undefined): boolean =>
    asked?.offer?.choices.some((choice) => choice.id === id) ?? false;
  const stopped = moment.session.consent === 'stopped';
  const hear = (what: () => boolean): boolean => {
    moment.tapped = true;
    const heard = what();
    if (!moment.hasSaid) moment.tapped = false;
    return heard;
  };
  if (offers(asideQuestion(moment)) && hear(() => around.aside(moment, token))) return;
  if (stopped) {
    if (label.trim()) moment.do({ type: 'keep', text: label, why: 'after-stop' });
    return;
  }
  if (offers(correctionQuestion(moment))) {
    moment.set({ aside: undefined });
    if (hear(() => hearCorrection(moment, token))) return;
  }
  if (offers(joinQuestion(moment))) {
    moment.set({ aside: undefined, amend: undefined });
    if (token === MORE) {
      tellMore(moment);
      return;
    }
    if (hear(() => hearJoin(moment, token))) return;
  }
  const inSurvey = offers(surveyQuestion(moment)) || backTo(moment, place, token);
  if (inSurvey) {
    keepWaiting(moment);
    around.rest(moment);
    inSurvey !== true && inSurvey();
    hear(() => {
      hearSurvey(moment, token, () => false);
      return true;
    });
    return;
  }
  askAgain(moment, place, label, around);
}

/** What waits under "stop the messages, or is it an answer?" is not lost. */
function keepWaiting(moment: Moment): void {
  const { aside } = moment.session;
  if (aside?.kind === 'stop' && aside.text.trim())
    moment.do({ type: 'keep', text: aside.text, why: 'no-question' });
}

/** The way back to a question of the open survey that was answered with something else. */
function backTo(moment: Moment, place: string, token: string): (() => void) | undefined {
  const open = moment.session.survey;
  const survey = open && definition(moment, open);
  const question = survey?.questions.find(({ id }) => placeOf(survey, id) === place);
  if (!open || !question) return undefined;
  const { choices, several } = typeOf(question).choices(question, moment);
  if (!choices.some((choice) => choice.token === token)) return undefined;
  if (question.id === open.at)
    // Its "other: what?" or its read-back is being asked: another choice takes the place of the first.
    return () => moment.set({ survey: { ...cleared(open), other: undefined } });
  const before = open.answers[question.id];
  if (!before || token === (several ? DONE : tokenOf(question, before, token, moment))) return undefined;
  return () => {
    reopen(moment, open, question);
    if (several && Array.isArray(before.v))
      moment.set({ survey: { ...(moment.session.survey as OpenSurvey), marked: before.v } });
  };
}

/** The token itself where it says what was answered already. */
function tokenOf(question: Question, { v }: Answer, token: string, { language }: Moment): string | undefined {
  const reading = typeOf(question).parse(question, token, language);
  return reading.kind === 'value' && reading.value === v ? token : undefined;
}

/** A button of yesterday: what is asked today is asked again, else what the button was about. */
function askAgain(moment: Moment, place: string, label: string, around: Around): void {
  const question = questionAtHand(moment);
  if (question) {
    moment.say(question);
    return;
  }
  if (hearAfterAlarm(moment, label)) return;
  const [key = ''] = place.split('.');
  const survey = moment.world.surveys.latest(key);
  if (survey) {
    beginSurvey(moment, survey, { mode: 'mot-clé' });
    if (moment.session.survey) around.rest(moment);
    return;
  }
  const quartier = place.startsWith(OFFER) ? place.slice(OFFER.length) : undefined;
  if (moment.city.quartiers.some(({ id }) => id === quartier)) offer(moment, quartier as string);
  else moment.say(moment.phrase('tap.gone'));
}
