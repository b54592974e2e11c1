/** One row of a table of contacts: who it is and how they agreed, or what is wrong with it. Nothing of it is quoted. */
import { type City, places } from '../../conversations/city.ts';
import type { Enrolled } from '../../conversations/enrol.ts';
import { languageByName } from '../../conversations/language-names.ts';
import { readAge } from '../../conversations/understand/age.ts';
import { normalise } from '../../conversations/understand/normalise.ts';
import { type Invalid, isAllowed, parseNumber } from '../channels/numbers.ts';
import { type Column, columnName } from './columns.ts';

export interface Contact extends Pick<Enrolled, 'language' | 'age' | 'quartier' | 'proof'> {
  /** E.164. */
  number: string;
}

/** Why a row is refused: the column, and a French sentence without its value. */
export interface Fault {
  column: Column;
  reason: string;
}

export interface Reading {
  city: City;
  /** Today in Paris, YYYY-MM-DD. */
  today: string;
  /** Where the rows do not say it: what was signed or said, and the day. */
  proof?: { what?: string; on?: string };
  /** The role of who took it down. */
  by?: string;
}

type Cell = (column: Column) => string;

/** A row is refused for its first fault. */
export function readContact(cell: Cell, reading: Reading): Contact | { fault: Fault } {
  const { city, today, by } = reading;
  try {
    const number = numberIn(cell('phone'), city);
    if (cell('channel') && !/^(sms|texto|telephone|mobile)$/.test(normalise(cell('channel'))))
      wrong('channel', 'seuls des contacts par SMS peuvent être importés; permis: SMS, ou rien');
    if (cell('consent') && !/^(oui|o|yes|y|1|x|vrai|true|ok)$/.test(normalise(cell('consent'))))
      wrong('consent', "l'accord n'est pas noté; permis: oui, ou la colonne en moins");
    const language = languageIn(cell('language'), city);
    const age = ageIn(cell('age'), today);
    const quartier = quartierIn(cell('quartier'), city);
    const what = cell('proof') || reading.proof?.what;
    if (!what)
      return wrong(
        'proof',
        'comment la personne a donné son accord manque: dans la colonne « preuve », ou pour tout le fichier',
      );
    if (what.length > 500) wrong('proof', 'plus de 500 caractères');
    const on = dayIn(cell('date') || (reading.proof?.on ?? ''), today, city);
    return {
      number,
      ...(language && { language }),
      ...(age && { age }),
      ...(quartier && { quartier }),
      proof: { what, on, ...(by && { by }) },
    };
  } catch (error) {
    if (error instanceof Wrong) return { fault: error.fault };
    throw error;
  }
}

class Wrong extends Error {
  constructor(readonly fault: Fault) {
    super(fault.reason);
  }
}

function wrong(column: Column, reason: string): never {
  throw new Wrong({ column, reason });
}

const INVALID: Record<Invalid, string> = {
  empty: 'le numéro manque',
  'not-a-number': "ce n'est pas un numéro de téléphone",
  'short-code': "c'est un numéro court",
  emergency: "c'est un numéro d'urgence",
  'too-short': 'il manque des chiffres',
  'too-long': 'il y a trop de chiffres, ou deux numéros',
  'unknown-country': "l'indicatif de pays n'existe pas",
  unassigned: "ce numéro n'est attribué à personne",
  fiction: 'ce numéro est réservé aux films et aux essais',
};

/** What spreadsheets leave of a number they took for a quantity: without its zero, or without its plus. */
const asTyped = (text: string): string =>
  text
    .trim()
    .replace(/^[67]\d{8}$/, '0$&')
    .replace(/^(33|262|590|594|596)[67]\d{8}$/, '+$&');

function numberIn(text: string, city: City): string {
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(text.trim()))
    wrong(
      'phone',
      'le tableur a arrondi ce numéro: mettez la colonne au format texte et saisissez-le de nouveau',
    );
  const parsed = parseNumber(asTyped(text), { region: 'FR', fiction: city.example });
  if ('invalid' in parsed) return wrong('phone', INVALID[parsed.invalid]);
  if (!parsed.canReceiveSms) wrong('phone', 'ce numéro ne reçoit pas de SMS: il faut un portable');
  if (!isAllowed(parsed.e164, city.limits.prefixes))
    wrong('phone', `la ville n'écrit pas dans ce pays; permis: ${city.limits.prefixes.join(', ')}`);
  return parsed.e164;
}

function languageIn(text: string, city: City): string | undefined {
  if (!text) return undefined;
  const code = text.toLowerCase();
  const named = languageByName(text);
  const language = city.languages.find((each) => each === code || each === named);
  return language ?? wrong('language', `langue inconnue ici; permis: ${city.languages.join(', ')}, ou rien`);
}

function ageIn(text: string, today: string): Contact['age'] {
  if (!text) return undefined;
  // Where residents are asked, 4 is the fourth answer; in a table it is a child, or who knows what.
  const age = /^\s*\d\s*$/.test(text) ? undefined : readAge(text, 'fr', today);
  if (age === 'child') return wrong('age', "moins de 15 ans: aucun contact n'est gardé");
  if (age === undefined || age === 'unsaid')
    return wrong(
      'age',
      'âge illisible; permis: un âge, une tranche (25-59), une année de naissance, ou rien',
    );
  return age;
}

function quartierIn(text: string, city: City): string | undefined {
  if (!text) return undefined;
  const wanted = normalise(text);
  const found = places(city).find(({ id, name, keywords }) =>
    [id, name, ...keywords].some((each) => normalise(each) === wanted),
  );
  const names = places(city).map(({ name }) => name);
  return found?.id ?? wrong('quartier', `quartier inconnu; permis: ${names.join(', ')}, ou rien`);
}

const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/;
const YEAR_FIRST = /^(\d{4})-(\d{2})-(\d{2})\b/;

/** YYYY-MM-DD of "5/9/2026" or "2026-09-05"; undefined where there is no such day. */
export function readDay(text: string): string | undefined {
  const [, day, month, year] = DAY_FIRST.exec(text.trim()) ?? [];
  const iso = year
    ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
    : YEAR_FIRST.exec(text.trim())?.[0];
  const time = iso === undefined ? Number.NaN : Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? undefined : iso;
}

function dayIn(text: string, today: string, city: City): string {
  if (!text)
    return wrong(
      'date',
      `le jour de l'accord manque: dans la colonne « ${columnName('date')} », ou pour tout le fichier`,
    );
  const day = readConsentDay(text, today, city);
  return 'wrong' in day ? wrong('date', day.wrong) : day.on;
}

/** YYYY-MM-DD, or in French why this is no day on which somebody can have agreed. */
export function readConsentDay(text: string, today: string, city: City): { on: string } | { wrong: string } {
  const day = readDay(text);
  if (!day) return { wrong: 'date illisible; permis: JJ/MM/AAAA ou AAAA-MM-JJ' };
  if (day > today) return { wrong: `ce jour n'est pas encore venu; permis: jusqu'au ${today}` };
  const { contactMonths } = city.notice;
  const oldest = new Date(`${today}T00:00:00Z`);
  oldest.setUTCMonth(oldest.getUTCMonth() - contactMonths);
  const first = oldest.toISOString().slice(0, 10);
  if (day >= first) return { on: day };
  return { wrong: `un accord de plus de ${contactMonths} mois ne compte plus; permis: depuis le ${first}` };
}
