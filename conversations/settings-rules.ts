/**
 * What a change of a setting has to keep to besides the schema of the city's file, as staff read it: every fault with
 * its place in what was set, '' for the whole.
 */
import * as z from 'zod';
import { type City, Price, Template } from './city.ts';
import { addDays } from './hours.ts';
import { type Change, heldOf, isSame, type Settings, valueIn, withChange } from './settings.ts';
import { quartierFaults } from './settings-quartier.ts';

export interface Fault {
  place: string;
  message: string;
}

export interface Around {
  /** As the city's file has it. */
  base: City;
  settings: Settings;
  /** In Paris, YYYY-MM-DD. */
  today: string;
  /** What else has keywords: every survey, and the lives that can be opened. */
  surveys: readonly { key: string; keywords: string[] }[];
  lives: readonly { id: string; keyword: string }[];
}

/** Days: further ahead a date is a slip of the keyboard. */
const FARTHEST = 3660;

/** None where the change may be made. */
export function faultsOf(change: Change, around: Around): Fault[] {
  const own = RULES[change.setting](change, around);
  if (own.length > 0) return own;
  const whole = withChange(around.base, around.settings, change);
  return 'city' in whole
    ? []
    : whole.faults.map((message) => ({
        place: '',
        message: `Refusé par le contrôle d’ensemble : ${message}`,
      }));
}

type Rule = (change: Change, around: Around) => Fault[];

const RULES: Record<Change['setting'], Rule> = {
  prices: (change, around) => (change.to === null ? priceOff(change, around) : priceOn(change, around)),
  elections: (change, around) =>
    change.to === null ? off(change, around, 'Ce scrutin') : electionOn(change, around),
  templates: (change, around) =>
    change.to === null ? off(change, around, 'Ce modèle') : templateOn(change, around),
  sending: (change, around) => ofOne(change, around, sendingHours),
  callHours: (change, around) => ofOne(change, around, callHours),
  phone: (change, around) =>
    ofOne(change, around, (phone) =>
      /^\d(?: ?\d){2,12}$/.test(String(phone)) && String(phone).length <= LONGEST_PHONE
        ? []
        : [fault('', 'Un numéro que l’on compose en France, 14 caractères au plus : 01 99 00 12 34.')],
    ),
  pushesPerWeek: (change, around) =>
    ofOne(change, around, (count) =>
      isWithin(count, 1, 7) && Number.isInteger(count) ? [] : [fault('', 'Un nombre entier de 1 à 7.')],
    ),
  dailyEuros: (change, around) =>
    ofOne(change, around, (euros) =>
      isWithin(euros, 1, MOST_EUROS) ? [] : [fault('', 'Un montant de 1 à 10 000 euros, par exemple 150.')],
    ),
  strangersShare: (change, around) =>
    ofOne(change, around, (share) =>
      isWithin(share, 0.05, 0.95) ? [] : [fault('', 'Un nombre de 5 à 95, en pour cent.')],
    ),
  quartier: (change, around) => quartierFaults(change, around),
};

/** As it stands in texts that fit in one SMS: "01 99 00 12 34". */
const LONGEST_PHONE = 14;
const MOST_EUROS = 10_000;
/** When the law lets a city write first (channels.md 5, L8): staff only narrow it. */
export const LAWFUL = { from: '08:30', to: '20:00' };

const isWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;

/** `null` is what the file says: checked with the whole. */
function ofOne(change: Change, { settings }: Around, rule: (value: unknown) => Fault[]): Fault[] {
  const faults = change.to === null ? [] : rule(change.to);
  if (faults.length > 0) return faults;
  return isSame(heldOf(settings, change), change.to) || isSame(valueIn(settings.city, change), change.to)
    ? [fault('', 'C’est déjà le réglage : rien n’a changé.')]
    : [];
}

