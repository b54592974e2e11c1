/**
 * A reply as numbers, dates, hours and the words that go with them. Owns which words those are in a language, and
 * how they are found: the longest expression, endings written onto a word, one slip in a long word.
 */
import { type DateWords, dateWords } from '../../locales/dates.ts';
import { type Language, languages } from '../../locales/index.ts';
import { within } from './distance.ts';
import { stemsOf } from './endings.ts';
import { lexicon } from './lexicon.ts';
import { fold, normalise } from './normalise.ts';

export type DateRole =
  | 'day'
  | 'past'
  | 'vague'
  | 'bound'
  | 'about'
  | 'in'
  | 'dayUnit'
  | 'weekUnit'
  | 'next'
  | 'weekAfter'
  | 'weekend'
  | 'first'
  | 'month'
  | 'weekday'
  | 'hour'
  | 'half'
  | 'quarter'
  | 'quarterTo'
  | 'noon'
  | 'midnight'
  | 'morning'
  | 'afternoon'
  | 'evening'
  | 'night'
  | 'number'
  | 'or'
  | 'to'
  | 'deny'
  | 'correct'
  | 'filler';

export const PARTS_OF_DAY = ['morning', 'afternoon', 'evening', 'night'] as const;
export type PartOfDay = (typeof PARTS_OF_DAY)[number];

/** `value`: the month, the weekday, the days from today. */
export type Roles = Map<DateRole, number>;

export type Piece =
  | { kind: 'date'; day: number; month: number; year?: number; text: string }
  | { kind: 'time'; hour: number; minute: number /** Added for "pm". */; half?: 'am' | 'pm'; text: string }
  | { kind: 'number'; value: number; spelled: boolean; text: string; joined: boolean }
  | { kind: 'word'; roles: Roles; text: string; joined: boolean };

interface Calendar {
  entries: Map<string, Roles>;
  /** The most words an expression can have. */
  reach: number;
  /** Words long enough to forgive a slip in, by their first letter. */
  long: Map<string, [word: string, roles: Roles][]>;
  endings: number;
  language: Language;
}

const LISTS: [keyof DateWords, DateRole][] = [
  ['past', 'past'],
  ['vague', 'vague'],
  ['bounds', 'bound'],
  ['inWords', 'in'],
  ['dayUnits', 'dayUnit'],
  ['weekUnits', 'weekUnit'],
  ['next', 'next'],
  ['weekAfter', 'weekAfter'],
  ['weekend', 'weekend'],
  ['firsts', 'first'],
  ['hourWords', 'hour'],
  ['halfPast', 'half'],
  ['quarterPast', 'quarter'],
  ['quarterTo', 'quarterTo'],
  ['noon', 'noon'],
  ['midnight', 'midnight'],
  ['morning', 'morning'],
  ['afternoon', 'afternoon'],
  ['evening', 'evening'],
  ['night', 'night'],
];
/** In short, French and English words are others' words too ("mon", "sun", "mar"): only the resident's own count. */
const SHORT = 4;
/** How many letters a language may write onto the name of a day. */
const ENDINGS: Record<string, number> = { tr: 6, ta: 5, bn: 4, ro: 2, ur: 2 };
const SLIP_FROM = 5;

const made = new Map<string, Calendar>();

function calendar(language: string): Calendar {
  const known = made.get(language);
  if (known) return known;
  const fresh = gather((languages as readonly string[]).includes(language) ? (language as Language) : 'fr');
  made.set(language, fresh);
  return fresh;
}

const HOURS_IN_ORDER: [string, number][] = [
  ...[
    'الواحدة',
    'الثانية',
    'الثالثة',
    'الرابعة',
    'الخامسة',
    'السادسة',
    'السابعة',
    'الثامنة',
    'التاسعة',
    'العاشرة',
  ],
  'الحادية عشرة',
  'الثانية عشرة',
].map((word, index) => [word, index + 1]);

