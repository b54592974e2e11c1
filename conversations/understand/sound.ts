/** How a French word sounds, roughly: two spellings of one word get the same letters ("umidité", "humiditer"). */

const RULES: [RegExp, string][] = [
  [/ph/g, 'f'],
  [/eaux?|aux?|ault|aut(?![aeiouy])/g, 'o'],
  [/qu|q|ck|c(?![eiyh])|ch(?=[rl])/g, 'k'],
  [/sch|sh/g, 'ch'],
  [/c(?=[eiy])|ss|sc(?=[eiy])/g, 's'],
  [/ge(?=[ao])/g, 'j'],
  [/g(?=[eiy])/g, 'j'],
  [/gu(?=[eiy])/g, 'g'],
  [/(?<!c)h/g, ''],
  [/y/g, 'i'],
  [/ain|ein|aim|in(?![aeiou])|un(?![aeiou])/g, '1'],
  [/en(?=[tdcs])|em(?=[bp])|am(?=[bp])|an(?=[tdcs])/g, '2'],
  [/ai(?=[st]?$)|ait|ais|aient|er$|ez$|es$|ee?s?$|et$/g, 'e'],
  [/(?:ai|ei)/g, 'e'],
  [/oi|wa|oua/g, '3'],
  [/(.)\1+/g, '$1'],
  [/(?<=.{2})[tdspxz]+$/g, ''],
  [/e$/g, ''],
];

/** Of a folded word in Latin letters. */
const soundOf = (word: string): string =>
  RULES.reduce((made, [pattern, letters]) => made.replace(pattern, letters), word);

/** Sounds of our own names; what residents write is not kept. */
const names = new Map<string, string>();
const MOST_NAMES = 5000;

function soundOfName(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = soundOf(name);
  if (names.size >= MOST_NAMES) names.clear();
  names.set(name, made);
  return made;
}

const BEGINS: Record<string, string> = { c: 'k', q: 'k', s: 'k', y: 'i', p: 'f' };
const begin = (word: string): string => BEGINS[word.charAt(0)] ?? word.charAt(0);
const LATIN = /^[a-z]+$/;
/** From so many letters on two words that sound alike are the same word. */
const SOUND = 4;

/** Whether a resident's word sounds like a word of ours in French, as texting spells it. */
export function soundsLike(name: string, said: string): boolean {
  if (Math.abs(name.length - said.length) > 4 || !LATIN.test(said) || !LATIN.test(name)) return false;
  if (begin(name) !== begin(said) && name[0] !== 'h' && said[0] !== 'h') return false;
  const meant = soundOfName(name);
  return meant.length >= SOUND && meant === soundOf(said);
}
