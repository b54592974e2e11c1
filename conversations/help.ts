/** AIDE, CONTACT, RAPPEL, and what is said to a message that answers no question. */

import { DAY } from './hours.ts';
import { callTime } from './language.ts';
import { nextLive } from './live.ts';
import type { Moment } from './moment.ts';
import { shortest } from './shape.ts';
import type { Survey } from './survey.ts';
import { overText } from './survey-begin.ts';
import { isOpen, keywordOf } from './survey-steps.ts';
import { visitsFor } from './visit-answers.ts';

/** The words are French in every language, like the others that we teach. */
const VISIT_WORD = 'VISITE';
const QUESTIONS_WORD = 'QUESTIONS';
const LATE = 30 * DAY;

/** Only what works, and no more than one part holds: the city's own words and open surveys come first to go. */
export function help(moment: Moment): void {
  const { city, world } = moment;
  if (moment.plain) {
    moment.say(moment.phrase('plain.help.commands', { phone: city.phone }));
    return;
  }
  const { survey: open, ended } = moment.session;
  const corrects = open
    ? Object.keys(open.answers).length > 0
    : Object.values(ended).some((each) => each.end === 'done');
  const fixed = ['LANGUE', 'CONTACT', ...(corrects ? ['MODIF 1'] : []), 'MES DONNEES', 'EFFACER', 'RAPPEL'];
  const surveys = world.surveys
    .all()
    .filter((survey) => isOpen(survey, moment.now) && isFor(moment, survey))
    .map(keywordOf);
  const events = [
    ...(visitsFor(moment).length > 0 ? [VISIT_WORD] : []),
    ...(nextLive(world.lives ?? []) ? [QUESTIONS_WORD] : []),
  ];
  const own = city.commands.map((command) => command.keywords[0] as string);
  const text = (words: string[]): string =>
    moment.phrase('help.commands', { words: words.join(', '), phone: city.phone });
  const all = [...events, ...surveys];
  moment.say(
    shortest([
      text([...all, ...own, ...fixed]),
      text([...all, ...fixed]),
      text([...events, ...fixed]),
      text(fixed),
    ]),
  );
}

const isFor = (moment: Moment, { lists }: Survey): boolean =>
  !lists || lists.some((list) => moment.session.lists.includes(list));

export function contact(moment: Moment): void {
  const { name, phone, site } = moment.city;
  // After STOP no RAPPEL is answered: it is not offered.
  const stopped = moment.session.consent === 'stopped';
  moment.say(moment.phrase(stopped ? 'help.contactStopped' : 'help.contact', { city: name, phone, site }));
}

/** What the service is (INFO). */
export function infoText(moment: Moment): string {
  const { name, site, messagesPerMonth } = moment.city;
  return moment.phrase('help.info', { city: name, site, max: messagesPerMonth });
}

/** SUIVI and VOTE, while the city runs neither: a person reads the request, and a code is not kept. */
export function notYet(
  moment: Moment,
  request: { reference: string } | { code: string },
  text: string,
): void {
  if ('code' in request) {
    moment.say(moment.phrase('help.vote'));
    return;
  }
  moment.do({ type: 'keep', text, why: 'request' });
  moment.say(moment.phrase('help.track', { reference: request.reference }));
}

export function callBack(moment: Moment): void {
  moment.do({ type: 'call', language: moment.session.voice ?? moment.language, why: 'asked' });
  moment.say(moment.phrase('help.callback', callTime(moment)));
}

/** A message from someone we know, outside any question: a person reads it. */
export function keepForStaff(moment: Moment, text: string): void {
  if (!text.trim()) {
    moment.say(moment.phrase('help.empty'));
    return;
  }
  moment.do({ type: 'keep', text, why: 'no-question' });
  const late = lateFor(moment);
  if (!late) moment.say(moment.phrase('help.kept'));
  else if (isOpen(late, moment.now)) moment.say(moment.phrase('survey.gone', { keyword: keywordOf(late) }));
  else moment.say(overText(late, moment.language));
}

/** The survey whose time ran out on this resident a short while ago: what they write may be meant for it. */
function lateFor(moment: Moment): Survey | undefined {
  const since = new Date(moment.now.getTime() - LATE).toISOString();
  const late = Object.entries(moment.session.ended).find(
    ([, each]) => each.end === 'expired' && each.at > since,
  );
  return late && moment.world.surveys.get(late[0], late[1].revision);
}
