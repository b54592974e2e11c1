/** How two versions of a survey's parts are compared: their texts by language, their other fields, their order. */

export interface Named {
  id: string;
}

interface TextChange {
  field: string;
  language: string;
  /** « texte en tr: « … » devient « … » ». */
  what: string;
}

/** What a field is called in front of staff; a field that is not here goes by its name. */
const FIELDS: Record<string, string> = {
  text: 'texte',
  label: 'libellé',
  hint: 'aide',
  guidance: 'consigne',
  constraintMessage: 'message de refus',
  title: 'titre',
  topic: 'sujet',
  intro: 'introduction',
  thanks: 'remerciement',
  over: 'message de clôture',
  results: 'résultats',
};

export const isSame = (one: unknown, other: unknown): boolean => stable(one) === stable(other);

/** JSON with its keys in order: two files may name the same things in another. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  ) ?? '';

export const quoted = (words: string[]): string => words.map((word) => `« ${word} »`).join(', ');

const MOST_SHOWN = 50;
const short = (text: string): string => (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);

/** A text by language: what a part's other records hold is named here. */
const NOT_TEXTS = new Set(['columns', 'review', 'form']);
const isTexts = (field: string, value: unknown): value is Record<string, string> =>
  !NOT_TEXTS.has(field) &&
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  Object.values(value).every((text) => typeof text === 'string');

const fieldsOf = (...parts: object[]): string[] => [...new Set(parts.flatMap((part) => Object.keys(part)))];
const fieldOf = (part: object, field: string): unknown => (part as Record<string, unknown>)[field];

export function textChanges(before: object, after: object): TextChange[] {
  return fieldsOf(before, after).flatMap((field) => {
    const [old, own] = [fieldOf(before, field) ?? {}, fieldOf(after, field) ?? {}];
    if (!isTexts(field, old) || !isTexts(field, own)) return [];
    return fieldsOf(old, own)
      .filter((language) => old[language] !== own[language])
      .map((language) => {
        const [from, to] = [old[language], own[language]];
        const name = `${FIELDS[field] ?? field} en ${language}`;
        const what =
          from === undefined
            ? `${name} ajouté: « ${short(to ?? '')} »`
            : to === undefined
              ? `${name} retiré: « ${short(from)} »`
              : `${name}: « ${short(from)} » devient « ${short(to)} »`;
        return { field, language, what };
      });
  });
}

interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** Who is asked, what is taken and what is worked out; everything else that is no text limits the answer. */
const CONDITIONS = new Set([
  'relevant',
  'section',
  'filter',
  'constraint',
  'calculation',
  'default',
  'required',
]);
/** Said elsewhere, or of no weight for answers. */
const APART = new Set(['id', 'type', 'options', 'list']);

/** The fields of a question that hold no texts. */
export function scalarsOf(
  before: object,
  after: object,
): { conditions: FieldChange[]; limits: FieldChange[] } {
  const changed = fieldsOf(before, after)
    .map((field) => ({ field, from: fieldOf(before, field), to: fieldOf(after, field) }))
    .filter(({ field, from, to }) => !APART.has(field) && !isTexts(field, from ?? to) && !isSame(from, to));
  return {
    conditions: changed.filter(({ field }) => CONDITIONS.has(field)),
    limits: changed.filter(({ field }) => !CONDITIONS.has(field)),
  };
}

/** The fewest that must have been moved: all but the longest run that kept its order. */
export function moved(before: Named[], after: Named[]): string[] {
  const places = after
    .map(({ id }) => ({ id, at: before.findIndex((each) => each.id === id) }))
    .filter(({ at }) => at >= 0);
  const runs: string[][] = [];
  for (const [index, { id, at }] of places.entries()) {
    const earlier = runs.filter((_, other) => (places[other] as { at: number }).at < at);
    const longest = earlier.sort((a, b) => b.length - a.length)[0] ?? [];
    runs[index] = [...longest, id];
  }
  const kept = new Set(runs.sort((a, b) => b.length - a.length)[0]);
  return places.map(({ id }) => id).filter((id) => !kept.has(id));
}
