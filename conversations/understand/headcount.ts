/** Reads how many people come, whoever is counted and however. The rule is docs/reading.md. */
import { corrected, eitherOr, isDenied, isRough } from './amount.ts';
import { type Counted, countedIn, has, isBehind, isPerson, joinsOn, ofWhom, PAIRS, PLUS } from './counted.ts';
import { lexicon, phrasesIn } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { besidesRead, type Part, partsOf, speaks } from './parts.ts';
import { DONT_KNOW, passesInWords, type Reading, readEither, SKIP, UNCLEAR } from './reading.ts';
import { spaced } from './segment.ts';
import type { Role } from './vocabulary.ts';

/** The most that one resident may announce, where the question says nothing else. */
const MOST_PEOPLE = 20;

const MINUS = /[-−]$/u;

interface Sum {
  people: number;
  sure: boolean;
}

/** How many come, from 1 to `max`; 0 and "personne" pass. */
export const readHeadcount = (text: string, language: string, max: number = MOST_PEOPLE): Reading<number> =>
  readEither(spaced(text, language), language, (said) => readAsIs(said, language, max));

/** "à 19h30": no number of people. As long as before, so that places stay what they are. */
const CLOCK =
  /(?:(?<=^|\s)(?:à|a|vers|at|las|la)\s+)?\b\d{1,2}\s?(?:h\d{0,2}|heures?|:\d{2})(?![\p{L}\d])/giu;
const withoutClock = (text: string): string => text.replace(CLOCK, (clock) => ' '.repeat(clock.length));

/** What makes a number depend on something: "3 si mon mari vient". */
const IF: Record<string, RegExp> = {
  en: /\s(?:if|unless)\s/u,
  es: /\s(?:si|if)\s/u,
  pt: /\s(?:se|if)\s/u,
  ro: /\s(?:dac[aă]|if)\s/u,
};
const SI = /\s(?:si|sauf si|if)\s/u;

/** What comes before an "if", where a number does: that is likely, and asked. */
function beforeIf(text: string, language: string): string | undefined {
  const at = text.search(IF[language] ?? SI);
  const head = at < 0 ? '' : text.slice(0, at);
  return partsOf(head, language).some(({ number }) => number) ? head : undefined;
}

