/** What became of a row of a table of contacts, in French: where it stands and why, never what stands there. */
import { columnName } from './columns.ts';
import type { Counts, Told } from './import-contacts.ts';

const REASONS: Record<Exclude<Told['outcome'], 'refused'>, string> = {
  stopped: "a dit STOP, n'est pas repris",
  suppressed: "a dit STOP ou EFFACER, n'est pas repris",
  left: 'a quitté cette liste après la date de cette preuve',
  duplicate: 'le même numéro est plus haut dans le fichier',
  failed: "n'a pas pu être enregistré",
};

export interface ToldInWords {
  line: number;
  /** As a spreadsheet names it, and the column's own name. */
  where?: string;
  why: string;
}

export function toldInWords({ line, outcome, at, fault }: Told): ToldInWords {
  if (outcome !== 'refused' || !fault) return { line, why: REASONS[outcome as keyof typeof REASONS] };
  const place = at === undefined ? '' : `colonne ${letters(at)} `;
  return { line, where: `${place}(${columnName(fault.column)})`, why: fault.reason };
}

/** A spreadsheet's name of a column, from 0: A, Z, AA. */
const letters = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + letters(at % 26);

export const countsInWords = (counts: Counts): [string, number][] => [
  ['lignes', counts.rows],
  ['nouveaux contacts', counts.new],
  ['contacts connus, ajoutés à la liste', counts.added],
  ['déjà sur la liste', counts.known],
  ['ont dit STOP ou EFFACER', counts.stopped + counts.suppressed],
  ['ont quitté la liste depuis', counts.left],
  ['en double dans le fichier', counts.duplicate],
  ['refusées', counts.refused],
  ...(counts.failed > 0 ? [['non enregistrées', counts.failed] as [string, number]] : []),
];
