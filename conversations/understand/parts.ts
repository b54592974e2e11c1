/** A reply as what it is made of: numbers, expressions and the parts they play, words that say something else. */
import { type Numeral, numeralAt } from './number-words.ts';
import { entryAt, type Token, tokenise } from './tokenise.ts';
import { type Role, type Vocabulary, vocabulary } from './vocabulary.ts';

/** `roles` is empty for a word that says something of its own. */
export interface Part {
  number?: Numeral;
  roles: Set<Role>;
  text: string;
  /** What stands before it, as it was written. */
  gap: string;
  from: number;
  to: number;
}

const NO_ROLES = new Set<Role>();

export function partsOf(text: string, language: string): Part[] {
  const words = vocabulary(language);
  const tokens = tokenise(text, words);
  const parts: Part[] = [];
  for (let at = 0; at < tokens.length; ) {
    const part = partAt(tokens, at, words);
    const begins = tokens[at] as Token;
    const ends = tokens[at + part.length - 1] as Token;
    parts.push({
      ...part,
      text: said(tokens, at, part.length),
      gap: begins.gap,
      from: begins.from,
      to: ends.to,
    });
    at += part.length;
  }
  return parts;
}

const said = (tokens: Token[], at: number, length: number): string =>
  tokens
    .slice(at, at + length)
    .map(({ text }) => text)
    .join(' ');

function partAt(
  tokens: Token[],
  at: number,
  words: Vocabulary,
): { number?: Numeral; roles: Set<Role>; length: number } {
  const before = entryAt(
    tokens,
    at,
    words,
    // "une petite vingtaine": "une" is no number here.
    ({ roles }, length) => length > 1 && roles.has('about'),
  );
  if (before) return { roles: before.entry.roles, length: before.length };
  // "ek bhi nahi" is none, not one.
  const none = entryAt(tokens, at, words, ({ roles }, length) => length > 1 && roles.has('none'));
  if (none) return { roles: none.entry.roles, length: none.length };
  const number = numeralAt(tokens, at, words);
  if (number) return { number, roles: NO_ROLES, length: number.length };
  const found = entryAt(tokens, at, words, ({ roles }) => roles.size > 0);
  return { roles: found?.entry.roles ?? NO_ROLES, length: found?.length ?? 1 };
}

const SHORTEST_COMMENT = 4;

/** Whether a part says something of its own that is worth keeping beside the answer. */
export const speaks = (part: Part): boolean =>
  !part.number && part.roles.size === 0 && [...part.text].length >= SHORTEST_COMMENT;

const EDGE = /^[\s\p{P}]+|[\s\p{P}]+$/gu;

/** What a reply says besides what was read from one place to another: the rest of it, or all where that is the middle. */
export function besidesRead(text: string, from: number, to: number): string | undefined {
  const before = text.slice(0, from).replace(EDGE, '');
  const after = text.slice(to).replace(EDGE, '');
  const rest = before && after ? text.trim() : before || after;
  return rest || undefined;
}
