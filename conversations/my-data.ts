/** MES DONNEES (J12): what the city has of a resident, a copy to read, and how to correct it. */
import { type Language, words } from '../locales/index.ts';
import { contact } from './help.ts';
import type { Moment } from './moment.ts';
import { isLanguage } from './phrase.ts';
import { numbersIn } from './understand/tokens.ts';
import { quartierName } from './welcome.ts';

/** More quartiers than this are counted, not named: the message stays one part. */
const MOST_LISTS = 1;

/** The code of the page is the event's id: an HMAC, which nobody can guess. */
export function tellData(moment: Moment): void {
  if (moment.plain) {
    // No link and no menu: a person reads it out, or sends it.
    if (moment.session.consent === 'stopped') sayBySms(moment);
    else moment.say(moment.phrase('data.summary', { what: held(moment).join(', ') }));
    return;
  }
  const code = moment.event.id;
  moment.do({ type: 'copy', code });
  moment.set({ aside: { kind: 'data' } });
  const words = { what: held(moment).join(', '), site: moment.city.site, code };
  moment.say(moment.phrase('data.summary', words), moment.phrase('data.summaryShort', words));
}

/** The answer to MES DONNEES. Returns false where it is neither 1 nor 2: then it was about something else. */
export function hearData(moment: Moment, text: string): boolean {
  const numbers = numbersIn(text, moment.language);
  const choice = Array.isArray(numbers) && numbers.length === 1 ? numbers[0] : undefined;
  if (choice !== 1 && choice !== 2) return false;
  moment.set({ aside: undefined });
  if (choice === 1) sayBySms(moment);
  // After STOP none of the words that correct is answered: a person does it.
  else if (moment.session.consent === 'stopped') contact(moment);
  else moment.say(moment.phrase('data.correct'));
  return true;
}

const sayBySms = (moment: Moment): void =>
  void moment.say(moment.phrase('data.bySms', { what: held(moment).join(', '), phone: moment.city.phone }));

/** The number, the quartiers, the language, the age band, the surveys: what there is, in the resident's words. */
function held(moment: Moment): string[] {
  const { lists, language, age, ended, survey } = moment.session;
  const surveys = Object.keys(ended).length + (survey ? 1 : 0);
  return [
    moment.phrase('data.number'),
    ...(lists.length > MOST_LISTS
      ? [moment.phrase('data.lists', { count: lists.length })]
      : lists.map((list) => quartierName(moment, list))),
    ...(language && isLanguage(language) ? [words[language as Language].name] : []),
    ...(age ? [moment.phrase('data.age', { age })] : []),
    ...(surveys > 0 ? [moment.phrase('data.surveys', { count: surveys })] : []),
  ];
}
