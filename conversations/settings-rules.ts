/**
 * What a change of a setting has to keep to besides the schema of the city's file, as staff read it: every fault with
 * its place in what was set, '' for the whole.
 */
import * as z from 'zod';
import { type City, Price } from './city.ts';
import { addDays } from './hours.ts';
import { type Change, isSame, type Settings, withChange } from './settings.ts';

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
}

/** Days: further ahead a date is a slip of the keyboard. */
const FARTHEST = 3660;

/** None where the change may be made. */
export function faultsOf(change: Change, around: Around): Fault[] {
  const own = RULES[change.setting]?.(change, around) ?? [];
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

const RULES: Partial<Record<Change['setting'], Rule>> = {
  prices: (change, around) => (change.to === null ? priceOff(change, around) : priceOn(change, around)),
  elections: (change, around) =>
    change.to === null ? off(change, around, 'Ce scrutin') : electionOn(change, around),
};

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
  const { from } = change.from as Price;
  return from < around.today
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