function sendingHours(value: unknown): Fault[] {
  const { from, to } = value as { from: string; to: string };
  const isTime = (time: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  if (!isTime(from) || from < LAWFUL.from || from >= LAWFUL.to)
    return [fault('from', `Une heure, pas avant ${LAWFUL.from} : la loi ne permet pas plus tôt.`)];
  if (!isTime(to) || to > LAWFUL.to)
    return [fault('to', `Une heure, pas après ${LAWFUL.to} : la loi ne permet pas plus tard.`)];
  return to <= from ? [fault('to', 'La fin vient après le début.')] : [];
}

function callHours(value: unknown): Fault[] {
  const { from, to } = value as { from: string; to: string };
  const minutes = (said: string): number => {
    const read = /^([01]?\d|2[0-3])h([0-5]\d)?$/.exec(said);
    return read ? Number(read[1]) * 60 + Number(read[2] ?? 0) : Number.NaN;
  };
  if (Number.isNaN(minutes(from))) return [fault('from', 'Une heure, par exemple 09:00.')];
  if (Number.isNaN(minutes(to))) return [fault('to', 'Une heure, par exemple 12:00.')];
  return minutes(to) <= minutes(from) ? [fault('to', 'La fin vient après le début.')] : [];
}

const fault = (place: string, message: string): Fault => ({ place, message });

/** Faults of a schema, each in French by its field. */
const inFrench = (error: z.ZodError, words: Record<string, string>): Fault[] =>
  [...new Set(error.issues.map(({ path: [first] }) => String(first ?? '')))].map((place) =>
    fault(place, words[place] ?? 'À revoir.'),
  );

/** What is not there cannot be taken off. */
const off = ({ setting, from }: Change, { settings }: Around, what: string): Fault[] =>
  (settings.city[setting as 'prices'] as unknown[]).some((each) => isSame(each, from))
    ? []
    : [fault('', `${what} n’est plus dans les réglages : quelqu’un l’a déjà retiré.`)];

function priceOn({ to }: Change, { settings: { city }, today }: Around): Fault[] {
  const read = Price.safeParse(to);
  if (!read.success)
    return inFrench(read.error, {
      channel: 'Choisissez un canal.',
      provider: 'Choisissez un prestataire, ou aucun.',
      euros: 'Un prix en euros, de 0 à 10, par exemple 0,0725.',
      from: 'Un jour, par exemple 01/01/2027.',
      source: 'Dites d’où vient ce prix : un contrat, un barème, une facture.',
    });
  const { channel, provider, from } = read.data;
  if (from < today)
    return [fault('from', 'Un prix vaut au plus tôt d’aujourd’hui : les comptes passés ne changent pas.')];
  if (from > addDays(today, FARTHEST)) return [fault('from', 'Ce jour est dans plus de dix ans.')];
  return city.prices.some(
    (each) => each.channel === channel && each.provider === provider && each.from === from,
  )
    ? [fault('from', 'Il y a déjà un prix pour ce canal à partir de ce jour : retirez-le d’abord.')]
    : [];
}

function priceOff(change: Change, around: Around): Fault[] {
  const read = Price.safeParse(change.from);
  return read.success && read.data.from < around.today
    ? [fault('', 'Ce prix a déjà servi : il ne change plus. Ajoutez-en un à partir d’aujourd’hui.')]
    : off(change, around, 'Ce prix');
}

function electionOn({ to }: Change, { settings: { city }, today }: Around): Fault[] {
  const day = String(to);
  if (!z.iso.date().safeParse(day).success) return [fault('', 'Un jour, par exemple 14/03/2027.')];
  if (day < today) return [fault('', 'Ce jour est passé : notez les scrutins à venir.')];
  if (day > addDays(today, FARTHEST)) return [fault('', 'Ce jour est dans plus de dix ans.')];
  return city.elections.includes(day) ? [fault('', 'Ce jour est déjà noté.')] : [];
}

function templateOn({ to }: Change, { settings: { city } }: Around): Fault[] {
  const read = Template.safeParse(to);
  if (!read.success)
    return inFrench(read.error, {
      purpose: 'Choisissez à quoi il sert.',
      category: 'Choisissez la catégorie que Meta lui a donnée.',
      language: 'Choisissez une langue.',
      contentSid: 'HX suivi de 32 chiffres et lettres de a à f, comme Twilio l’affiche.',
      variables: 'Choisissez ce qui remplit chaque variable.',
    });
  const { purpose, language, contentSid, variables } = read.data;
  if (!Object.keys(variables).every((_, index) => variables[String(index + 1)] !== undefined))
    return [fault('variables', 'Remplissez les variables dans l’ordre, sans en sauter.')];
  if (city.templates.some((each) => each.contentSid === contentSid))
    return [fault('contentSid', 'Ce modèle est déjà dans la liste.')];
  return city.templates.some((each) => each.purpose === purpose && each.language === language)
    ? [fault('purpose', 'Il y a déjà un modèle pour cela dans cette langue : retirez-le d’abord.')]
    : [];
}