function gather(own: Language): Calendar {
  const entries = new Map<string, Roles>();
  const add = (word: string, role: DateRole, value = 0): void => {
    const key = keyOf(word);
    const roles = entries.get(key) ?? new Map<DateRole, number>();
    if (key && !roles.has(role)) roles.set(role, value);
    if (key) entries.set(key, roles);
  };
  const isOwn = (each: Language): boolean => each === own || (own === 'fr-facile' && each === 'fr');
  for (const each of new Set<Language>([own, 'fr', 'en'])) {
    const counts = (word: string): boolean => isOwn(each) || [...normalise(word)].length >= SHORT;
    const data = dateWords[each];
    for (const [list, role] of LISTS)
      for (const word of data[list] as string[]) if (counts(word) || role === 'hour') add(word, role);
    for (const [role, table] of [
      ['day', data.days],
      ['month', { ...named(each, 'month'), ...data.months }],
      ['weekday', { ...named(each, 'weekday'), ...data.weekdays }],
    ] as const)
      for (const [word, value] of Object.entries(table))
        if (counts(word) && !(entries.has(keyOf(word)) && !isOwn(each))) add(word, role, value);
  }
  const words = lexicon(own);
  for (const [word, value] of words.numbers) if (value <= 59) add(word, 'number', value);
  // "الساعة العاشرة" is the tenth hour.
  if (own === 'ar') for (const [word, value] of HOURS_IN_ORDER) add(word, 'number', value);
  for (const word of words.or) add(word, 'or');
  for (const word of words.to) add(word, 'to');
  for (const word of words.between) add(word, 'bound');
  // "peste 3 zile" is in 3 days.
  for (const word of words.about)
    if (!words.filler.has(word) && !entries.get(keyOf(word))?.has('in')) add(word, 'about');
  for (const word of words.negations) add(word, 'deny');
  for (const word of words.corrections) add(word, 'correct');
  for (const word of words.filler) add(word, 'filler');
  const isPart = (word: string, part: DateRole): boolean =>
    [...entries].some(([each, roles]) => roles.has(part) && word.endsWith(each));
  // "ce soir" is today, and the evening.
  for (const [word, roles] of entries)
    if (roles.has('day'))
      for (const part of PARTS_OF_DAY)
        if (
          word.split(' ').some((each) => entries.get(each)?.has(part)) ||
          (HAN.test(word) && isPart(word, part))
        )
          roles.set(part, 0);
  const long = new Map<string, [string, Roles][]>();
  for (const [word, roles] of entries)
    if (word.length >= SLIP_FROM && ['day', 'month', 'weekday'].some((role) => roles.has(role as DateRole)))
      long.set(word.charAt(0), [...(long.get(word.charAt(0)) ?? []), [word, roles]]);
  const reach = Math.max(...[...entries.keys()].map((word) => word.split(' ').length));
  return { entries, reach, long, endings: ENDINGS[own] ?? 0, language: own };
}

/** The names that the language itself has: "mai", "may", "mayıs"; "samedi", "cumartesi". */
function named(language: Language, what: 'month' | 'weekday'): Record<string, number> {
  const format = new Intl.DateTimeFormat(language, { [what]: 'long', timeZone: 'UTC' });
  const inDate = new Intl.DateTimeFormat(language, { [what]: 'long', day: 'numeric', timeZone: 'UTC' });
  const names: Record<string, number> = {};
  for (let value = 0; value < (what === 'month' ? 12 : 7); value += 1) {
    // 2026-02-01 is a Sunday.
    const day =
      what === 'month' ? new Date(Date.UTC(2026, value, 3)) : new Date(Date.UTC(2026, 1, 1 + value));
    const number = what === 'month' ? value + 1 : value;
    names[format.format(day)] = number;
    const part = inDate.formatToParts(day).find(({ type }) => type === what)?.value;
    if (part && /\p{L}/u.test(part)) names[part] = number;
  }
  return names;
}

