/**
 * Who is on a list, with their numbers and how they agreed: the one export of contacts, for officers. Read shard by shard,
 * a page of residents at a time; who has said STOP, left or been erased by the time their page is read is not in it.
 */
import { isLanguage } from '../../conversations/phrase.ts';
import say from '../../locales/fr/contacts.json';
import { words } from '../../locales/index.ts';
import { channelOf, nameIn } from '../channels/channel.ts';
import { openBook } from '../forms/xlsx-stream.ts';
import type { Item } from '../store/db.ts';
import type { Purpose } from '../store/exports.ts';
import { shards } from '../store/table.ts';
import type { TurnItem } from '../store/turn-item.ts';
import { allLists } from './city-lists.ts';
import type { Deps } from './deps.ts';
import { type Cell, frenchTime, type Sink, writeCsv } from './export-csv.ts';
import { momentOf } from './export-workbook.ts';

/** No list has this id. */
export class UnknownList extends Error {
  override name = 'UnknownList';
  constructor(
    readonly list: string,
    readonly known: string[],
  ) {
    super(`no list has the id "${list}", there are: ${known.join(', ')}`);
  }
}

export interface ContactsRequest {
  list: string;
  /** Told after each page how many contacts are written. */
  progress?: (rows: number) => Promise<unknown>;
}

/** One batch of the store; so many residents are in memory. */
const PAGE = 100;
/** Proofs that are read at once. */
const AT_ONCE = 10;
/** Contacts from one telling to the next, at least. */
const PROGRESS_EVERY = 500;

const COLUMNS = Object.keys(say.columns) as (keyof typeof say.columns)[];
const WIDTHS: Record<(typeof COLUMNS)[number], number> = {
  phone: 18,
  channel: 12,
  others: 24,
  reached: 10,
  language: 18,
  voice: 16,
  lists: 40,
  consented: 20,
  proof: 60,
  by: 20,
  muted: 20,
  last: 16,
};

/** Writes it and returns how many contacts it has. Throws `UnknownList`. */
export async function contactsCsv(deps: Deps, request: ContactsRequest, sink: Sink): Promise<number> {
  const names = await namesOf(deps, request.list);
  let rows = 0;
  async function* all(): AsyncGenerator<Cell[]> {
    yield COLUMNS.map((column) => say.columns[column]);
    for await (const row of contactsOf(deps, request, names)) {
      rows += 1;
      yield row;
    }
  }
  await writeCsv(all(), sink);
  return rows;
}

/** The same as a workbook, with a sheet that says what it is; `folder` as `exportWorkbook` has it. */
export async function contactsWorkbook(
  deps: Deps,
  request: ContactsRequest & { purpose: Purpose; folder: string },
  sink: Sink,
): Promise<number> {
  const names = await namesOf(deps, request.list);
  const book = openBook(request.folder);
  const sheet = book.sheet(
    say.sheets.contacts,
    COLUMNS.map((column) => ({ width: WIDTHS[column] })),
  );
  const about = book.sheet(say.sheets.method, [{ width: 20 }, { width: 90 }]);
  await sheet.row(COLUMNS.map((column) => say.columns[column]));
  let rows = 0;
  for await (const row of contactsOf(deps, request, names)) {
    rows += 1;
    await sheet.row(row.map((cell, at) => (isDay(COLUMNS[at]) ? momentOf(cell) : cell)));
  }
  const { method } = say;
  for (const row of [
    method.header,
    [method.list, names.get(request.list)],
    [method.purpose, say.purposes[request.purpose]],
    [method.made, momentOf(frenchTime(deps.now().toISOString()))],
    [method.rows, rows],
    [method.who, method.whoText],
    [method.after, method.afterText],
    [method.names, method.namesText],
  ])
    await about.row(row);
  await book.finish(deps.now(), sink);
  return rows;
}

const isDay = (column: (typeof COLUMNS)[number] | undefined): boolean =>
  column === 'consented' || column === 'last';

