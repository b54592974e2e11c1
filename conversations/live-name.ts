/** Reads what is answered to "may we say your first name?": a first name, no, yes without one, or something else. */
import { normalise } from './understand/normalise.ts';
import { readYesNo } from './understand/yes-no.ts';

export type NameReading = { kind: 'name'; name: string } | { kind: 'no' | 'yes' | 'other' };

const MOST_WORDS = 3;
const MOST_LETTERS = 30;
const WORD = /^[\p{L}\p{M}][\p{L}\p{M}'’.-]*$/u;
const SAYS_YES = /^[\s]*(?:1|١|۱|১|௧)(?!\p{Nd})[\s.:;,)-]*/u;

/** `anonymous`: how the language says that, beside its no. */
export function readName(text: string, language: string, anonymous: string[]): NameReading {
  const said = normalise(text);
  if (anonymous.some((word) => normalise(word) === said)) return { kind: 'no' };
  const whole = readYesNo(text, language);
  if (whole.kind === 'value' && !whole.value) return { kind: 'no' };
  if (whole.kind === 'skip') return { kind: 'no' };
  const rest = text.replace(SAYS_YES, '').trim();
  if (!rest) return { kind: 'yes' };
  const words = rest.replace(/[.!,;:\s]+$/u, '').split(/\s+/u);
  const first = readYesNo(words[0] ?? '', language);
  if (first.kind === 'value' && first.value) words.shift();
  if (words.length === 0) return { kind: 'yes' };
  const name = words.join(' ').replace(/^[,;:.]+\s*/u, '');
  const fits = words.length <= MOST_WORDS && [...name].length <= MOST_LETTERS;
  return fits && name.split(' ').every((word) => WORD.test(word))
    ? { kind: 'name', name }
    : { kind: 'other' };
}
