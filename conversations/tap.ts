/**
 * A tap. What is asked now is answered by it; an answer to an earlier question of the survey is corrected by it;
 * whatever else was tapped is asked again as it stands now. Never a wrong answer, and never silence.
 */
import { hearAfterAlarm } from './alarm.ts';
import { correctionQuestion, hearCorrection, reopen } from './correction.ts';
import type { Answer } from './events.ts';
import { inParis } from './hours.ts';
import { hearLiveTap } from './live-conversation.ts';
import { LIVE } from './live-words.ts';
import type { Moment } from './moment.ts';
import { type Asked, DONE, readTap } from './offer.ts';
import { asideQuestion, questionAtHand } from './open-question.ts';
import { type Posed, pose, shownNumbers, stored } from './posed.ts';
import { pagesOf } from './questions/options.ts';
import { type Question, typeOf } from './questions.ts';
import type { OpenSurvey } from './session.ts';
import type { Survey } from './survey.ts';
import { beginSurvey } from './survey-begin.ts';
import { hearSurvey } from './survey-conversation.ts';
import { askable } from './survey-paths.ts';
import { definition, placeOfPosed, surveyQuestion } from './survey-questions.ts';
import { cleared } from './survey-steps.ts';
import { hearVisitTap } from './visit-notices.ts';
import { VISIT } from './visit-words.ts';
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
  if (place.startsWith(VISIT) || place.startsWith(LIVE)) {
    const { live } = moment.session;
    keepWaiting(moment);
    around.rest(moment);
    hear(() =>
      place.startsWith(LIVE) ? hearLiveTap(moment, place, token, live) : hearVisitTap(moment, place, token),
    );
    if (moment.hasSaid || moment.claim) return;
    moment.say(moment.phrase('tap.gone'));
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
  const question = survey && askable(survey).find((each) => isPlace(survey, each, open, place));
  if (!open || !survey || !question) return undefined;
  const posed = pose(survey, question, open.answers);
  const { several } = typeOf(posed.shown).choices(posed.shown, moment);
  if (!offersAnywhere(moment, posed, token)) return undefined;
  if (question.id === open.at)
    // Its "other: what?" or its read-back is being asked, or another page: another choice takes the place of the first.
    return () => moment.set({ survey: { ...cleared(open), marked: open.marked, other: undefined } });
  const before = open.answers[question.id];
  if (!before || token === (several ? DONE : tokenOf(moment, posed, before, token))) return undefined;
  return () => {
    reopen(moment, open, question);
    if (several && Array.isArray(before.v)) {
      const marked = shownNumbers(posed, before.v);
      moment.set({ survey: { ...(moment.session.survey as OpenSurvey), marked } });
    }
  };
}

const isPlace = (survey: Survey, question: Question, open: OpenSurvey, place: string): boolean =>
  placeOfPosed(survey, pose(survey, question, open.answers)) === place;

/** On any page of a long list. */
function offersAnywhere(moment: Moment, { shown }: Posed, token: string): boolean {
  const pages = 'options' in shown ? pagesOf(shown.options.length) : 1;
  const { page } = moment;
  const found = Array.from({ length: pages }, (_, index) => index).some((index) => {
    moment.page = index;
    return typeOf(shown)
      .choices(shown, moment)
      .choices.some((choice) => choice.token === token);
  });
  moment.page = page;
  return found;
}

/** The token itself where it says what was answered already. */
function tokenOf(moment: Moment, posed: Posed, { v }: Answer, token: string): string | undefined {
  const { date, time } = inParis(moment.now);
  const { shown } = posed;
  const reading = typeOf(shown).parse(shown, token, moment.language, `${date}T${time}`);
  const same = reading.kind === 'value' && stored(posed, { v: reading.value, t: 0 }).v === v;
  return same ? token : undefined;
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