const WITHIN_WORD = /(?<=\p{L})['’.-](?=\p{L})/gu;
export const keyOf = (word: string): string => (prepared(word).match(/\d+|[\p{L}\p{M}]+/gu) ?? []).join(' ');
const prepared = (text: string): string => fold(text).replace(WITHIN_WORD, ' ');

const PIECES = new RegExp(
  [
    /(?<iso>\d{4}-\d{1,2}-\d{1,2})(?:(?:t|\s+)(?=\d{1,2}:\d{2}))?/,
    /(?<hour>\d{1,2})(?:\s?[h:]\s?|\s?heures?\s)(?<minute>[0-5]\d)(?!\d)(?:\s?(?<half>[ap])\.?m\b)?/,
    /(?<hour2>\d{1,2})\s?(?:h\b|(?<half2>[ap])\.?m\b)/,
    /(?<day>\d{1,2})\s?(?<sep>[/.-])\s?(?<month>\d{1,2})(?:\s?\k<sep>\s?(?<year>\d{4}|\d{2}))?(?!\d)/,
    /(?<day2>\d{1,2}) (?<month2>0[1-9]|1[0-2])(?: (?<year2>20\d{2}))?(?![\d:h])/,
    /(?<number>\d+)/,
    /(?<word>[\p{L}\p{M}]+)/u,
  ]
    .map((part) => part.source)
    .join('|'),
  'gu',
);

/** What a reply is made of, in order. */
export function piecesOf(text: string, language: string): Piece[] {
  const words = calendar(language);
  const folded = inFigures(prepared(text));
  const raw: Piece[] = [];
  let end = 0;
  for (const match of folded.matchAll(PIECES)) {
    const joined = match.index === end && match.index > 0;
    end = match.index + match[0].length;
    const { groups = {} } = match;
    if (groups.word) {
      for (const [index, word] of segments(groups.word, words).entries())
        raw.push({ kind: 'word', roles: NO_ROLES, text: word, joined: joined || index > 0 });
    } else raw.push(...figures(match[0], groups, joined));
  }
  return grouped(raw, words);
}

const NO_ROLES: Roles = new Map();

function figures(text: string, groups: Record<string, string | undefined>, joined: boolean): Piece[] {
  if (groups.iso) {
    const [year, month, day] = groups.iso.split('-').map(Number) as [number, number, number];
    return [{ kind: 'date', day, month, year, text }];
  }
  const hour = groups.hour ?? groups.hour2;
  if (hour !== undefined) {
    const half = (groups.half ?? groups.half2) as 'a' | 'p' | undefined;
    return [
      {
        kind: 'time',
        hour: Number(hour),
        minute: Number(groups.minute ?? 0),
        ...(half && { half: `${half}m` }),
        text,
      },
    ];
  }
  const day = groups.day ?? groups.day2;
  if (day !== undefined) {
    const second = (groups.month ?? groups.month2) as string;
    const year = groups.year ?? groups.year2;
    // "18.30" is an hour: no month is that late.
    if (groups.sep === '.' && !year && Number(second) > 12 && second.length === 2 && Number(day) < 24)
      return [{ kind: 'time', hour: Number(day), minute: Number(second), text }];
    return [
      {
        kind: 'date',
        day: Number(day),
        month: Number(second),
        ...(year && { year: Number(year) + (year.length === 2 ? 2000 : 0) }),
        text,
      },
    ];
  }
  return [{ kind: 'number', value: Number(text), spelled: false, text, joined }];
}

const HAN_DIGITS = '〇一二三四五六七八九';
const HAN_NUMBER = /[一二三四五六七八九十两兩]{1,4}(?=\s*[月日号號点點时時天周週])/gu;

/** Chinese dates and hours in the figures that the others use. */
function inFigures(folded: string): string {
  if (!/[月日号號点點时時下]/u.test(folded)) return folded;
  return (
    folded
      .replace(HAN_NUMBER, (said, at: number) =>
        /[期周週拜]/u.test(folded[at - 1] ?? '') ? said : String(hanNumber(said)),
      )
      // "下周六": next week, and Saturday.
      .replace(/(下个?)(周|週|星期|礼拜)(?=[一二三四五六日天])/gu, '下周 $2')
      .replace(/(\d+)\s*月\s*(\d+)\s*[日号號]?/gu, ' $2/$1 ')
      .replace(/(\d+)\s*[点點时時]\s*半/gu, ' $1:30 ')
      .replace(/(\d+)\s*[点點时時]\s*(\d{2})分?/gu, ' $1:$2 ')
      .replace(/(\d+)\s*[点點时時][钟鐘整]?/gu, ' $1:00 ')
      .replace(/(\d+)\s*[日号號]/gu, ' $1 ')
  );
}

function hanNumber(said: string): number {
  const digit = (sign: string | undefined): number =>
    sign === '两' || sign === '兩' ? 2 : Math.max(HAN_DIGITS.indexOf(sign ?? ''), 0);
  const at = said.indexOf('十');
  if (at < 0) return digit(said[0]);
  return (at === 0 ? 1 : digit(said[at - 1])) * 10 + digit(said[at + 1]);
}

const HAN = /\p{Script=Han}/u;

/** Words of a script without spaces, the longest known ones first; every other word as it is. */
function segments(word: string, calendar: Calendar): string[] {
  const { entries } = calendar;
  if (!HAN.test(word)) return numberApart(word, calendar) ?? [word];
  const signs = [...word];
  const found: string[] = [];
  for (let at = 0; at < signs.length; ) {
    let length = Math.min(6, signs.length - at);
    while (length > 1 && !entries.has(signs.slice(at, at + length).join(''))) length -= 1;
    found.push(signs.slice(at, at + length).join(''));
    at += length;
  }
  return found;
}

/** What an ending on a number says of an hour: "altıda", "দশটায়" at; "ஆறரை" half past. */
function numberApart(word: string, { entries, language }: Calendar): string[] | undefined {
  const isNumber = (each: string): boolean => entries.get(each)?.has('number') === true;
  if (language === 'bn' && word.endsWith('টা') && isNumber(word.slice(0, -2))) return [word.slice(0, -2), 'টা'];
  if (entries.has(word)) return undefined;
  const stem = stemsOf(word, language).find((each) => isNumber(each.word));
  if (!stem) return undefined;
  if (stem.says.includes('half')) return [stem.word, HALF];
  const ending = word.slice(stem.word.length);
  if (language === 'bn') return ending.startsWith('টা') ? [stem.word, 'টা'] : undefined;
  return language === 'tr' && /^[dt][ae]$/.test(ending) ? [stem.word, 'da'] : undefined;
}

const HALF = normalise('அரை');

/** The pieces with expressions put together and their parts known. */
function grouped(raw: Piece[], words: Calendar): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < raw.length; ) {
    const found = expressionAt(raw, at, words);
    if (found) {
      const text = raw
        .slice(at, at + found.length)
        .map((each) => each.text)
        .join(' ');
      pieces.push(wordPiece(text, found.roles, (raw[at] as { joined?: boolean }).joined === true, pieces));
      at += found.length;
      continue;
    }
    const piece = raw[at] as Piece;
    pieces.push(piece.kind === 'word' ? { ...piece, roles: rolesOf(piece.text, words) } : piece);
    at += 1;
  }
  return pieces.filter((piece): piece is Piece => piece !== ABSORBED);
}

