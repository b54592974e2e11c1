/** Reads yes and no, by whole words of the language, French or English; never by a first letter. */
import { type Lexicon, lexicon, phrasesIn, politeness } from './lexicon.ts';
import { normalise } from './normalise.ts';
import {
  DONT_KNOW,
  passes,
  passesFirst,
  politeOnly,
  type Reading,
  readEither,
  SKIP,
  UNCLEAR,
} from './reading.ts';
import { besides, numbersIn } from './tokens.ts';

const THUMBS_UP = /[👍👌✅✔🆗🙋]/u;
const THUMBS_DOWN = /[👎❌🚫✖🙅]/u;
const NO_WORDS = /^[^\p{L}\p{N}]*$/u;
/** "ouiiii", "nooon": no word of ours has a letter three times in a row. */
const DRAWN_OUT = /(\p{L})\1{2,}/gu;

export const readYesNo = (text: string, language: string): Reading<boolean> =>
  readEither(text, language, (said) => readAsIs(said, language));

function readAsIs(text: string, language: string): Reading<boolean> {
  const thumb = thumbIn(text);
  if (thumb === 'both') return UNCLEAR;
  if (thumb !== undefined && NO_WORDS.test(text)) return { kind: 'value', value: thumb };
  const reading = inWords(text, language);
  // "👍 merci" is yes, "oui 👎" is neither.
  if (thumb === undefined || reading.kind === 'dontKnow') return reading;
  if (reading.kind === 'value') return reading.value === thumb ? reading : UNCLEAR;
  return politeOnly(text, language) ? { kind: 'value', value: thumb } : reading;
}

function inWords(text: string, language: string): Reading<boolean> {
  const said = normalise(text).replace(DRAWN_OUT, '$1');
  if (!said) return UNCLEAR;
  const words = lexicon(language);
  const meant = courtesyOff(said, words);
  for (const whole of new Set([said, meant])) {
    if (words.noPerhaps.has(whole)) return { kind: 'value', value: false, certainty: 'ask' };
    if (words.no.has(whole) || words.noAlone.has(whole)) return { kind: 'value', value: false };
    if (words.yes.has(whole) || words.yesAlone.has(whole)) return { kind: 'value', value: true };
  }
  const passed = passes(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  if (holds(said, words.unsure) || TWICE_DENIED.test(said)) return UNCLEAR;
  const numbers = numbersIn(text, language);
  const spoken = yesNoIn(said, words, language);
  if (numbers === undefined && passesFirst(said, language) === 'dontKnow') return DONT_KNOW;
  if (contradicts(meant, words)) return UNCLEAR;
  if (Array.isArray(numbers)) {
    const [number, ...more] = [...new Set(numbers)] as [number, ...number[]];
    if (more.length > 0) return UNCLEAR;
    if (number !== 1 && number !== 2)
      return spoken === true || spoken === false
        ? { kind: 'value', value: spoken, comment: text.trim() }
        : { kind: 'unclear', got: String(number) };
    const value = number === 1;
    if (spoken !== undefined && spoken !== value) return UNCLEAR;
    const comment = spoken === undefined ? besides(text, language) : undefined;
    return { kind: 'value', value, ...(comment && { comment }) };
  }
  if (spoken === undefined || spoken === 'both') return UNCLEAR;
  if (spoken === 'no?') return { kind: 'value', value: false, certainty: 'ask', comment: text.trim() };
  return { kind: 'value', value: spoken, comment: text.trim() };
}

function thumbIn(text: string): boolean | 'both' | undefined {
  const [up, down] = [THUMBS_UP.test(text), THUMBS_DOWN.test(text)];
  return up && down ? 'both' : up ? true : down ? false : undefined;
}

/** "oui 2", where 2 is no: nothing but the two. */
function contradicts(meant: string, words: Lexicon): boolean {
  const [, figure, rest = ''] = /^(?=.*\b([12])$)(.*?) \d$/u.exec(meant) ?? [];
  return (figure === '2' && words.yes.has(rest)) || (figure === '1' && words.no.has(rest));
}

const holds = (said: string, phrases: Set<string>): boolean => phrasesIn(said, phrases).length > 0;

/** "bonjour oui svp" without what is only courtesy. */
function courtesyOff(said: string, words: Lexicon): string {
  const all = said.split(' ');
  // "no" is French for number too: what says yes or no stays.
  const around = (word: string): boolean =>
    (politeness.has(word) || words.filler.has(word)) && !words.yes.has(word) && !words.no.has(word);
  const start = all.findIndex((word) => !around(word));
  if (start < 0) return said;
  return all.slice(start, all.findLastIndex((word) => !around(word)) + 1).join(' ');
}

/** "不是不想" does not say no. */
const TWICE_DENIED = /(?:不是|没有|不会) ?(?:不|没)/u;

/** Languages that set "not" behind what it denies, in the word that is also "no". */
const DENIES_BEFORE = new Set(['bn', 'ur', 'ta']);

/** The longest expression is what is meant ("bien sûr que non" is no, though "bien sûr" is yes). */
const LONGEST = 5;

/** Which of yes and no the reply opens or closes with. Single letters do not count inside a sentence. */
function yesNoIn(said: string, words: Lexicon, language: string): boolean | 'both' | 'no?' | undefined {
  const parts = said.split(' ');
  const found: { value: boolean; at: number; end: number }[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    for (let length = Math.min(LONGEST, parts.length - at); length > 0; length -= 1) {
      const expression = parts.slice(at, at + length).join(' ');
      if (expression.length < 2) continue;
      const next = parts[at + length] ?? '';
      // "olur ama akşam çalışıyorum": what is yes alone is yes before a "but".
      const alone = found.length === 0 && words.but.has(next);
      const no = words.no.has(expression) || (alone && words.noAlone.has(expression));
      if (!no && !words.yes.has(expression) && !(alone && words.yesAlone.has(expression))) continue;
      found.push({ value: !no, at, end: at + length });
      at += length - 1;
      break;
    }
  }
  const [first] = found;
  if (!first) return undefined;
  const other = found.find(({ value }) => value !== first.value);
  if (other) {
    // "oui mais pas le soir, non": what follows a "but" limits the answer; "oui mais non" is none.
    const limited =
      words.but.has(parts[first.end] ?? '') && (other.at > first.end + 1 || other.end < parts.length);
    const opens = parts.slice(0, first.at).every((part) => words.filler.has(part) || politeness.has(part));
    return limited && opens ? first.value : 'both';
  }
  if (parts.slice(0, first.at).some((part) => words.negations.has(part))) return undefined;
  // "carrément pas", "oui pas trop": it is taken back, in the last word or by half.
  const taken = words.negations.has(parts.at(-1) ?? '') && (found.at(-1)?.end ?? 0) < parts.length;
  if (first.value && (taken || holds(parts.slice(first.end).join(' '), words.noPerhaps))) return undefined;
  const opens = parts.slice(0, first.at).every((part) => words.filler.has(part) || politeness.has(part));
  const closes = (found.at(-1)?.end ?? 0) >= parts.length - 1;
  // "খারাপ না" is not bad: there, what closes a sentence denies what stands before it.
  const denies = first.end - first.at === 1 && words.negations.has(parts[first.at] ?? '');
  if (closes && !opens && denies && DENIES_BEFORE.has(language)) return 'no?';
  return opens || closes ? first.value : undefined;
}
