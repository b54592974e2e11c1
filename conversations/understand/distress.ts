/**
 * Hears someone in danger, whatever the language and the question: whole phrases only, no single word ("tuer" is
 * also what cars may do). What follows is `alarm.ts`'s.
 */
import { languages, words } from '../../locales/index.ts';
import { normalise } from './normalise.ts';
import { phraseFinder } from './phrase-finder.ts';

/** By their own hand, or by another's, which includes a threat to others. */
export type Danger = 'self' | 'violence';

/** Scripts that write words without spaces, or join them with endings, are looked through for the phrase anywhere. */
const JOINED = /[\u0600-\u06ff\u0980-\u09ff\u0b80-\u0bff\u3400-\u9fff]/u;

const spaced: [phrase: string, danger: Danger][] = [];
const joined: [phrase: string, danger: Danger][] = [];
for (const language of languages)
  for (const danger of ['self', 'violence'] as const)
    for (const each of words[language].distress[danger]) {
      const phrase = normalise(each);
      if (JOINED.test(phrase)) joined.push([phrase, danger]);
      else if (phrase) spaced.push([phrase, danger]);
    }
const findSpaced = phraseFinder(spaced);

/** "m'en" and "jveux", as they are typed. */
const TYPED: [RegExp, string][] = [
  [/ j(veux|vais|ai) /g, ' je $1 '],
  [/ ve (?=mourir|me |en finir|plus )/g, ' veux '],
  [/ v (?=me |te |le |la |les |vous )/g, ' vais '],
];

const MAYBE_TYPED = /(?:^| )(?:j(?:veux|vais|ai)|ve?) /;

/** Unless the next words take it back: "je ne vais pas me tuer à le répéter". */
const TAKEN_BACK = / (?:pas|jamais|not|never) (?:\S+ ){0,2}$/;
const FIGURE_OF_SPEECH =
  /^(?:a la tache|au travail|au boulot|a le repeter|a repeter|de rire|d ennui|a te le dire)/;

export function readDistress(text: string): Danger | undefined {
  const said = normalise(text);
  if (said.length < 2) return undefined;
  if (JOINED.test(said)) {
    const found = joined.find(([phrase]) => said.includes(phrase));
    if (found) return found[1];
  }
  if (!said.includes(' ')) return undefined;
  const typed = MAYBE_TYPED.test(said)
    ? TYPED.reduce((before, [pattern, plain]) => before.replace(pattern, plain), ` ${said} `)
    : said;
  return findSpaced(
    typed.trim(),
    ({ phrase, at }, text) =>
      !TAKEN_BACK.test(text.slice(0, at + 1)) && !FIGURE_OF_SPEECH.test(text.slice(at + phrase.length + 2)),
  )?.value;
}
