/** Which column of a table of contacts is what, by its header, however staff write it. */
import { normalise } from '../../conversations/understand/normalise.ts';

export const COLUMNS = [
  'phone',
  'language',
  'age',
  'quartier',
  'channel',
  'consent',
  'date',
  'proof',
] as const;
export type Column = (typeof COLUMNS)[number];

/** In French and English; the first is how staff are told of it. */
const NAMES: Record<Column, string[]> = {
  phone: [
    ...['téléphone', 'tel', 'tél', 'mobile', 'portable', 'numéro', 'phone', 'phone number', 'number', 'gsm'],
    ...[
      'téléphone portable',
      'téléphone mobile',
      'tel portable',
      'tel mobile',
      'numéro de téléphone',
      'mobile phone',
    ],
    ...['n° de téléphone', 'no de téléphone', 'n° téléphone', 'n° tel', 'sms'],
  ],
  language: ['langue', 'language', 'langue parlée'],
  age: [
    'âge',
    'tranche',
    "tranche d'âge",
    'age',
    'age band',
    'age group',
    'année de naissance',
    'year of birth',
  ],
  quartier: ['quartier', 'neighbourhood', 'neighborhood', 'district', 'secteur'],
  channel: ['canal', 'channel'],
  consent: ['consentement', 'accord', 'consent', 'opt-in', 'optin'],
  date: [
    ...[
      'date de consentement',
      'date du consentement',
      'date',
      "date d'accord",
      'date de signature',
      'consent date',
    ],
    ...['date of consent', 'le', "date de l'accord", "date d'inscription"],
  ],
  proof: [
    'preuve',
    'preuve de consentement',
    'proof',
    'proof of consent',
    'comment',
    'origine',
    'source',
    'how',
  ],
};

export const columnName = (column: Column): string => NAMES[column][0] as string;

const byName = new Map(
  COLUMNS.flatMap((column) => NAMES[column].map((name) => [normalise(name), column] as const)),
);

export interface Columns {
  at: Partial<Record<Column, number>>;
  /** Places of those that are not read, from 0. What stands there is not said: without headers it is somebody's. */
  ignored: number[];
  /** Two columns that say they are the same. */
  twice?: Column;
}

export function readColumns(cells: string[]): Columns {
  const columns: Columns = { at: {}, ignored: [] };
  for (const [index, cell] of cells.entries()) {
    const column = byName.get(normalise(cell));
    if (column === undefined) {
      if (cell.trim()) columns.ignored.push(index);
    } else if (columns.at[column] !== undefined) columns.twice = column;
    else columns.at[column] = index;
  }
  return columns;
}
