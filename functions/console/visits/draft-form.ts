/** A visit as the fields of its form, and back. */
import { spotIn } from '../../../conversations/coordinates.ts';
import type { Finding } from '../../../conversations/lint/finding.ts';
import { type MeetingPoint, MOST_PEOPLE, VisitDraft } from '../../../conversations/visit.ts';
import type { Faults } from '../forms.tsx';
import { sentence } from '../said.ts';
import { fillTexts, textsIn } from './texts.tsx';

export const POSITION_FAULT =
  'Ce n’est pas une position. Collez deux nombres (48.9101, 2.5533) ou le lien d’une carte OpenStreetMap ou Google, pas un lien raccourci ; ou laissez vide.';

/** "48.9101, 2.5533", as it can be pasted into a map; '' where it is not known. */
export const spotOf = ({ latitude, longitude }: MeetingPoint): string =>
  latitude === undefined ? '' : `${latitude}, ${longitude}`;

/** A meeting point to be parsed: what is no spot is no number. */
export const meetingIn = (form: URLSearchParams): object => {
  const [name = '', position = ''] = ['lieu', 'position'].map((each) => (form.get(each) ?? '').trim());
  return { name, ...(position !== '' && (spotIn(position) ?? { latitude: Number.NaN, longitude: 0 })) };
};

/** By what of a draft they stand for, and what is said where it cannot be. */
const FIELDS: Record<string, [field: string, fault: string]> = {
  quartier: ['quartier', 'Choisissez un quartier.'],
  day: ['jour', 'Donnez un jour. Exemple : 2026-12-12.'],
  time: ['heure', 'Donnez une heure. Exemple : 10:00.'],
  minutes: ['duree', 'Une visite dure de 15 à 720 minutes.'],
  'meeting.name': ['lieu', 'Donnez un nom de 40 caractères au plus.'],
  'meeting.latitude': ['position', POSITION_FAULT],
  capacity: ['places', `De 1 à ${MOST_PEOPLE} places.`],
  stops: ['arrets', 'Vingt arrêts au plus, de 80 caractères au plus chacun.'],
  host: ['hote-fr', 'Dites avec qui, en français.'],
  title: ['titre-fr', 'Ce titre n’est pas possible.'],
};

/** `host.fr` is a language's own field. */
const TEXTS: Record<string, string> = {
  host: 'hote',
  title: 'titre',
  'texts.invitation': 'invitation',
  'texts.reminder': 'rappel',
};

function fieldOf(place: string): string {
  const [, at = '', language] = /^(.*)\.([a-z]{2}(?:-[a-z]+)?)$/.exec(place) ?? [];
  return language !== undefined && TEXTS[at] ? `${TEXTS[at]}-${language}` : (FIELDS[place]?.[0] ?? '');
}

export function fieldsOf(draft: VisitDraft): URLSearchParams {
  const { meeting, texts } = draft;
  const fields = new URLSearchParams({
    quartier: draft.quartier,
    jour: draft.day,
    heure: draft.time,
    duree: String(draft.minutes),
    lieu: meeting.name,
    position: spotOf(meeting),
    places: String(draft.capacity),
    arrets: draft.stops.join('\n'),
    ...(draft.transport && { transport: 'oui' }),
  });
  fillTexts(fields, 'hote', draft.host);
  fillTexts(fields, 'titre', draft.title);
  fillTexts(fields, 'invitation', texts.invitation);
  fillTexts(fields, 'rappel', texts.reminder);
  return fields;
}

/** "48,9101" */
export const numberIn = (text: string): number =>
  /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;

/** What is only unwise is for the lint. */
export function readForm(form: URLSearchParams): { draft: VisitDraft } | { faults: Faults } {
  const one = (name: string): string => (form.get(name) ?? '').trim();
  const [title, invitation, reminder] = ['titre', 'invitation', 'rappel'].map((name) => textsIn(form, name));
  const parsed = VisitDraft.safeParse({
    quartier: one('quartier'),
    day: one('jour'),
    time: one('heure'),
    ...(one('duree') !== '' && { minutes: numberIn(one('duree')) }),
    meeting: meetingIn(form),
    capacity: numberIn(one('places')),
    stops: one('arrets')
      .split(/\r?\n/)
      .map((stop) => stop.trim())
      .filter((stop) => stop !== ''),
    host: textsIn(form, 'hote'),
    ...(title && { title }),
    ...(form.get('transport') === 'oui' && { transport: true }),
    texts: { ...(invitation && { invitation }), ...(reminder && { reminder }) },
  });
  if (parsed.success) return { draft: parsed.data };
  const faults: Faults = {};
  for (const { path } of parsed.error.issues) {
    const place = path[0] === 'meeting' ? path.join('.') : String(path[0]);
    const [field, fault] = FIELDS[place] ?? ['', 'Une valeur n’est pas possible.'];
    faults[field] ??= fault;
  }
  return { faults };
}

export function findingsByField(findings: readonly Finding[]): { faults: Faults; known: string[] } {
  const faults: Faults = {};
  const known: string[] = [];
  for (const { severity, place, message } of findings) {
    const said = `${sentence(message)}.`;
    if (severity === 'warning') known.push(said);
    else faults[fieldOf(place)] = [faults[fieldOf(place)], said].filter(Boolean).join(' ');
  }
  return { faults, known };
}
