/** Chinese, which writes without spaces, with a space at the edges of the words we know. */
import { lexicon } from './lexicon.ts';

export const HAN = /\p{Script=Han}/u;
const RUN = /\p{Script=Han}+/gu;
const LONGEST = 8;

const known = new Map<string, Set<string>>();

function wordsOf(language: string): Set<string> {
  const made = known.get(language);
  if (made) return made;
  const { people, suffixes: _, spellings: __, arabizi: ___, ...lists } = lexicon(language);
  const all = new Set<string>();
  for (const list of [...Object.values(lists), ...Object.values(people)])
    for (const word of list.keys()) if (HAN.test(word)) all.add(word);
  known.set(language, all);
  return all;
}

/** The longest words first; what is in no list stays together. */
export function segmented(text: string, language: string): string {
  const words = wordsOf(language);
  return text.replace(RUN, (run) => {
    const parts: string[] = [];
    let unknown = '';
    for (let at = 0; at < run.length; ) {
      let length = Math.min(LONGEST, run.length - at);
      while (length > 0 && !words.has(run.slice(at, at + length))) length -= 1;
      if (length === 0) {
        unknown += run[at];
        at += 1;
        continue;
      }
      if (unknown) parts.push(unknown);
      unknown = '';
      parts.push(run.slice(at, at + length));
      at += length;
    }
    if (unknown) parts.push(unknown);
    return ` ${parts.join(' ')} `;
  });
}

/** The reply as it is, and Chinese with spaces. */
export const spaced = (text: string, language: string): string =>
  HAN.test(text) ? segmented(text, language) : text;
