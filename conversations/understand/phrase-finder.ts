/**
 * Whole phrases in a normalised text: looked up by their first word, so that a hundred phrases in twelve languages cost
 * as much as the words of the message.
 */

import { wordsOf } from './normalise.ts';

/** One phrase that was found, and where in ` ${said} `. */
export interface Found<Value> {
  phrase: string;
  value: Value;
  at: number;
}

/** `phrases` are normalised; the first one found, in the order of the text, for which `holds`. */
export function phraseFinder<Value>(phrases: (readonly [phrase: string, value: Value])[]) {
  const byFirst = new Map<string, [phrase: string, value: Value][]>();
  for (const [phrase, value] of phrases) {
    const first = phrase.split(' ', 1)[0] as string;
    const same = byFirst.get(first);
    if (same) same.push([phrase, value]);
    else byFirst.set(first, [[phrase, value]]);
  }
  return (
    said: string,
    holds: (found: Found<Value>, text: string) => boolean = () => true,
  ): Found<Value> | undefined => {
    let at = 0;
    for (const word of wordsOf(said)) {
      const phrasesFrom = byFirst.get(word);
      if (phrasesFrom) {
        const text = ` ${said} `;
        for (const [phrase, value] of phrasesFrom)
          if (text.startsWith(phrase, at + 1) && text[at + 1 + phrase.length] === ' ') {
            const found = { phrase, value, at };
            if (holds(found, text)) return found;
          }
      }
      at += word.length + 1;
    }
    return undefined;
  };
}
