/**
 * What comes besides text: a voice note, a picture, a document, a place on the map. To an open question it is the
 * answer; a person listens or looks in any case (J19), and nothing of it is guessed.
 */
import words from '../locales/fr/codebook.json';
import { hearAfterAlarm } from './alarm.ts';
import { filesIn } from './answer.ts';
import { correctionQuestion, hearCorrection } from './correction.ts';
import type { Event, Media, Place } from './events.ts';
import type { Moment } from './moment.ts';
import { withPrefix } from './offer.ts';
import { questionAtHand } from './open-question.ts';
import type { Beside } from './questions/type.ts';
import { type Question, typeOf } from './questions.ts';
import { hearSurvey } from './survey-conversation.ts';
import { definition, INTRO, questionAt } from './survey-questions.ts';
import { isOpen } from './survey-steps.ts';

type Said = Extract<Event, { type: 'said' }>;
interface Target {
  survey: string;
  question: string;
}

/** To be fetched and kept, as an answer or for whoever reads the message. */
export const attach = (moment: Moment, media: Media[], target?: Target): void =>
  moment.do({ type: 'attach', media, ...(target ? { why: 'answer', ...target } : { why: 'message' }) });

/** Files and no words. */
export function hearFiles(moment: Moment, event: Said): void {
  const files = filesIn(event);
  const voice = files.some(({ kind }) => kind === 'voice');
  const target = openTarget(
    moment,
    files.map(({ kind }) => kind as Beside),
  );
  // What staff read in place of the words.
  const text = files.map(({ kind }) => words.media[kind as keyof typeof words.media]).join(' ');
  const { consent } = moment.session;
  attach(moment, files, consent === 'stopped' ? undefined : target);
  moment.do({ type: 'keep', text, why: consent === 'stopped' ? 'after-stop' : 'media' });
  if (consent === 'stopped') return;
  if (target) hearOpenly(moment, text);
  else if (
    !hearAfterAlarm(moment, text) &&
    !thankAndAsk(moment, voice ? 'media.voiceLead' : 'media.otherLead')
  ) {
    if (voice) leaveToRelay(moment);
    else moment.say(moment.phrase('media.other'));
  }
}

/** A voice note outside any question: someone who speaks the language listens and answers (J19). */
function leaveToRelay(moment: Moment): void {
  const { voice } = moment.session;
  const greeting = moment.city.voices.find(({ code }) => code === voice)?.greeting;
  moment.do({ type: 'call', language: voice ?? moment.language, why: 'voice' });
  moment.say({ text: moment.phrase('media.voice'), ...(greeting && moment.rich && { media: [greeting] }) });
}

/** A place and no words. */
export function hearPlace(moment: Moment, place: Place): void {
  const text = placeText(place);
  const { latitude, longitude } = place;
  const { consent } = moment.session;
  const target = consent === 'stopped' ? undefined : openTarget(moment, ['place']);
  if (!target) {
    const why = consent === 'stopped' ? 'after-stop' : 'place';
    moment.do({ type: 'keep', text, why, place: { latitude, longitude } });
  }
  if (consent === 'stopped') return;
  if (target) hearOpenly(moment, text);
  else if (!hearAfterAlarm(moment, text) && !thankAndAsk(moment, 'media.otherLead'))
    moment.say(moment.phrase('place.kept'));
}

/** What it is called, else where it is, to a metre. */
export const placeText = ({ name, address, latitude, longitude }: Place): string =>
  [name, address].filter(Boolean).join(', ') || `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

const takes = (question: Question, what: Beside[]): boolean =>
  what.some((each) => typeOf(question).takes?.(question, each));

/** The question at hand, where one of these is an answer to it. */
function openTarget(moment: Moment, what: Beside[]): Target | undefined {
  const { aside, amend, join, survey: open } = moment.session;
  if (aside) return undefined;
  if (amend && correctionQuestion(moment)) {
    const survey = moment.world.surveys.get(amend.survey, amend.revision);
    const asked = survey && questionAt(survey, amend.question);
    const anything = !amend.check && (amend.other || (asked && takes(asked, what)));
    return anything ? { survey: amend.survey, question: amend.question } : undefined;
  }
  const survey = open && definition(moment, open);
  if (join || !survey || open.at === INTRO || open.check || !isOpen(survey, moment.now)) return undefined;
  const anything = open.other || takes(questionAt(survey, open.at), what);
  return anything ? { survey: open.key, question: open.at } : undefined;
}

function hearOpenly(moment: Moment, text: string): void {
  if (moment.session.amend) hearCorrection(moment, text);
  else hearSurvey(moment, text, () => false);
}

/** "A person listens", and the question again, which costs no try. False where nothing is asked. */
function thankAndAsk(moment: Moment, lead: 'media.voiceLead' | 'media.otherLead'): boolean {
  const question = questionAtHand(moment);
  if (question) moment.say(...withPrefix([moment.phrase(lead)], question));
  return question !== undefined;
}
