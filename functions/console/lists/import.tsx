/**
 * Contacts of a file onto a list: tried first, every row that would not go in named with its reason, then imported once
 * somebody has read that. In between the file waits enciphered for an hour (`store/kept-uploads.ts`).
 */
import { inParis } from '../../../conversations/hours.ts';
import { type Counts, StoreUnavailable, type Told } from '../../contacts/import-contacts.ts';
import { readConsentDay } from '../../contacts/read-contact.ts';
import type { ReadRow } from '../../contacts/read-table.ts';
import { type HeldTable, TableFileError, tableOf } from '../../contacts/table.ts';
import { toldInWords } from '../../contacts/told-words.ts';
import { readUploaded } from '../../contacts/uploaded-table.ts';
import type { CityList } from '../../runtime/city-lists.ts';
import { csvOf } from '../../runtime/export-csv.ts';
import type { Answer } from '../../runtime/http.ts';
import { startImport } from '../../runtime/import-job.ts';
import { importTable, readFor } from '../../runtime/import-table.ts';
import { createUploadStore, type Ticket } from '../../store/kept-uploads.ts';
import type { Faults } from '../forms.tsx';
import { type Asked, download, type Page, type Route, seeOther } from '../page.ts';
import { sentence } from '../said.ts';
import { formPage, gonePage, resultPage, type Typed } from './import-pages.tsx';
import { longAddress, underWay } from './long-import.tsx';
import { addressOf, asked, LISTS } from './parts.ts';

/**
 * A page has 29 seconds (API Gateway). A row is a turn, some five calls of the store one after the other, eight rows at
 * once: 2,000 took 12 s to try and 16 s to import on a busy laptop's dynalite; at 15 ms a call they would take 19.
 */
export const MOST_ROWS = 2000;
/** What is longer is tried and imported in the background, a part at a time; a form holds no more than 4 MB. */
export const MOST_LONG_ROWS = 50_000;
const MOST = { now: MOST_ROWS, all: MOST_LONG_ROWS };
const MOST_PROOF = 500;
const MOST_BY = 60;

/** What waits to be confirmed. */
interface Kept {
  list: string;
  table: HeldTable;
  proof: { what?: string; on?: string };
  by?: string;
  told: Told[];
}

const typedIn = (form: URLSearchParams): Typed => ({
  preuve: (form.get('preuve') ?? '').trim(),
  le: (form.get('le') ?? '').trim(),
  par: (form.get('par') ?? '').trim(),
});

async function trial(request: Asked): Promise<Page | Answer> {
  const { deps, form, files, agent, now, note } = request;
  const list = await asked(request);
  const typed = typedIn(form);
  const file = files.get('fichier');
  const day = typed.le === '' ? undefined : readConsentDay(typed.le, inParis(now).date, deps.world.city);
  const faults: Faults = {
    ...(!file && { fichier: 'Choisissez un fichier .csv ou .xlsx.' }),
    ...(typed.preuve.length > MOST_PROOF && { preuve: `Au plus ${MOST_PROOF} caractères.` }),
    ...(day && 'wrong' in day && { le: `${sentence(day.wrong)}.` }),
    ...(typed.par.length > MOST_BY && { par: `Au plus ${MOST_BY} caractères.` }),
  };
  if (!file || Object.keys(faults).length > 0) return formPage(list, MOST, typed, { faults });
  const proof = { ...(typed.preuve && { what: typed.preuve }), ...(day && 'on' in day && { on: day.on }) };
  const by = typed.par === '' ? {} : { by: typed.par };
  try {
    const table = await readUploaded(file, MOST_LONG_ROWS);
    if (table.rows.length > MOST_ROWS + 1) {
      const waiting = { hash: table.hash, rows: [] as ReadRow[] };
      for await (const row of readFor(deps, tableOf(table), { proof, ...by }).rows()) waiting.rows.push(row);
      await note('import de contacts essayé', list.id);
      return seeOther(
        longAddress(list.id, await startImport(deps, { who: agent.id, list: list.id, waiting })),
      );
    }
    const told: Told[] = [];
    const counts = await importTable(deps, tableOf(table), {
      list,
      proof,
      ...by,
      trial: true,
      tell: (row) => void told.push(row),
    });
    told.sort((a, b) => a.line - b.line);
    const kept: Kept = { list: list.id, table, proof, ...by, told };
    const ticket = await createUploadStore(deps.db).keep(JSON.stringify(kept), agent.id, now);
    await note('import de contacts essayé', list.id);
    return resultPage({ list, counts, told, ticket, trial: true });
  } catch (error) {
    if (error instanceof TableFileError)
      return formPage(list, MOST, typed, {
        faults: { fichier: `${sentence(`ce fichier: ${error.message}`)}.` },
      });
    if (error instanceof StoreUnavailable)
      return formPage(list, MOST, typed, {
        faults: { '': 'Les données ne répondent pas. Rien n’est enregistré ; réessayez.' },
      });
    throw error;
  }
}