function readAsIs(whole: string, language: string, max: number): Reading<number> {
  const text = withoutClock(whole);
  const head = beforeIf(text, language);
  // "4 s'il fait beau" and "3 si mon mari vient": only who comes or not changes the number.
  if (head !== undefined && partsOf(text.slice(head.length), language).some(isPerson)) {
    const reading = readAsIs(head, language, max);
    return reading.kind === 'value' ? { ...reading, certainty: 'ask', comment: whole.trim() } : reading;
  }
  const said = normalise(text);
  if (!said) return UNCLEAR;
  const parts = partsOf(text, language);
  if (saysNobody(parts)) return SKIP;
  const passed = passesInWords(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  if (isUndecided(said, parts, language)) return UNCLEAR;
  const counted = countedIn(parts);
  const sum = summed(parts, counted);
  if (!sum || !Number.isInteger(sum.people)) return UNCLEAR;
  if (sum.people === 0) return SKIP;
  if (sum.people < 1 || sum.people > max) return { kind: 'unclear', got: String(sum.people) };
  const comment = commentOf(text, parts, counted);
  const sure =
    sum.sure &&
    !isRough(parts) &&
    !/\d\s*\+\s*$/u.test(text) &&
    !isOfAnother(parts, counted, lexicon(language).yes);
  return {
    kind: 'value',
    value: sum.people,
    ...(!sure && { certainty: 'ask' as const }),
    ...(comment && { comment }),
  };
}

/** "ça dépend de mon mari": no number, and somebody who is named only beside it. */
const isUndecided = (said: string, parts: Part[], language: string): boolean =>
  !parts.some(({ number }) => number) && phrasesIn(said, lexicon(language).unsure).length > 0;

const UNKNOWN = 2;
const isUnknown = (part: Part | undefined): boolean =>
  part !== undefined && !part.number && part.roles.size === 0 && [...part.text].length >= UNKNOWN;

/**
 * Signs that a number is of something else, or is not all: "bâtiment 4", "2 végétariens", "2 adultes et un toutou",
 * "5 ou plus", "2 sans les enfants".
 */
function isOfAnother(parts: Part[], counted: Counted[], yes: Set<string>): boolean {
  const numbers = counted.filter(({ kind }) => kind === 'number');
  const [only] = numbers;
  if (only && numbers.length === 1 && counted.length === 1 && !only.named) {
    const [before, after] = [parts[only.at - 1], parts[only.end]];
    const next = after && isUnknown(after) && after.gap.trim() === '' ? after.text : '';
    if (only.at === 1 && isUnknown(before) && !yes.has(before?.text ?? '') && parts.length === 2) return true;
    if (only.people > 1 && /^[a-z]{4,}[sx]$/.test(next)) return true;
  }
  return parts.some((part, at) => {
    const next = parts[at + 1];
    if (has(part, 'or') && counted.some(({ end }) => end === at)) return next !== undefined && !next.number;
    if (has(part, 'deny') && numbers.some((each) => each.at < at))
      return parts.slice(at + 1).some((each) => isPerson(each) || has(each, 'me'));
    const joined = has(part, 'and') || part.text === 'plus' || /\+/u.test(next?.gap ?? '');
    const article = has(next, 'my') || (next?.number?.spelled && next.number.value === 1);
    return joined && article === true && isUnknown(parts[at + 2]);
  });
}

const NOBODY_ELSE: Role[] = ['nobody', 'none', 'filler', 'unit', 'person'];

const saysNobody = (parts: Part[]): boolean =>
  parts.some((part) => has(part, 'nobody') || has(part, 'none')) &&
  parts.every(({ number, roles }) => !number && NOBODY_ELSE.some((role) => roles.has(role)));

function summed(parts: Part[], counted: Counted[]): Sum | undefined {
  const numbers = counted.filter(({ kind }) => kind === 'number');
  if (numbers.some(({ at }) => isDenied(parts, at)) || deniesAlone(parts, counted)) return undefined;
  if (counted[0]?.at === 0 && MINUS.test(parts[0]?.gap ?? '')) return undefined;
  if (unnumbered(parts, counted)) return undefined;
  const one = oneNumber(parts, numbers);
  if (one) return withResident(one, counted, parts);
  return (
    totalAmong(parts, counted, numbers) ??
    totalFirst(parts, counted) ??
    ofWhom(parts, numbers) ??
    totalLast(parts, counted) ??
    added(parts, counted)
  );
}

/** "on sera 2, moi et mon fils", "3: moi, mon mari et ma fille": who is named behind the number is in it. */
function totalFirst(parts: Part[], counted: Counted[]): Sum | undefined {
  const [first, ...rest] = counted;
  if (first?.kind !== 'number' || first.named || first.company || rest.length === 0) return undefined;
  const uncounted = parts.findIndex((_, at) => at > first.at && isUncounted(parts, at));
  if (uncounted >= 0) return { people: first.people, sure: !has(parts[uncounted - 1], 'my') };
  const behind = parts[first.end];
  const we = parts.slice(0, first.at).some((part) => has(part, 'we'));
  const apart = /[,:;.(]/u.test(behind?.gap ?? '') || (we && behind !== undefined && !joinsOn(behind));
  if (!apart || has(behind, 'with')) return undefined;
  const others = rest.some(({ kind }) => kind === 'number') ? undefined : added(parts, rest)?.people;
  if (others === undefined) return undefined;
  return { people: first.people, sure: others === first.people };
}

/** "3 enfants et mon mari donc 5": the last number is what the others come to, with the resident or without. */
function totalLast(parts: Part[], counted: Counted[]): Sum | undefined {
  const last = counted.at(-1);
  if (last?.kind !== 'number' || last.named || PLUS.test((parts[last.at] as Part).gap)) return undefined;
  // "my husband, me and the 3 little ones": joined to the others, it is no total.
  const before = counted.at(-2)?.end ?? last.at;
  if (parts.slice(before, last.at).some(joinsOn)) return undefined;
  const others = counted.length > 1 ? added(parts, counted.slice(0, -1))?.people : undefined;
  const agrees = others !== undefined && (others === last.people || others + 1 === last.people);
  return agrees && counted.length > 2 ? { people: last.people, sure: true } : undefined;
}

/** "pas seul", "pas moi" */
const deniesAlone = (parts: Part[], counted: Counted[]): boolean =>
  counted.some(({ kind, at }) => (kind === 'alone' || kind === 'me') && has(parts[at - 1], 'deny'));

/** People, and nobody can say how many: "mes enfants", "moi et les potes", "toute la famille". */
const isUncounted = (parts: Part[], at: number): boolean => {
  const [part, before] = [parts[at] as Part, parts[at - 1]];
  if (!has(part, 'person') || has(part, 'companion') || has(part, 'nobody')) return false;
  if (PAIRS.has(part.text)) return false;
  if (before?.number || isPerson(before)) return false;
  return (
    has(before, 'my') ||
    has(before, 'with') ||
    has(before, 'and') ||
    has(before, 'joins') ||
    isBehind(parts, at + 1) ||
    (has(before, 'filler') && /^\p{Script=Latin}+s$/u.test(part.text))
  );
};

/** People without a number leave it open how many come, unless one number is said to be all. */
function unnumbered(parts: Part[], counted: Counted[]): boolean {
  const some = parts.some(({ number }) => number);
  if (!some && parts.some((part) => has(part, 'family'))) return true;
  const uncounted = parts.flatMap((_, at) => (isUncounted(parts, at) ? [at] : []));
  const [first] = uncounted;
  return first !== undefined && !wholeBeside(parts, counted, first);
}

/** "5 avec les petits", "on sera 4, les enfants et nous", "8 enfants compris": the one number, for everybody. */
function wholeBeside(parts: Part[], counted: Counted[], uncounted: number): Counted | undefined {
  const numbers = counted.filter(({ kind }) => kind === 'number');
  const [whole] = numbers;
  if (!whole || whole.named || whole.company || numbers.length > 1) return undefined;
  const [early, late] = [Math.min(whole.at, uncounted), Math.max(whole.at, uncounted)];
  const between = parts.slice(early + 1, late + 1);
  if (whole.at > uncounted) return between.some((part) => has(part, 'we')) ? whole : undefined;
  const adds = between.some((part) => has(part, 'and') || /\+/u.test(part.gap) || part.text === 'plus');
  const explains =
    has(parts[whole.end], 'with') ||
    has(parts[whole.end], 'including') ||
    /[,:(]/u.test(parts[whole.end]?.gap ?? '');
  return explains && !(adds && has(parts[whole.end], 'and')) ? whole : undefined;
}

/** "2 ou 3", "3 non 4": several numbers that stand for one. */
function oneNumber(parts: Part[], numbers: Counted[]): number | undefined {
  if (numbers.length < 2) return undefined;
  const at = numbers.map((each) => each.at);
  return (eitherOr(parts, at) ?? corrected(parts, at))?.value;
}

/** Likely that many, and the resident where only their company was counted. */
function withResident(people: number, counted: Counted[], parts: Part[]): Sum {
  const others = counted.filter(({ kind }) => kind !== 'number');
  const company = counted.some(({ company }) => company);
  const we = parts.some((part) => has(part, 'we'));
  return { people: people + (company && !we ? Math.max(1, others.length) : 0), sure: false };
}

/** "4 dont 2 enfants", "en tout 4", "4 (2 adultes 2 enfants)", "famille de 5": one number is the whole. */
function totalAmong(parts: Part[], counted: Counted[], numbers: Counted[]): Sum | undefined {
  const including = parts.findIndex((part) => has(part, 'including'));
  if (including >= 0) {
    const before = numbers.findLast(({ at }) => at < including);
    const after = numbers.find(({ at }) => at > including);
    const total = before ?? after;
    if (!total) return undefined;
    // "3 enfants avec moi": three, or three and I?
    const unclear = total.named && total === before && !after && total.people > 1;
    return { people: total.people, sure: !unclear || isGeneric(parts, total) };
  }
  const [first, ...rest] = numbers;
  if (!first) return undefined;
  const sum = (some: Counted[]): number => some.reduce((all, { people }) => all + people, 0);
  if (rest.length >= 2 && sum(rest) === first.people) return { people: first.people, sure: true };
  const last = numbers.at(-1) as Counted;
  if (numbers.length >= 3 && sum(numbers.slice(0, -1)) === last.people)
    return { people: last.people, sure: true };
  const opened = parts.findIndex(({ gap }, at) => at > first.at && gap.includes('('));
  if (rest.length > 0 && opened >= 0 && opened <= (rest[0] as Counted).at && !first.company)
    return { people: first.people, sure: sum(rest) <= first.people };
  if (numbers.length === 1 && parts.some((part) => has(part, 'family')))
    return { people: first.people, sure: !counted.some(({ kind }) => kind === 'me') };
  return undefined;
}

/** "4 personnes", not "4 enfants": nobody has persons. */
const isGeneric = (parts: Part[], { at, end }: Counted): boolean =>
  parts
    .slice(at + 1, end)
    .every((part) => has(part, 'person') && has(part, 'unit') && !has(part, 'companion'));

/** Everybody who was named, added up. */
function added(parts: Part[], counted: Counted[]): Sum | undefined {
  const alone = counted.filter(({ kind }) => kind === 'alone');
  const mes = counted.filter(({ kind }) => kind === 'me');
  const two = counted.find(({ kind }) => kind === 'two');
  const numbers = counted.filter(({ kind }) => kind === 'number');
  const companions = counted.filter(({ kind }) => kind === 'companion');
  const we = parts.some((part) => has(part, 'we'));
  const others = numbers.length + companions.length;
  if (others === 0) {
    if (two) return { people: 2, sure: true };
    // "je viens", "moi" alone: who comes was said by the question.
    return alone.length > 0 || isOnly(parts, mes) ? { people: 1, sure: true } : undefined;
  }
  const bare = numbers.filter(({ named }) => !named);
  if (bare.length > 1 && !bare.slice(1).every(({ at }) => PLUS.test((parts[at] as Part).gap)))
    return undefined;
  const people = [...numbers, ...companions].reduce((all, each) => all + each.people, 0);
  if (two) return { people: people + 2, sure: true };
  const company = [...numbers, ...companions].filter((each) => each.company);
  const me = [...mes, ...alone].some(({ at }) => besideOthers(parts, at, counted));
  const gaps = saysMoreBetween(parts, [...numbers, ...companions, ...mes]);
  if (me) return { people: people + 1, sure: !gaps };
  if (we && companions.length === 0 && !company.some(({ at }) => has(parts[at - 1], 'with')))
    return { people, sure: numbers.length === 1 || !gaps };
  if (company.length === numbers.length + companions.length) {
    // "je viens avec 2 amis": who says "I" counts as said.
    const spoke =
      (mes.length > 0 || parts.some((part) => has(part, 'coming'))) &&
      company.some(
        ({ at, end }) => has(parts[at - 1], 'with') || has(parts[at - 2], 'with') || isBehind(parts, end),
      );
    return { people: people + 1, sure: spoke };
  }
  // "2 adultes et un bébé" is everybody; "2 adultes et ma mère" perhaps not.
  const mixed =
    companions.some(({ at }) => has(parts[at - 1], 'my') && !has(parts[at - 1], 'filler')) ||
    (bare.length > 0 && numbers.length > bare.length);
  return { people, sure: !mixed && !gaps && !mes.some(({ at }) => isBesideUnclear(parts, at)) };
}

/** "moi 3", "moi é mé 3 enfan": and I, or I say three? */
const isBesideUnclear = (parts: Part[], at: number): boolean => {
  const next = parts[at + 1];
  return next?.number !== undefined || (next?.roles.size === 0 && [...next.text].length <= UNKNOWN);
};

/** "moi", "moi merci": nothing else that says something; "moi et bb" says who comes too, and not that we understand. */
const isOnly = (parts: Part[], mes: Counted[]): boolean =>
  mes.length > 0 &&
  !parts.some((part) => has(part, 'deny') || has(part, 'none')) &&
  !parts.some((part, at) => {
    const before = parts[at - 1];
    const joined = before !== undefined && (joinsOn(before) || has(before, 'my') || has(before, 'me'));
    return speaks(part) || (joined && isUnknown(part));
  });

/** "moi + 2", "2 enfants et moi", "moi, mon mari": joined to somebody else who is counted. */
function besideOthers(parts: Part[], at: number, counted: Counted[]): boolean {
  const joins = (index: number): boolean => {
    const part = parts[index];
    return (
      part !== undefined &&
      (has(part, 'and') || has(part, 'joins') || /[+&,;]/u.test(part.gap) || part.text === 'plus')
    );
  };
  const others = counted.filter((each) => each.at !== at && each.kind !== 'me');
  const next = others.find((each) => each.at > at);
  const before = others.findLast((each) => each.at < at);
  if (next && (joins(at + 1) || has(parts[at + 1], 'with'))) return true;
  if (next && ((joins(next.at) && next.at === at + 1) || has(parts[at + 1], 'my'))) return true;
  // "kocamla ben": the language says "with" behind the first.
  return before !== undefined && (joins(at) || joins(at - 1) || has(parts[at - 1], 'behind'));
}

/** Words of another matter between two who are counted: likely, and asked. */
function saysMoreBetween(parts: Part[], counted: Counted[]): boolean {
  const places = counted.filter(({ kind }) => kind !== 'me').map(({ at }) => at);
  if (places.length < 2) return false;
  return parts
    .slice(Math.min(...places), Math.max(...places))
    .some((part) => speaks(part) && !isPerson(part));
}

/** What a reply says besides who comes. */
function commentOf(text: string, parts: Part[], counted: Counted[]): string | undefined {
  const first = parts[counted[0]?.at ?? 0];
  const last = parts[(counted.at(-1)?.end ?? 1) - 1];
  if (!first || !last) return undefined;
  const own = parts.some((part, at) => {
    const before = parts[at - 1];
    const verb = has(before, 'we') || has(before, 'me');
    return speaks(part) && !isPerson(part) && !verb;
  });
  return own ? besidesRead(text, first.from, last.to) : undefined;
}