const ABSORBED = { kind: 'word', roles: NO_ROLES, text: '', joined: true } as Piece;

/** A word; a number in words joins the one before it ("vingt quatre"). */
function wordPiece(text: string, roles: Roles, joined: boolean, before: Piece[]): Piece {
  const value = roles.get('number');
  if (value === undefined || roles.size > 1) return { kind: 'word', roles, text, joined };
  const last = before.at(-1);
  if (last?.kind === 'number' && last.spelled && last.value >= 20 && last.value % 10 === 0 && value < 10) {
    last.value += value;
    return ABSORBED;
  }
  return { kind: 'number', value, spelled: true, text, joined };
}

function expressionAt(
  raw: Piece[],
  at: number,
  { entries, reach }: Calendar,
): { roles: Roles; length: number } | undefined {
  let said = '';
  let best: { roles: Roles; length: number } | undefined;
  for (let length = 1; length <= reach; length += 1) {
    const piece = raw[at + length - 1];
    if (!piece || (piece.kind !== 'word' && piece.kind !== 'number')) break;
    said = said ? `${said} ${piece.text}` : piece.text;
    // A figure alone is no word of a list.
    const roles = length === 1 && piece.kind === 'number' ? undefined : entries.get(said);
    if (roles) best = { roles, length };
  }
  return best;
}

const ARABIC_PREFIX = /^(?:و)?(?:ال|لل|بال|ب|ل|ف)?(?=\p{L}{3})/u;

/** A word that stands in no list as it is: with something written onto it, or with a slip. */
function rolesOf(word: string, { entries, long, endings }: Calendar): Roles {
  const bare = word.replace(ARABIC_PREFIX, '');
  const direct = entries.get(bare) ?? entries.get(`ال${bare}`);
  if (direct && bare !== word) return direct;
  for (let cut = 1; cut <= endings && word.length - cut >= 3; cut += 1) {
    const roles = entries.get(word.slice(0, -cut));
    if (roles && !roles.has('filler') && !roles.has('number')) return roles;
  }
  if (word.length < SLIP_FROM) return NO_ROLES;
  const near = (long.get(word.charAt(0)) ?? []).filter(([each]) => within(each, word, 1));
  const meanings = new Set(near.map(([, roles]) => [...roles].flat().join()));
  return meanings.size === 1 ? (near[0] as [string, Roles])[1] : NO_ROLES;
}