/** How each list is called, by its id. */
async function namesOf(deps: Deps, list: string): Promise<Map<string, string>> {
  const lists = await allLists(deps);
  const names = new Map(lists.map(({ id, name }) => [id, name]));
  if (!names.has(list)) throw new UnknownList(list, [...names.keys()]);
  return names;
}

async function* contactsOf(
  deps: Deps,
  { list, progress }: ContactsRequest,
  names: Map<string, string>,
): AsyncGenerator<Cell[]> {
  let [rows, told] = [0, 0];
  for await (const page of pagesOf(deps, list)) {
    const proofs = await proofsOf(deps, page, list);
    // Last of all: who has stopped or gone since the index was read is not written.
    for (const item of await deps.turns.findMany(page)) {
      const { session } = item;
      if (session.consent !== 'given' || !session.lists.includes(list)) continue;
      rows += 1;
      yield cellsOf(deps, item, { names, proof: proofs.get(item.hash) });
    }
    if (rows - told < PROGRESS_EVERY) continue;
    told = rows;
    await progress?.(rows);
  }
}

async function* pagesOf({ lists }: Deps, list: string): AsyncGenerator<string[]> {
  let page: string[] = [];
  for (const shard of shards)
    for await (const hash of lists.members(list, { shard }))
      if (page.push(hash) >= PAGE) {
        yield page;
        page = [];
      }
  if (page.length > 0) yield page;
}

async function proofsOf(deps: Deps, page: string[], list: string): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  for (let from = 0; from < page.length; from += AT_ONCE)
    await Promise.all(
      page.slice(from, from + AT_ONCE).map(async (hash) => {
        const proof = await proofOf(deps, hash, list);
        if (proof) found.set(hash, proof);
      }),
    );
  return found;
}

/** The latest by which they agreed to this list; else the latest by which they agreed at all. */
async function proofOf({ residents }: Deps, hash: string, list: string): Promise<Item | undefined> {
  let best: Item | undefined;
  const rank = ({ list: to, at }: Item): string => `${to === list ? 1 : 0}${at}`;
  for await (const proof of residents.proofs(hash)) {
    if (proof.kind !== 'given' && proof.kind !== 'resumed') continue;
    if (!best || rank(proof) > rank(best)) best = proof;
  }
  return best;
}

function cellsOf(
  { world: { city } }: Deps,
  { address, known, others, session }: TurnItem,
  { names, proof }: { names: Map<string, string>; proof: Item | undefined },
): Cell[] {
  const cells: Record<(typeof COLUMNS)[number], Cell> = {
    phone: numberOf([address, ...others.map((each) => each.address)]),
    channel: say.channels[channelOf(address)],
    others: others.map((each) => wayOf(each.address, address)).join(', '),
    reached: [known, ...others].every(({ bad }) => bad) ? say.no : say.yes,
    language: languageOf(session.language),
    voice: city.voices.find(({ code }) => code === session.voice)?.name,
    lists: session.lists.map((id) => names.get(id) ?? id).join(', '),
    consented: dayOf(proof?.on ?? proof?.at),
    proof: proof && String(proof.text),
    by: proof?.by === undefined ? undefined : String(proof.by),
    muted: session.muted?.map((kind) => say.muted[kind]).join(', '),
    last: dayOf(session.heard),
  };
  return COLUMNS.map((column) => cells[column]);
}

/** Of people whom only an id of Meta's names there is none. */
const numberOf = (addresses: string[]): string | undefined =>
  addresses.map(nameIn).find((name) => name.startsWith('+'));

/** The channel alone where it is the same number. */
const wayOf = (address: string, first: string): string => {
  const name = nameIn(address);
  const told = name.startsWith('+') && name !== nameIn(first) ? ` ${name}` : '';
  return `${say.channels[channelOf(address)]}${told}`;
};

const languageOf = (code: string | undefined): string | undefined =>
  code !== undefined && isLanguage(code) ? words[code].name : code;

const dayOf = (at: unknown): string | undefined => (at === undefined ? undefined : frenchDay(String(at)));

const frenchDay = (at: string): string =>
  at.includes('T') ? frenchTime(at).slice(0, 10) : at.split('-').reverse().join('/');
