/**
 * `npm run contacts -- import FICHIER --liste ID …`: a .csv or .xlsx of contacts onto a list. `--essai` says what would
 * come of it and writes nothing. Prints line numbers and reasons, never what stands in a row.
 */
import { type Counts, StoreUnavailable, type Told } from '../../functions/contacts/import-contacts.ts';
import { readDay } from '../../functions/contacts/read-contact.ts';
import { TableFileError } from '../../functions/contacts/table.ts';
import { openTable } from '../../functions/contacts/table-file.ts';
import { countsInWords, toldInWords } from '../../functions/contacts/told-words.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import { importTable } from '../../functions/runtime/import-table.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { listOf, withStore } from './of-city.ts';

const USAGE = `usage: npm run contacts -- import FICHIER --liste ID [--preuve "comment les personnes ont donné leur accord" --le JJ/MM/AAAA] [--par SERVICE] [--essai]
  sans --preuve et --le, chaque ligne dit les deux: colonnes « preuve » et « date de consentement »`;

interface Command {
  file: string;
  list: string;
  proof: { what?: string; on?: string };
  by?: string;
  trial: boolean;
}

export async function run(args: string[]): Promise<void> {
  const command = readCommand(args);
  await withStore(async (deps) => {
    try {
      await importTo(deps, command);
    } catch (error) {
      if (error instanceof TableFileError)
        throw new Refused(`« ${command.file} »: ${error.message}`, { cause: error });
      if (!(error instanceof StoreUnavailable)) throw error;
      for (const line of summary(error.counts)) console.log(line);
      throw new Refused("les données ne répondent plus: relancez l'import, il reprend ce qui manque", {
        cause: error,
      });
    }
  });
}

async function importTo(deps: Deps, { file, list: id, proof, by, trial }: Command): Promise<void> {
  const list = await listOf(deps, id);
  const table = await openTable(file);
  const tell = (row: Told): void => console.log(lineOf(row));
  const counts = await importTable(deps, table, { list, proof, ...(by && { by }), trial, tell });
  console.log(trial ? `essai pour « ${list.name} »: rien n'est enregistré` : `import dans « ${list.name} »`);
  for (const line of summary(counts)) console.log(line);
  if (counts.failed > 0) throw new Refused("des lignes n'ont pas pu être enregistrées: relancez l'import");
}

function readCommand(args: string[]): Command {
  const text = { type: 'string' } as const;
  const options = { liste: text, preuve: text, le: text, par: text, essai: { type: 'boolean' } } as const;
  const { values, positionals } = readArgs(args, options, USAGE);
  const [file] = positionals;
  const { liste, preuve: what, le, par: by, essai = false } = values;
  if (!file || positionals.length !== 1 || !liste) throw new Refused(USAGE);
  const on = le === undefined ? undefined : readDay(le);
  if (le !== undefined && on === undefined)
    throw new Refused(`--le est un jour, JJ/MM/AAAA ou AAAA-MM-JJ; reçu: ${le}`);
  return {
    file,
    list: liste,
    proof: { ...(what && { what }), ...(on && { on }) },
    ...(by && { by }),
    trial: essai,
  };
}

const lineOf = (row: Told): string => {
  const { line, where, why } = toldInWords(row);
  return where === undefined
    ? `ligne ${line}: ${why}`
    : `ligne ${line}${where.startsWith('(') ? '' : ','} ${where}: ${why}`;
};

const summary = (counts: Counts): string[] =>
  countsInWords(counts).map(([what, count]) => `${what}: ${count}`);