const ticketIn = (form: URLSearchParams): Ticket => ({
  id: form.get('fichier') ?? '',
  key: form.get('cle') ?? '',
});

/** What the form's ticket opens, for whoever sent the file to this list. */
async function keptFor({ deps, form, agent, now }: Asked, list: CityList): Promise<Kept | undefined> {
  const text = await createUploadStore(deps.db).open(ticketIn(form), agent.id, now);
  const kept = text === undefined ? undefined : (JSON.parse(text) as Kept);
  return kept?.list === list.id ? kept : undefined;
}

async function confirm(request: Asked): Promise<Page> {
  const { deps, form, note } = request;
  const list = await asked(request);
  const kept = await keptFor(request, list);
  if (!kept) return gonePage(list);
  await note('contacts importés', list.id);
  const told: Told[] = [];
  const { table, proof, by } = kept;
  const finished = await importTable(deps, tableOf(table), {
    list,
    proof,
    ...(by && { by }),
    trial: false,
    tell: (row) => void told.push(row),
  }).catch((error: unknown): { cut: Counts } => {
    if (error instanceof StoreUnavailable) return { cut: error.counts };
    throw error;
  });
  const counts = 'cut' in finished ? finished.cut : finished;
  const whole = !('cut' in finished) && counts.failed === 0;
  if (whole) await createUploadStore(deps.db).drop(ticketIn(form).id);
  told.sort((a, b) => a.line - b.line);
  return resultPage({ list, counts, told, trial: false, ...(!whole && { ticket: ticketIn(form) }) });
}

async function rows(request: Asked): Promise<Page | Answer> {
  const list = await asked(request);
  const kept = await keptFor(request, list);
  if (!kept) return gonePage(list);
  const lines = kept.told.map(toldInWords).map(({ line, where, why }) => [line, where, why]);
  const text = await csvOf([['Ligne', 'Où', 'Pourquoi'], ...lines]);
  return download(`import-${list.id}-lignes.csv`, 'text/csv; charset=utf-8', text);
}

async function showForm(request: Asked): Promise<Page> {
  const list = await asked(request);
  const under = (await underWay(request, list)).map(({ id }) => longAddress(list.id, id));
  return formPage(list, MOST, typedIn(new URLSearchParams()), { under });
}

async function drop(request: Asked): Promise<Answer> {
  const list = await asked(request);
  if (await keptFor(request, list)) await createUploadStore(request.deps.db).drop(ticketIn(request.form).id);
  return seeOther(addressOf(list.id), 'abandon');
}

const path = (act = ''): string => `${LISTS}/:id/import${act}`;
const right = 'contacts.import';

export const importRoutes: Route[] = [
  {
    method: 'GET',
    path: path(),
    right,
    make: showForm,
  },
  { method: 'POST', path: path(), right, files: true, make: trial },
  { method: 'POST', path: path('/confirmer'), right, make: confirm },
  { method: 'POST', path: path('/lignes'), right, make: rows },
  { method: 'POST', path: path('/abandonner'), right, make: drop },
];
