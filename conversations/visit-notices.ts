/** What the city says first about a visit: the invitation, the reminder, a change, and that a place is free. */
import type { Event } from './events.ts';
import { HOUR } from './hours.ts';
import type { Moment } from './moment.ts';
import { takesPeople, type Visit } from './visit.ts';
import { answerTo, isRegistered, keepAnswer, noteAnswer } from './visit-answers.ts';
import { showVisit } from './visit-choice.ts';
import { atVisit, hearVisit, type VisitStep, visitWith } from './visit-conversation.ts';
import {
  comeQuestion,
  movedText,
  openingWords,
  reminderQuestion,
  stillQuestion,
  VISIT,
  WHICH,
} from './visit-words.ts';

type Announced = Extract<Event, { type: 'announced' }>;

/** `text`: the announcement's own, as it goes out by SMS; what stands at its end says how to stop. */
export function sayVisit(moment: Moment, event: Announced, text: string): void {
  const { visit: id = '', about = 'invitation', announcement: source } = event;
  const visit = visitWith(moment, id);
  if (about === 'report') {
    moment.say(text);
    return;
  }
  if (about === 'cancelled') {
    forgetVisit(moment, id);
    moment.say(text);
    return;
  }
  if (about === 'moved') {
    const answer = answerTo(moment, id);
    if (visit && answer) keepAnswer(moment, visit, answer);
    atVisit(moment, id, 'still', { source });
    // The figures are in it; where there are buttons, they stand under it.
    moment.say(
      visit && (moment.rich || moment.plain) ? stillQuestion(moment, visit, movedText(moment, visit)) : text,
    );
    return;
  }
  if (about === 'reminder') {
    if (hasJustAsked(moment, id)) return;
    const mine = answerTo(moment, id)?.subject !== undefined;
    const stop = moment.channel === 'sms' ? ` ${moment.phrase('announce.stop')}` : '';
    atVisit(moment, id, 'still', { source });
    moment.say(visit ? reminderQuestion(moment, visit, mine, stop) : text);
    return;
  }
  atVisit(moment, id, 'come', { source });
  if (visit && (moment.rich || moment.plain)) moment.say(comeQuestion(moment, visit));
  else moment.say(visit && visit.moves.length > 0 ? asItIsNow(moment, visit) : text);
}

/** Who has just heard of a free place or a change is not asked the same again by a reminder that was held up overnight. */
const hasJustAsked = ({ now, session: { visit } }: Moment, id: string): boolean =>
  visit?.id === id && visit.step === 'still' && now.getTime() - Date.parse(visit.at) < 2 * HOUR;

/** An invitation may have been written before the visit was moved. */
const asItIsNow = (moment: Moment, visit: Visit): string => {
  const { text } = comeQuestion(moment, visit);
  return moment.channel === 'sms' ? `${text} ${moment.phrase('announce.stop')}` : text;
};

function forgetVisit(moment: Moment, id: string): void {
  const { [id]: _, ...left } = moment.session.visits ?? {};
  moment.set({ visits: Object.keys(left).length > 0 ? left : undefined });
  if (moment.session.visit?.id === id) moment.set({ visit: undefined });
}

/** Said once, and only to who does not know it yet and wants to hear of visits. */
export function sayMovedUp(moment: Moment, event: Extract<Event, { type: 'movedUp' }>): void {
  const visit = visitWith(moment, event.visit);
  const { consent, muted } = moment.session;
  const answer = answerTo(moment, event.visit)?.answer;
  if (!visit || !takesPeople(visit, moment.now) || answer === 'yes') return;
  // Who is on no list has been promised this message all the same.
  if (consent === 'stopped' || muted?.includes('visit') || (consent === 'none' && !answer)) return;
  const { code, people } = event;
  const { day: _, ...before } = answerTo(moment, event.visit) ?? { day: '' };
  noteAnswer(moment, visit, { ...before, answer: 'yes', people, code });
  atVisit(moment, visit.id, 'still');
  const lead = moment.phrase('visit.free', openingWords(visit, moment.language, moment.city));
  moment.say(stillQuestion(moment, visit, lead));
}

/** `visit.V-2026-003.come`: a button answers what stood above it, also long after. */
export function hearVisitTap(moment: Moment, place: string, token: string): boolean {
  if (place === WHICH) return showVisit(moment, token);
  const [id = '', step = '', moves = '0'] = place.slice(VISIT.length).split('.');
  const visit = visitWith(moment, id);
  if (!visit || !STEPS.has(step)) return false;
  const mine = isRegistered(answerTo(moment, id));
  // A yes of last week is not asked again how many they are.
  const now = step === 'come' && mine && token !== '3' ? 'still' : (step as VisitStep);
  atVisit(moment, id, now, { moves: Number(moves) || undefined });
  return hearVisit(moment, token) || moment.hasSaid;
}

const STEPS = new Set<string>(['come', 'people', 'transport', 'still']);
