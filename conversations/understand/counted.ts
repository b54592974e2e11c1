/** Who is counted in a reply about how many come: numbers with what they count, and people by a word. */
import { isArticle } from './amount.ts';
import { normalise } from './normalise.ts';
import type { Part } from './parts.ts';
import type { Role } from './vocabulary.ts';

/** Somebody who is counted. */
export interface Counted {
  at: number;
  end: number;
  people: number;
  kind: 'me' | 'alone' | 'two' | 'companion' | 'number';
  /** Said what is counted: "2 enfants", not "2". */
  named: boolean;
  /** Said as somebody's company: "avec 2 amis", "mes 2 enfants", "+1". */
  company: boolean;
}

export const has = (part: Part | undefined, role: Role): boolean => part?.roles.has(role) === true;
export const isPerson = (part: Part | undefined): boolean => has(part, 'person') || has(part, 'companion');

/** The places of numbers that count people: not the hour, not the children's ages. */
function numbersIn(parts: Part[]): number[] {
  const at = parts.flatMap((part, index) => (part.number ? [index] : []));
  const others = new Set<number>();
  for (const index of at.toReversed()) {
    const next = parts[index + 1];
    const measured = has(next, 'unit') && !isPerson(next);
    const following = at[at.indexOf(index) + 1] ?? -1;
    const between = parts.slice(index + 1, following);
    const listed =
      others.has(following) &&
      between.every(({ roles }) => roles.has('and') || roles.has('or') || roles.has('to'));
    if (measured || listed) others.add(index);
  }
  return at.filter((index) => !others.has(index) && !isJustAnArticle(parts, index));
}

const isJustAnArticle = (parts: Part[], at: number): boolean =>
  isArticle(parts, at) || (parts[at]?.number?.spelled === true && has(parts[at + 1], 'family'));

/** Two people in one word. */
export const PAIRS = new Set([
  'parents',
  'jumeaux',
  'jumelles',
  'twins',
  'padres',
  'gemelos',
  'pais',
  'gemeos',
  'parintii',
]);

const COMPANY: Role[] = ['my', 'with'];
export const PLUS = /\+/u;

export function countedIn(parts: Part[]): Counted[] {
  const numbers = new Set(numbersIn(parts));
  const counted: Counted[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] as Part;
    const one = numbers.has(at) ? numberAt(parts, at) : wordAt(parts, at);
    if (!one) continue;
    const before = parts[at - 1];
    const company =
      COMPANY.some((role) => has(before, role)) ||
      has(parts[at - 2], 'with') ||
      isBehind(parts, one.end) ||
      (one.kind === 'number' && PLUS.test(part.gap));
    counted.push({ at, ...one, company: one.kind === 'companion' || company });
    at = one.end - 1;
  }
  return counted;
}

/** "2 arkadaşımla", "امی کے ساتھ": the language says "with" behind who comes. */
export const isBehind = (parts: Part[], at: number): boolean =>
  has(parts[at], 'behind') || (has(parts[at], 'filler') && has(parts[at + 1], 'behind'));

/** A number with what it counts: "2 petits enfants". */
function numberAt(parts: Part[], at: number): Omit<Counted, 'at' | 'company'> {
  let end = at + 1;
  while (isPerson(parts[end]) && !parts[end]?.number) end += 1;
  const people = parts[at]?.number?.value ?? Number.NaN;
  return { end, people, kind: 'number', named: end > at + 1 };
}

function wordAt(parts: Part[], at: number): Omit<Counted, 'at' | 'company'> | undefined {
  const part = parts[at] as Part;
  if (part.number) return undefined;
  const one = { end: at + 1, people: 1, named: true };
  if (has(part, 'pair')) return { ...one, people: 2, kind: 'companion' };
  if (has(part, 'two')) return { ...one, people: 2, kind: 'two' };
  if (has(part, 'alone')) return { ...one, kind: 'alone' };
  if (has(part, 'including')) return undefined;
  if (has(part, 'me')) return { ...one, kind: 'me' };
  const before = parts[at - 1];
  if (PAIRS.has(part.text) && !before?.number && !isPerson(before))
    return { ...one, people: 2, kind: 'companion' };
  // "mon petit frère" is one; "papa maman" are two.
  const adjective = isPerson(before) && (has(before, 'person') || !has(part, 'person'));
  if (has(part, 'companion') && !before?.number && !(adjective && has(before, 'person')))
    return { ...one, kind: 'companion' };
  return undefined;
}

export const joinsOn = (part: Part): boolean =>
  has(part, 'and') || has(part, 'joins') || /\+/u.test(part.gap) || part.text === 'plus';

/** Words for people of any kind, where the question was how many: "4 kişi". */
const PERSONS = new Set(
  [
    'kişi',
    'kişiyiz',
    'أشخاص',
    'شخص',
    'شخصا',
    'ناس',
    'nas',
    'nass',
    'نفر',
    'لوگ',
    'افراد',
    'log',
    'afraad',
    'bande',
    'பேர்',
  ]
    .concat([
      'பேரு',
      'ஆட்கள்',
      'per',
      'peru',
      'perum',
      'জন',
      'লোক',
      'jon',
      'lok',
      '人',
      '个人',
      '位',
      '口人',
      '个',
    ])
    .map(normalise),
);

/** "4 kişi, 2 çocuk": four people and two more, or two of the four? */
export function ofWhom(parts: Part[], numbers: Counted[]): { people: number; sure: boolean } | undefined {
  const [first, second, ...more] = numbers;
  if (!first || !second || more.length > 0 || !first.named || first.end === first.at + 1) return undefined;
  const between = parts.slice(first.end, second.at + 1);
  const persons = ({ at, end }: Counted): boolean =>
    end > at + 1 && parts.slice(at + 1, end).every(({ text }) => PERSONS.has(text));
  const asks = persons(first) && !persons(second) && second.people < first.people;
  const sure = OF_THEM.has(parts[second.at + 1]?.text ?? '');
  return asks && !between.some(joinsOn) ? { people: first.people, sure } : undefined;
}

/** "2si": two of them. */
const OF_THEM = new Set(['si', 'su', 'u', 'i']);
