/** Which options a reply names by their labels: whole, with a slip, or by a part that no other option has. */
import { within } from './distance.ts';
import { stemsOf } from './endings.ts';
import { lexicon } from './lexicon.ts';
import { normaliseName, wordsOf } from './normalise.ts';
import { soundsLike } from './sound.ts';

/** A slip of one letter is forgiven in a word of at least so many: a shorter word would often be another. */
const ONE_SLIP = 5;
const TWO_SLIPS = 9;
/** A part of a label speaks for it from so many letters on. */
const PART = 4;
const SHORTEST_PART = 3;
/** Languages that write endings onto a word: the word with up to so many letters more is the word. */
const ENDINGS: Record<string, number> = { tr: 4, ta: 5, bn: 3, ar: 2, ur: 2, ro: 3 };

/** In Arabic the article and small words are written onto the noun. */
const PREFIXED = /^(?:وال|بال|كال|فال|لل|ال|و|ب|ل)(?=\p{L}{3})/u;
const bare = (word: string): string => word.replace(PREFIXED, '');
/** In Tamil an ending takes the place of the last vowel sign. */
const stem = (word: string, language: string): string =>
  language === 'ta' ? word.replace(/[\u0bc1\u0bcd]$/u, '') : word;
const HAN = /[\u3400-\u9fff]/u;
const PLAIN = /^[a-z]+$/;
const LATIN = /^[\p{Script=Latin}\d]+$/u;

/** Whether `said` is the word `meant`, with an ending of the language or one or two slips. */
function alike(meant: string, said: string, language: string): boolean {
  if (meant === said) return true;
  if (!said || /\d/.test(said)) return false;
  // Nothing below takes a Latin word for one that begins otherwise, but by its sound.
  if (meant[0] !== said[0] && PLAIN.test(said) && PLAIN.test(meant))
    return meant.length >= ONE_SLIP && soundsLike(meant, said);
  const [one, other] = [stem(bare(meant), language), bare(said)];
  if (one === other || sameStem(bare(meant), other, language)) return true;
  // The article counts where both have it.
  const length = meant !== one && other !== said ? [...meant].length : [...one].length;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= 3 && long.length === short.length + 1 && long.endsWith('s') && long.startsWith(short))
    return true;
  const more = ENDINGS[language] ?? 0;
  const added = [...other].length - [...one].length;
  if (one.length >= 3 && more > 0 && other.startsWith(one) && added <= more) return true;
  if (length < ONE_SLIP) return false;
  if (soundsLike(one, other)) return true;
  if (one[0] !== other[0]) return false;
  return within(one, stem(other, language), length >= TWO_SLIPS ? 2 : 1);
}

/** The shortest word of which an ending is an ending, and no part of the word. */
const STEM = 3;

/** "park" for "parklar", "பஸ்ஸில்" for "பஸ்": the same but for endings. */
function sameStem(meant: string, said: string, language: string): boolean {
  const stems = (word: string): string[] =>
    stemsOf(word, language).flatMap((each) => (each.word.length >= STEM ? [each.word] : []));
  if (meant[0] !== said[0]) return false;
  const short = (word: string): boolean => word.length >= STEM;
  if (short(meant) && stems(said).includes(meant)) return true;
  return [...said].length >= PART && stemsOfName(meant, language).includes(said);
}

/** Stems of our own labels; what residents write is not kept. */
const stemsKept = new Map<string, string[]>();
const MOST_STEMS = 2000;

function stemsOfName(name: string, language: string): string[] {
  const key = `${language} ${name}`;
  const known = stemsKept.get(key);
  if (known) return known;
  const made = stemsOf(name, language).map(({ word }) => word);
  if (stemsKept.size >= MOST_STEMS) stemsKept.clear();
  stemsKept.set(key, made);
  return made;
}

/** Where in `words` the words of a name stand, slips forgiven; -1 for nowhere. */
function slippedAt(meant: string[], words: string[], language: string): number {
  for (let start = 0; start + meant.length <= words.length; start += 1)
    if (meant.every((word, index) => alike(word, words[start + index] as string, language))) return start;
  return -1;
}

/** One name of an option, with what it is looked for by. */
interface Named {
  name: string;
  number: number;
  /** Chinese sets no spaces between words. */
  whole: string;
  parts: string[];
  together: string;
  figures: string;
}

/** Of a question's own labels, as long as it lives. */
const prepared = new WeakMap<string[][], { inOrder: Named[]; longestFirst: Named[] }>();

/** The names of the labels in their order, and the longest first: "tous les jours" before "jours". */
function namesOf(labels: string[][]): { inOrder: Named[]; longestFirst: Named[] } {
  const known = prepared.get(labels);
  if (known) return known;
  const inOrder = labels
    .flatMap((names, index) => names.map((each) => ({ name: normaliseName(each), number: index + 1 })))
    .filter(({ name }) => name)
    .map(({ name, number }) => ({
      name,
      number,
      whole: HAN.test(name) ? name : ` ${name} `,
      parts: name.split(' '),
      together: name.replaceAll(' ', ''),
      figures: figuresIn(name),
    }));
  const made = { inOrder, longestFirst: inOrder.toSorted((a, b) => b.name.length - a.name.length) };
  prepared.set(labels, made);
  return made;
}

