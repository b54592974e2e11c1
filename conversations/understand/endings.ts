/**
 * Takes off a word what its language writes onto it: case, "and", "with", "and a half". Owns how a stem looks
 * before its ending; which endings there are is in `locales/grammar.ts`.
 */
import { grammar, type Says } from '../../locales/grammar.ts';
import type { Language } from '../../locales/index.ts';
import { normalise } from './normalise.ts';

/** A word that may stand behind what was written, and what its endings said. */
export interface Stem {
  word: string;
  says: Says[];
}

interface Ending {
  text: string;
  says?: Says;
}

/** An ending of one letter more would leave too little to know a word by. */
const SHORTEST = 2;
const SHORTEST_LATIN = 3;
/** A word has at most so many endings that we read ("arkadaş-lar-ım-la"). */
const MOST_ENDINGS = 3;
const LATIN = /^[a-z0-9]+$/;

const made = new Map<string, Map<string, Ending[]>>();

/** The endings of a language by their last letter, the longest first. */
function endingsOf(language: string): Map<string, Ending[]> {
  const known = made.get(language);
  if (known) return known;
  const { endings = [], saying = {} } = grammar[language as Language] ?? {};
  const all: Ending[] = [
    ...Object.entries(saying).flatMap(([says, list]) =>
      list.map((text) => ({ text: normalise(text), says: says as Says })),
    ),
    ...endings.map((text) => ({ text: normalise(text) })),
  ].sort((a, b) => b.text.length - a.text.length);
  const byLast = new Map<string, Ending[]>();
  for (const ending of all) {
    const last = ending.text.at(-1);
    if (last) byLast.set(last, [...(byLast.get(last) ?? []), ending]);
  }
  made.set(language, byLast);
  return byLast;
}

/** How the stem looks without its ending: a vowel that fell out, a consonant that was doubled or softened. */
function before(rest: string, language: string): string[] {
  const last = rest.at(-1) ?? '';
  const hard = { d: 't', g: 'k', b: 'p' }[last];
  if (language === 'tr') return hard ? [rest, rest.slice(0, -1) + hard] : [rest];
  if (language === 'ur') return LATIN.test(rest) ? [rest, `${rest}a`] : [rest, `${rest}ہ`, `${rest}ا`];
  if (language !== 'ta') return [rest];
  if (LATIN.test(rest)) return [rest, `${rest}u`];
  const found = [rest, `${rest}்`, `${rest}ு`];
  if (/[யவ]$/u.test(rest)) found.push(rest.slice(0, -1));
  if (rest.endsWith('த்த')) found.push(`${rest.slice(0, -3)}ம்`);
  if (rest.endsWith('ட்ட')) found.push(`${rest.slice(0, -3)}டு`);
  if (rest.endsWith('ற்ற')) found.push(`${rest.slice(0, -3)}று`);
  if (/்.$/u.test(rest)) found.push(rest.slice(0, -1));
  return found;
}

/** What a word may be without its endings, the fewest taken off first; never the word itself. */
export function stemsOf(word: string, language: string): Stem[] {
  const byLast = endingsOf(language);
  if (byLast.size === 0 || /\d/.test(word)) return [];
  const shortest = LATIN.test(word) ? SHORTEST_LATIN : SHORTEST;
  const found: Stem[] = [];
  const seen = new Set([word]);
  let open: Stem[] = [{ word, says: [] }];
  for (let taken = 0; taken < MOST_ENDINGS && open.length > 0; taken += 1) {
    const next: Stem[] = [];
    for (const stem of open)
      for (const { text, says } of byLast.get(stem.word.at(-1) ?? '') ?? []) {
        if (!stem.word.endsWith(text)) continue;
        for (const each of before(stem.word.slice(0, -text.length), language)) {
          if (each.length < shortest && each !== 'uc') continue;
          if (seen.has(each)) continue;
          seen.add(each);
          next.push({ word: each, says: says ? [says, ...stem.says] : stem.says });
        }
      }
    found.push(...next);
    open = next;
  }
  return found;
}

const ARABIC = /^[\u0620-\u06ff]/u;
const PREFIX = /^(?:و|ف)?(?:ال|لل|بال|كال|ب|ل|ك)?(?=\p{L}{2})/u;
const ARTICLE = 'ال';

/** An Arabic word without "and", article and small words that are written before it; with the article too. */
export function withoutPrefix(word: string): string[] {
  if (!ARABIC.test(word)) return [];
  const bare = word.replace(PREFIX, '');
  const afterAnd = word.startsWith('و') ? word.slice(1) : '';
  return [afterAnd, bare, ARTICLE + bare].filter((each) => each && each !== word);
}

/** "طفلين", "سنتان": two of what the stem names. */
export function dualOf(word: string): string[] {
  if (!ARABIC.test(word) || !/(?:ين|ان)$/u.test(word) || word.length < 5) return [];
  const stem = word.slice(0, -2);
  return stem.endsWith('ت') ? [stem, `${stem.slice(0, -1)}ه`] : [stem];
}
