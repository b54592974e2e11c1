/** An announcement as the fields of its form, and back. What the form does not show of a draft stays as it is. */
import { Draft, ParisTime } from '../../../conversations/announcement.ts';
import { parisAt, parisTime } from '../../../conversations/hours.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import type { Faults } from '../forms.tsx';
import { sentence } from '../said.ts';

export const textField = (language: string): string => `texte-${language}`;

/** By what of a draft they stand for: a finding's place, a fault's path. */
const FIELDS: Record<string, string> = {
  kind: 'genre',
  purpose: 'finalite',
  survey: 'sondage',
  at: 'quand',
  reason: 'motif',
  'audience.lists': 'listes',
  'audience.quartiers': 'quartiers',
  'audience.languages': 'langues',
  'audience.ages': 'ages',
  'audience.channels': 'canaux',
  'audience.activeSince': 'actifs',
  'audience.silentSince': 'silencieux',
  'audience.answered': 'repondu',
};

export const fieldOf = (place: string): string =>
  FIELDS[place] ?? (place.startsWith('texts.') ? textField(place.slice('texts.'.length)) : '');

/** A draft as its form shows it. */
export function fieldsOf({ kind, purpose, texts, survey, audience, at, reason }: Draft): URLSearchParams {
  const fields = new URLSearchParams({ genre: kind, finalite: purpose });
  for (const [language, text] of Object.entries(texts)) fields.set(textField(language), text);
  const one = (name: string, value: string | undefined) => value !== undefined && fields.set(name, value);
  const many = (name: string, values: readonly string[] = []) => {
    for (const value of values) fields.append(name, value);
  };
  one('sondage', survey);
  one('quand', at);
  one('motif', reason);
  one('actifs', audience.activeSince);
  one('silencieux', audience.silentSince);
  many('listes', audience.lists);
  many('quartiers', audience.quartiers);
  many('langues', audience.languages);
  many('ages', audience.ages);
  many('canaux', audience.channels);
  if (audience.answered)
    one('repondu', `${audience.answered.did ? 'oui' : 'non'}-${audience.answered.survey}`);
  return fields;
}

/**
 * Another draft over `before`, or what in the form is no draft at all; what is only unwise is for the lint.
 * `languages`: the city's; a text in any other is no field of the form.
 */
export function readForm(
  form: URLSearchParams,
  languages: readonly string[],
  before?: Draft,
): { draft: Draft } | { faults: Faults } {
  const faults: Faults = {};
  const one = (name: string): string | undefined =>
    form.get(name)?.replace(/\r\n/g, '\n').trim() || undefined;
  const many = (name: string): string[] | undefined => {
    const all = form.getAll(name).filter((each) => each !== '');
    return all.length > 0 ? all : undefined;
  };
  const at = one('quand');
  if (at !== undefined && !isMoment(at))
    faults.quand = `« ${at} » n’est pas une date et une heure. Exemple : 2026-11-24T10:00.`;
  for (const name of ['actifs', 'silencieux'])
    if (!isDay(one(name))) faults[name] = `« ${one(name)} » n’est pas un jour. Exemple : 2026-10-01.`;
  const texts: Record<string, string> = {};
  for (const language of languages) {
    const text = one(textField(language));
    if (text !== undefined) texts[language] = text;
  }
  if (Object.keys(texts).length === 0) faults[textField('fr')] = 'Écrivez au moins le texte français.';
  if (!one('genre')) faults.genre = 'Choisissez un genre.';
  const [, did, survey] = /^(oui|non)-(.+)$/.exec(one('repondu') ?? '') ?? [];
  const { group, told, and } = before?.audience ?? {};
  const audience = {
    ...{ group, told, and },
    ...(group || told ? {} : { lists: many('listes') }),
    quartiers: many('quartiers'),
    languages: many('langues'),
    ages: many('ages'),
    channels: many('canaux'),
    activeSince: one('actifs'),
    silentSince: one('silencieux'),
    answered: survey === undefined ? undefined : { survey, did: did === 'oui' },
  };
  const parsed = Draft.safeParse({
    ...given(before ?? {}),
    ...given({ kind: one('genre'), purpose: one('finalite') ?? before?.purpose ?? 'public-interest', texts }),
    survey: one('sondage'),
    at,
    reason: one('motif'),
    audience: given(audience),
  });
  if (!parsed.success)
    for (const { path } of parsed.error.issues) {
      const place = path[0] === 'audience' ? path.slice(0, 2).join('.') : String(path[0]);
      faults[fieldOf(place)] ??=
        place === 'reason'
          ? 'Le motif a 500 caractères au plus.'
          : 'Cette valeur n’est pas possible : choisissez-en une autre.';
    }
  return Object.keys(faults).length > 0 || !parsed.success
    ? { faults }
    : { draft: given(parsed.data) as Draft };
}

const given = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

export const isMoment = (text: string): boolean =>
  ParisTime.safeParse(text).success && parisTime(parisAt(text)) === text;
const isDay = (text: string | undefined): boolean => text === undefined || isMoment(`${text}T12:00`);

/** What the lint finds, by field: what must be corrected as faults, the rest to be known. */
export function findingsByField(findings: readonly Finding[]): { faults: Faults; known: Faults } {
  const [faults, known]: [Faults, Faults] = [{}, {}];
  for (const { severity, place, message } of findings) {
    const into = severity === 'error' ? faults : known;
    const field = fieldOf(place);
    into[field] = `${into[field] ? `${into[field]} ` : ''}${sentence(message)}.`;
  }
  return { faults, known };
}