const figuresIn = (name: string): string => (name.match(/\d+/g) ?? []).join();

/**
 * The numbers of the options whose label stands in the reply, whole words only and not negated. `partly`: a part of
 * a label counts too, where nothing else does.
 */
export function labelsIn(said: string, labels: string[][], language: string, partly = false): number[] {
  const { negations } = lexicon(language);
  if (HAN.test(said) && isUnclearInHan(said, labels)) return [];
  let left = ` ${said} `;
  const found: number[] = [];
  const { longestFirst } = namesOf(labels);
  for (const { whole, number } of longestFirst) {
    if (!left.includes(whole)) continue;
    left = left.replaceAll(whole, ' | ');
    if (!found.includes(number)) found.push(number);
  }
  const words = left.split(' ').filter(Boolean);
  const others =
    found.length === 0 ? longestFirst : longestFirst.filter(({ number }) => !found.includes(number));
  const near = slipped(others, words, language);
  found.push(...near);
  if (found.length === 0 && partly) found.push(...parts(labels, words, language));
  if (found.length === 0 && partly && HAN.test(said)) found.push(...partInHan(labels, said));
  if (found.length > 0 && words.some((word) => negations.has(word))) return [];
  return found.sort((a, b) => a - b);
}

/**
 * Where the options' labels stand in `words`, in that order: whole or with a slip; `partly`: by a word too that no
 * other option has.
 */
export function placesIn(
  words: readonly string[],
  labels: string[][],
  language: string,
  partly = false,
): { number: number; from: number; to: number }[] {
  const names = labels.flatMap((each, index) =>
    each.map((name) => ({ parts: normaliseName(name).split(' '), number: index + 1 })),
  );
  const found: { number: number; from: number; to: number }[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const here = names
      .filter(({ parts }) =>
        parts.every((part, next) => part && alike(part, words[at + next] ?? '', language)),
      )
      .sort((a, b) => b.parts.length - a.parts.length);
    const longest = here.filter(({ parts }) => parts.length === here[0]?.parts.length);
    const exact = longest.find(({ parts }) => parts.every((part, next) => part === words[at + next]));
    const [one] = exact ? [exact] : longest;
    if (one && (exact || longest.every(({ number }) => number === one.number))) {
      found.push({ number: one.number, from: at, to: at + one.parts.length });
      at += one.parts.length - 1;
    } else if (partly && longest.length === 0) {
      const [number, ...others] = parts(labels, [words[at] as string], language);
      if (number && others.length === 0) found.push({ number, from: at, to: at + 1 });
    }
  }
  // "transports en commun": two words of one label are one mention.
  return found.filter(({ number }, index) => number !== found[index - 1]?.number);
}

/** The options whose label stands in `words` with a slip, where it could not be another option's. */
function slipped(options: Named[], words: string[], language: string): Set<number> {
  const found: { number: number; from: number; length: number }[] = [];
  for (const { number, parts: meant } of options) {
    const from = slippedAt(meant, words, language);
    if (from >= 0) found.push({ number, from, length: meant.length });
  }
  const clear = found.filter((one) =>
    found.every(
      (other) =>
        other.number === one.number ||
        other.from >= one.from + one.length ||
        one.from >= other.from + other.length,
    ),
  );
  return new Set(clear.map(({ number }) => number));
}

/** "tram" for "tramway", "info" for "informatique": the beginning of a longer word. */
const begins = (meant: string, said: string): boolean =>
  (said.length >= STEM && meant.length >= said.length + 3 && !LATIN.test(said) && meant.startsWith(said)) ||
  (said.length >= PART && meant.length >= said.length + 2 && /^[a-z]+$/.test(said) && meant.startsWith(said));

const DENIES = /[不没沒别別非除]/u;
const DENIES_NOTHING = /不过|不過|不错|不錯|没错|没问题|差不多|不好意思|对不起/gu;
const OR_IN_HAN = /或|还是|還是|要么/u;
const SHORTEST_IN_HAN = 2;

/** "不坐公交车", "公交车或者电车": denied, or one of two, where Chinese sets no space. */
function isUnclearInHan(said: string, labels: string[][]): boolean {
  const denied = (text: string): boolean => DENIES.test(text.replace(DENIES_NOTHING, ''));
  return OR_IN_HAN.test(said) || (denied(said) && !labels.flat().some((name) => denied(name)));
}

/** "坐公交" for "公交车": two signs in a row that only one label has. */
function partInHan(labels: string[][], said: string): number[] {
  const shared = (name: string): number => {
    let most = 0;
    for (let from = 0; from < name.length; from += 1)
      while (most < name.length - from && said.includes(name.slice(from, from + most + 1))) most += 1;
    return most;
  };
  const lengths = labels.map((names) =>
    Math.max(0, ...names.map((name) => shared(normaliseName(name).replaceAll(' ', '')))),
  );
  const most = Math.max(...lengths);
  const best = lengths.flatMap((length, index) => (length === most ? [index + 1] : []));
  const [one] = best;
  if (one === undefined || best.length > 1 || most < SHORTEST_IN_HAN) return [];
  // "周一" of "每周一次" is another word: more than half of the label, or nothing else.
  const whole = Math.min(...(labels[one - 1] ?? []).map((name) => normaliseName(name).length));
  return most * 2 > whole || most === said.length ? best : [];
}

