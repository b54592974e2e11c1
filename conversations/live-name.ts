/** Reads what is answered to "may we say your first name?": a first name, no, yes without one, or something else. */
import { lexicon, politeness } from './understand/lexicon.ts';
import { normalise } from './understand/normalise.ts';
import { politeOnly } from './understand/reading.ts';
import { readYesNo } from './understand/yes-no.ts';

export type NameReading = { kind: 'name'; name: string } | { kind: 'no' | 'yes' | 'other' };

const MOST_WORDS = 3;
const MOST_LETTERS = 30;
/** "J." and "Jean-Marc", no address of a site. */
const WORD = /^[\p{L}\p{M}][\p{L}\p{M}'’-]*\.?$/u;
const SAYS_YES = /^[\s]*(?:1|١|۱|১|௧)(?!\p{Nd})[\s.:;,)-]*/u;
/** "je m'appelle Nadia", "moi c'est Nadia", "my name is Nadia" */
const IS_NAMED =
  /^(?:je m['’ ]?appelle|je suis|moi c['’ ]?est|c['’ ]?est(?= \S+$)|(?:mon )?(?:prénom|prenom|nom)(?: c['’ ]?est| est)?|my name(?: is|['’]s)|i['’ ]?a?m|me llamo|soy|(?:me )?chamo(?:-me)?|mă numesc|adım|اسمي|میرا نام|আমার নাম|என் பெயர்|我叫)(?![\p{Script=Latin}\p{M}])[\s:,-]*/iu;

/** `anonymous`: how the language says that, beside its no. */
export function readName(text: string, language: string, anonymous: string[]): NameReading {
  const isAnonymous = (said: string): boolean =>
    anonymous.some((word) => normalise(word) === normalise(said));
  if (isAnonymous(text)) return { kind: 'no' };
  const whole = readYesNo(text, language);
  if (whole.kind === 'value' && !whole.value) return { kind: 'no' };
  if (whole.kind === 'skip' || whole.kind === 'dontKnow') return { kind: 'no' };
  const rest = text.replace(SAYS_YES, '').trim();
  if (!rest) return { kind: 'yes' };
  const words = rest.replace(/[.!,;:\s]+$/u, '').split(/\s+/u);
  const first = readYesNo(words[0] ?? '', language);
  if (first.kind === 'value' && first.value) words.shift();
  if (words.length === 0) return { kind: 'yes' };
  const given = named(words);
  if (isAnonymous(given.join(' '))) return { kind: 'no' };
  if (given.length === 0 || politeOnly(given.join(' '), language)) return { kind: 'other' };
  // "pas de nom", "sans prénom"
  if (given.length > 1 && lexicon(language).negations.has(normalise(given[0] as string)))
    return { kind: 'no' };
  const name = given.join(' ');
  const fits = given.length <= MOST_WORDS && [...name].length <= MOST_LETTERS;
  return fits && given.every((word) => WORD.test(word)) ? { kind: 'name', name } : { kind: 'other' };
}

/** Without "je m'appelle" before it and "merci" behind it. */
function named(words: string[]): string[] {
  const name = words
    .join(' ')
    .replace(/^[,;:.]+\s*/u, '')
    .replace(IS_NAMED, '')
    .split(' ')
    .filter(Boolean);
  while (name.length > 1 && politeness.has(normalise(name.at(-1) as string))) name.pop();
  return name;
}
