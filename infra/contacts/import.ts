/**
 * `npm run contacts -- import FICHIER --liste ID …`: a .csv or .xlsx of contacts onto a list. `--essai` says what would
 * come of it and writes nothing. Prints line numbers and reasons, never what stands in a row.
 */
import { inParis } from '../../conversations/hours.ts';
import { columnName } from '../../functions/contacts/columns.ts';
import {
  type Counts,
  importContacts,
  StoreUnavailable,
  type Told,
} from '../../functions/contacts/import-contacts.ts';
import { readDay } from '../../functions/contacts/read-contact.ts';
import { openTable, TableFileError } from '../../functions/contacts/table-file.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import { enrolContact, enrolmentBy } from '../../functions/runtime/enrol.ts';
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
  // What cannot be carried out at once is told as failed, and done by running the import again.
  const strict: Deps = {
    ...deps,
    queue: { send: () => Promise.reject(new Error('the effects are still to be carried out')) },
  };
  const counts = await importContacts(await openTable(file), {
    list: id,
    ...(list.plain && { plain: true }),
    city: deps.world.city,
    today: inParis(deps.now()).date,
    proof,
    ...(by && { by }),
    eventId: (name) => `i${deps.hashes.event(name).slice(1)}`,
    put: (number, event) => (trial ? enrolmentBy(deps, number, event) : enrolContact(strict, number, event)),
    tell: (row) => console.log(lineOf(row)),
  });
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

const REASONS: Record<Exclude<Told['outcome'], 'refused'>, string> = {
  stopped: "a dit STOP, n'est pas repris",
  suppressed: "a dit STOP ou EFFACER, n'est pas repris",
  left: 'a quitté cette liste après la date de cette preuve',
  duplicate: 'le même numéro est plus haut dans le fichier',
  failed: "n'a pas pu être enregistré",
};

function lineOf({ line, outcome, at, fault }: Told): string {
  if (outcome !== 'refused' || !fault) return `ligne ${line}: ${REASONS[outcome as keyof typeof REASONS]}`;
  const where = at === undefined ? '' : `, colonne ${letters(at)}`;
  return `ligne ${line}${where} (${columnName(fault.column)}): ${fault.reason}`;
}

/** A spreadsheet's name of a column, from 0: A, Z, AA. */
const letters = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + letters(at % 26);

const summary = (counts: Counts): string[] => [
  `lignes: ${counts.rows}`,
  `nouveaux contacts: ${counts.new}`,
  `contacts connus, ajoutés à la liste: ${counts.added}`,
  `déjà sur la liste: ${counts.known}`,
  `ont dit STOP ou EFFACER: ${counts.stopped + counts.suppressed}`,
  `ont quitté la liste depuis: ${counts.left}`,
  `en double dans le fichier: ${counts.duplicate}`,
  `refusées: ${counts.refused}`,
  ...(counts.failed > 0 ? [`non enregistrées: ${counts.failed}`] : []),
];