/** The options of which a word stands in the reply that no other option has ("semaine" for "chaque semaine"). */
function parts(labels: string[][], words: string[], language: string): Set<number> {
  const { filler, negations, numbers } = lexicon(language);
  // "hlm" in a label of another script is no word of its language.
  const mixed = labels.some((names) =>
    names.some((name) => !LATIN.test(normaliseName(name).replaceAll(' ', ''))),
  );
  const speaks = (word: string): boolean =>
    ([...word].length >= (mixed ? STEM : PART) || !/^[a-z]+$/.test(word)) &&
    !/^\d+$/.test(word) &&
    !filler.has(word) &&
    !negations.has(word) &&
    !numbers.has(word);
  const found = new Set<number>();
  for (const word of words) {
    if (!speaks(word) && (word.length < SHORTEST_PART || filler.has(word) || numbers.has(word))) continue;
    const meant = labels.flatMap((names, index) =>
      names.some((name) =>
        normaliseName(name)
          .split(' ')
          .some(
            (each, _, all) =>
              (speaks(each) && speaks(word) && (alike(each, word, language) || begins(each, word))) ||
              // "bus" for "le bus": the one word of it that says something, however short.
              (each === word && all.every((other) => other === each || filler.has(other))),
          ),
      )
        ? [index + 1]
        : [],
    );
    if (meant.length === 1) found.add(meant[0] as number);
  }
  return found;
}

/** The option whose label is the whole reply ("25-59 ans", which would be two numbers); 0 for none. */
export function labelMeant(said: string, labels: string[][]): number {
  const names = namesOf(labels).inOrder;
  return names.find(({ name }) => name === said)?.number ?? (written(said, names) || byFigures(said, names));
}

/** "18-25" for "18 à 25 ans", "plus de 60" for "plus de 60 ans": the same figures, and no word but the label's. */
function byFigures(said: string, names: Named[]): number {
  const figures = figuresIn(said);
  if (!figures) return 0;
  const words = wordsOf(said).filter((word) => !/^\d+$/.test(word));
  if (words.length === 0 && !figures.includes(',')) return 0;
  const same = names.filter(
    (each) => each.figures === figures && words.every((word) => each.parts.includes(word)),
  );
  const [first] = same;
  return first && same.every(({ number }) => number === first.number) ? first.number : 0;
}

/** The option whose label says yes, no or "I do not know", where the reply says so in other words. */
export function optionSaying(list: Set<string>, labels: string[][]): number {
  const found = labels.flatMap((names, index) =>
    names.some((name) => list.has(normaliseName(name))) ? [index + 1] : [],
  );
  return found.length === 1 ? (found[0] as number) : 0;
}

/** The options of which a word of the reply is the beginning: "biblio" for "bibliothèque". */
export function begunIn(words: string[], labels: string[][]): number[] {
  return words.flatMap((word) => {
    const meant = labels.flatMap((names, index) =>
      names.some((name) =>
        normaliseName(name)
          .split(' ')
          .some((each) => begins(each, word) || each === word),
      )
        ? [index + 1]
        : [],
    );
    const shortened = labels.some((names) =>
      names.some((name) =>
        normaliseName(name)
          .split(' ')
          .some((each) => begins(each, word)),
      ),
    );
    return meant.length === 1 && shortened ? meant : [];
  });
}

/** "apied", "tous lesjours": the label with its spaces elsewhere, where it is long enough to be no other word. */
function written(said: string, names: Named[]): number {
  if (said.length < ONE_SLIP || /\d/.test(said)) return 0;
  const together = said.replaceAll(' ', '');
  if (together.length < ONE_SLIP) return 0;
  const spaced = said.includes(' ');
  return names.find((each) => each.together === together && each.name.includes(' ') !== spaced)?.number ?? 0;
}

/** The option that says "none of these", by its own label; 0 where there is none such. */
export function noneOption(labels: string[][], language: string): number {
  const { none } = lexicon(language);
  return (
    labels.findIndex((names) =>
      names.some((name) => {
        const label = normaliseName(name);
        if (HAN.test(label)) return [...none].some((word) => word.length > 1 && label.endsWith(word));
        return none.has(label) || none.has(label.split(' ')[0] as string);
      }),
    ) + 1
  );
}

/** Whether the reply is one of the option's names and nothing else. */
export const isWhole = (said: string, names: string[] = [], language: string): boolean => {
  const words = said.split(' ');
  return names
    .map(normaliseName)
    .map((name) => name.split(' '))
    .some((meant) => meant.length === words.length && slippedAt(meant, words, language) === 0);
};
