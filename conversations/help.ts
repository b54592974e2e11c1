/** AIDE, CONTACT, RAPPEL, and what is said to a message that answers no question. */
import { callTime } from './language.ts';
import type { Moment } from './moment.ts';
import { shortest } from './shape.ts';
import { isOpen, keywordOf } from './survey-conversation.ts';

/** Only what works, and no more than one part holds: the city's own words and open surveys come first to go. */
export function help(moment: Moment): void {
  const { city, world } = moment;
  const fixed = ['LANGUE', 'CONTACT', 'MODIF', 'EFFACER', 'RAPPEL'];
  const surveys = world.surveys
    .all()
    .filter((survey) => isOpen(survey, moment.now))
    .map(keywordOf);
  const own = city.commands.map((command) => command.keywords[0] as string);
  const text = (words: string[]): string =>
    moment.phrase('help.commands', { words: words.join(', '), phone: city.phone });
  moment.say(shortest([text([...surveys, ...own, ...fixed]), text([...surveys, ...fixed]), text(fixed)]));
}

export function contact(moment: Moment): void {
  const { name, phone, site } = moment.city;
  moment.say(moment.phrase('help.contact', { city: name, phone, site }));
}

export function callBack(moment: Moment): void {
  moment.do({ type: 'call', language: moment.language, why: 'asked' });
  moment.say(moment.phrase('help.callback', callTime(moment)));
}

/** A message from someone we know, outside any question: a person reads it. */
export function keepForStaff(moment: Moment, text: string): void {
  if (!text.trim()) {
    moment.say(moment.phrase('help.empty'));
    return;
  }
  moment.do({ type: 'keep', text, why: 'no-question' });
  moment.say(moment.phrase('help.kept'));
}
