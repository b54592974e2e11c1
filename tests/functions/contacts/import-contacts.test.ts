/** A table of contacts onto a list: what is read, what is refused and why, nobody half imported, in constant memory. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Counts,
  type ImportOptions,
  importContacts,
  StoreUnavailable,
  type Told,
} from '../../../functions/contacts/import-contacts.ts';
import { NumberSet } from '../../../functions/contacts/number-set.ts';
import type { Reading } from '../../../functions/contacts/read-contact.ts';
import { readTable } from '../../../functions/contacts/read-table.ts';
import type { TableFile } from '../../../functions/contacts/table.ts';
import { openTable } from '../../../functions/contacts/table-file.ts';
import { enrolContact } from '../../../functions/runtime/enrol.ts';
import { settleEveryone, takeTurn } from '../../../functions/runtime/take-turn.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { FAULTS, type Faults, faultyDb } from '../../faults/faulty.ts';
import { createTestCity, type TestCity } from '../../support/city.ts';
import { createMemoryDb, type MemoryDb } from '../../support/memory-db.ts';
import { isBad, lineOf, numberOf, writeTable } from './table-of-contacts.ts';

const importFile = (table: TableFile, options: ImportOptions & Reading) =>
  importContacts(readTable(table, options), options);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-contacts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const { city } = localWorld();
const about = { list: 'aines', city, today: '2026-11-25', eventId: (name: string) => name };
const PROOF = { what: 'Bulletin signé', on: '2026-09-05' };

/** What came of it, and what would have been written. */
async function read(table: TableFile, more: Partial<ImportOptions & Reading> = {}) {
  const told: Told[] = [];
  const put: { number: string; event: object }[] = [];
  const counts = await importFile(table, {
    ...about,
    proof: PROOF,
    put: async (number, event) => {
      put.push({ number, event });
      return 'new';
    },
    tell: (row) => void told.push(row),
    ...more,
  });
  return { counts, told, put };
}

const rowsOf = (...rows: string[][]): TableFile => ({
  hash: 'hash',
  async *rows() {
    for (const [index, cells] of rows.entries()) yield { line: index + 1, cells };
  },
});

const file = (name: string, content: string | Buffer): string => {
  const to = path.join(folder, name);
  writeFileSync(to, content);
  return to;
};

describe('a row', () => {
  it.each([
    '06 12 34 56 78',
    '0612345678',
    '06.12.34.56.78',
    '06-12-34-56-78',
    '+33 6 12 34 56 78',
    '+33 (0)6 12 34 56 78',
    '0033612345678',
    '33612345678',
    '612345678',
    ' 06 12 34 56 78 ',
  ])('takes the number %j', async (number) => {
    const { put } = await read(rowsOf(['Portable'], [number]));
    expect(put.map((each) => each.number)).toEqual(['+33612345678']);
  });

  it.each([
    ['phone', '', 'manque'],
    ['phone', 'Dupont', 'pas un numéro'],
    ['phone', '06 12 34 56', 'manque des chiffres'],
    ['phone', '06 12 34 56 78 / 06 12 34 56 79', 'deux numéros'],
    ['phone', '01 42 34 56 78', 'pas de SMS'],
    ['phone', '+44 7911 123456', "n'écrit pas dans ce pays"],
    ['phone', '3,36123E+10', 'arrondi'],
    ['language', 'klingon', 'langue inconnue'],
    ['age', '12 ans', 'moins de 15 ans'],
    ['age', '11-14', 'moins de 15 ans'],
    ['age', '4', 'illisible'],
    ['age', '12/05/1960', 'illisible'],
    ['quartier', 'Atlantide', 'quartier inconnu'],
    ['channel', 'WhatsApp', 'SMS'],
    ['consent', 'non', 'pas noté'],
    ['consent', '', undefined],
    ['date', '31/02/2026', 'illisible'],
    ['date', '26/11/2026', 'pas encore venu'],
    ['date', '01/01/2015', 'ne compte plus'],
  ])('with the %s %j is refused: %s', async (column, value, reason) => {
    const headers = {
      phone: 'Mobile',
      language: 'Langue',
      age: 'Âge',
      quartier: 'Quartier',
      channel: 'Canal',
      consent: 'Accord',
      date: 'Date de consentement',
    };
    const good: Record<string, string> = { phone: '06 12 34 56 78' };
    const names = Object.keys(headers).filter((name) => name !== 'consent' || column === 'consent');
    const { told, put } = await read(
      rowsOf(
        names.map((name) => headers[name as keyof typeof headers]),
        names.map((name) => (name === column ? value : (good[name] ?? ''))),
      ),
    );
    if (reason === undefined) {
      expect(put).toHaveLength(1);
      return;
    }
    expect(put).toEqual([]);
    expect(told).toEqual([
      {
        line: 2,
        outcome: 'refused',
        at: names.indexOf(column),
        fault: { column, reason: expect.stringContaining(reason) },
      },
    ]);
    if (value.length > 3) expect(JSON.stringify(told)).not.toContain(value);
  });

  it("says what it knows of the contact, and its own proof before the file's", async () => {
    const { put } = await read(
      rowsOf(
        ['Tel', 'Language', 'Tranche d’âge', 'Quartier', 'Date', 'Preuve', 'Nom'],
        ['0612345678', 'Türkçe', '60 ans et plus', 'chene pointu', '1/9/2026', 'Appel', 'Dupont'],
        ['0612345679', '', '', '', '', '', ''],
      ),
      { by: 'accueil' },
    );
    expect(put).toEqual([
      {
        number: '+33612345678',
        event: {
          type: 'enrolled',
          id: 'hash\naines\n2',
          list: 'aines',
          language: 'tr',
          age: '60+',
          quartier: 'chene',
          proof: { what: 'Appel', on: '2026-09-01', by: 'accueil' },
        },
      },
      expect.objectContaining({
        event: { type: 'enrolled', id: 'hash\naines\n3', list: 'aines', proof: { ...PROOF, by: 'accueil' } },
      }),
    ]);
  });

  it("without a proof of its own or the file's is refused, and a number counts once", async () => {
    const table = rowsOf(
      ['Tel', 'Preuve'],
      ['0612345678', ''],
      ['0612345679', 'Appel'],
      ['06 12 34 56 79', 'Appel'],
    );
    const bare = await read(table, { proof: {} });
    expect(bare.told.map(({ fault }) => fault?.column)).toEqual(['proof', 'date', 'date']);
    const dated = await read(table, { proof: { on: '2026-09-05' } });
    expect(dated.counts).toMatchObject({ rows: 3, new: 1, refused: 1, duplicate: 1 });
    expect(dated.told.at(-1)).toEqual({ line: 4, outcome: 'duplicate' });
  });
});

describe('a file', () => {
  const CONTENT =
    'Téléphone;Quartier\r\n06 12 34 56 78;"Chêne\nPointu"\r\n\r\n06 12 34 56 79;Haut Clichy\r\n06 12 34;\r\n';
  it.each([
    ['UTF-8', Buffer.from(CONTENT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${CONTENT}`)],
    ['UTF-16', Buffer.from(`\ufeff${CONTENT}`, 'utf16le')],
    ['windows-1252', Buffer.from(CONTENT, 'latin1')],
    ['tabs', Buffer.from(CONTENT.replaceAll(';', '\t'))],
    ['commas', Buffer.from(CONTENT.replaceAll(';', ','))],
  ])('in %s is read, with the line numbers of the editor', async (name, bytes) => {
    const { put, told } = await read(await openTable(file(`${name}.csv`, bytes)));
    expect(put.map(({ event }) => event)).toMatchObject([{ quartier: 'chene' }, { quartier: 'haut' }]);
    expect(told.map(({ line }) => line)).toEqual([6]);
  });

  it('as .xlsx is read: numbers as numbers, days as days', async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('Contacts');
    sheet.addRows([
      ['Téléphone', 'Date de consentement', 'Âge'],
      [612345678, new Date('2026-09-01T00:00:00Z'), 61],
      ['06 12 34 56 79', '2/9/2026', { richText: [{ text: '25' }, { text: '-59' }] }],
      [],
      ['bonjour', '', ''],
    ]);
    const to = path.join(folder, 'contacts.xlsx');
    await book.xlsx.writeFile(to);
    const { put, told } = await read(await openTable(to));
    expect(put).toMatchObject([
      { number: '+33612345678', event: { age: '60+', proof: { on: '2026-09-01' } } },
      { number: '+33612345679', event: { age: '25-59', proof: { on: '2026-09-02' } } },
    ]);
    expect(told.map(({ line }) => line)).toEqual([5]);
  });

  it.each([
    ['no headers', 'a.csv', '06 12 34 56 78;fr\n', 'pas de colonne « téléphone »'],
    ['two columns of one kind', 'b.csv', 'Tel;Mobile\n1;2\n', 'deux colonnes « téléphone »'],
    [
      'a quote that is never closed',
      'c.csv',
      `Tel;Nom\n0612345678;a\n0612345679;"b\n${'x;y\n'.repeat(9000)}`,
      'après la ligne 2',
    ],
    ['nothing in it', 'd.csv', '', 'vide'],
    ['no workbook in it', 'e.xlsx', 'PK', 'pas un classeur'],
    ['another ending', 'f.ods', 'x', 'ne sont pas lus'],
  ])('with %s is refused before anything is written', async (_, name, content, reason) => {
    const put: string[] = [];
    const to = file(name, content);
    const trying = async () =>
      read(await openTable(to), {
        put: async (number) => {
          put.push(number);
          return 'new';
        },
      });
    await expect(trying()).rejects.toThrow(reason);
    expect(put).toEqual([]);
  });
});

it('a set of numbers knows exactly those it was given', () => {
  const number = fc.integer({ min: 1, max: 3000 }).map((n) => `+336000${n}`);
  fc.assert(
    fc.property(fc.array(number, { maxLength: 3000 }), (numbers) => {
      const [set, known] = [new NumberSet(), new Set<string>()];
      for (const each of numbers) {
        expect(set.add(each)).toBe(!known.has(each));
        known.add(each);
      }
    }),
    { numRuns: 30 },
  );
});

/** Imports into a city's store. */
const into = ({ deps }: TestCity, table: TableFile, list = 'aines'): Promise<Counts> =>
  importFile(table, {
    ...about,
    list,
    eventId: (name) => `i${deps.hashes.event(name).slice(1)}`,
    put: (number, event) => enrolContact(deps, number, event),
    tell: () => {},
  });

/** What the store holds, without times and versions. */
const held = (db: MemoryDb): string[] =>
  [...db.items.values()]
    .map(({ pk, sk, s, list }) => {
      const { id: _, lists = [], ...session } = s ? JSON.parse(String(s)) : {};
      const event = String(sk).startsWith('consent#') ? 'consent' : sk;
      return JSON.stringify([pk, event, list, Object.entries(session).sort(), [...lists].sort()]);
    })
    .filter((each) => !each.includes('"cleaned"'))
    .sort();

it('imported twice is imported once, and the order of files and rows does not matter', async () => {
  const contact = fc.record({
    row: fc.integer({ min: 0, max: 6 }),
    language: fc.constantFrom('fr', 'tr', ''),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(contact, { selector: ({ row }) => row, maxLength: 6 }),
      fc.shuffledSubarray(['aines', 'haut', 'chene', 'aines', 'haut'], { minLength: 5 }),
      async (contacts, order) => {
        const cells = contacts.map(({ row, language }) => [
          numberOf(row),
          language,
          '05/09/2026',
          'Bulletin',
        ]);
        const headers = ['Tel', 'Langue', 'Date', 'Preuve'];
        // Of two lists that are places the first says where somebody lives: here there is one.
        const lists = order.filter((list) => list !== 'chene');
        const [one, other] = [createMemoryDb(), createMemoryDb()];
        for (const list of ['aines', 'haut'])
          await into(createTestCity(one), rowsOf(headers, ...cells), list);
        for (const list of lists)
          await into(createTestCity(other), rowsOf(headers, ...cells.toReversed()), list);
        expect(held(other)).toEqual(held(one));
      },
    ),
    { numRuns: 25 },
  );
});

it('2,000 rows through crashes and errors at random calls: every bad row told, nobody half imported, nobody twice', async () => {
  const ROWS = 2000;
  const to = path.join(folder, 'big.csv');
  await writeTable(to, ROWS);
  const table = await openTable(to);
  const db = createMemoryDb();
  // Three who said STOP before.
  const stopped = [1, 500, 1999];
  const before = createTestCity(db);
  for (const row of stopped)
    await takeTurn(
      before.deps,
      `sms:${numberOf(row)}`,
      { type: 'said', id: `mstop${row}`, channel: 'sms', text: 'STOP' },
      'response',
    );
  let seed = 20261125;
  const random = (most: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % most;
  };
  let runs = 0;
  let crashes = 0;
  let last: Counts | undefined;
  while (!last) {
    runs += 1;
    const faults: Faults = { count: 0, plan: new Map() };
    // Every run gets further than the one before; the crash is somewhere in it.
    if (runs < 12) {
      for (let each = 0; each < 20; each += 1)
        faults.plan.set(random(12_000), FAULTS[2 + random(2)] as (typeof FAULTS)[number]);
      faults.plan.set(random(1_500 * runs), FAULTS[random(2)] as (typeof FAULTS)[number]);
    }
    const instance = { dead: false };
    const city = createTestCity(faultyDb(db, faults, instance), {
      queue: { send: () => Promise.reject(new Error('later')) },
    });
    const told: Told[] = [];
    try {
      const counts = await importFile(table, {
        ...about,
        eventId: (name) => `i${city.deps.hashes.event(name).slice(1)}`,
        put: (number, event) => enrolContact(city.deps, number, event),
        tell: (row) => void told.push(row),
      });
      const bad = Array.from({ length: ROWS }, (_, row) => row).filter(isBad);
      expect(told.filter(({ outcome }) => outcome === 'refused').map(({ line }) => line)).toEqual(
        bad.map(lineOf),
      );
      expect(
        counts.failed + counts.new + counts.known + counts.stopped + counts.suppressed + counts.refused,
      ).toBe(ROWS);
      if (counts.failed === 0) last = counts;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      crashes += 1;
    }
    // Whatever was decided is carried out by whoever comes next; what is there then is whole.
    await settleEveryone(createTestCity(db).deps);
    const items = [...db.items.values()];
    const given = items.filter(({ s }) => s && JSON.parse(String(s)).consent === 'given');
    for (const { pk } of given) {
      const own = items.filter((item) => item.pk === pk).map(({ sk }) => String(sk).split('#')[0]);
      expect(own.sort()).toEqual(['consent', 'list', 'turn']);
    }
  }
  expect(crashes).toBeGreaterThan(2);
  expect(last).toMatchObject({ rows: ROWS, refused: ROWS / 20, duplicate: 0 });
  const { deps } = createTestCity(db);
  const good = Array.from({ length: ROWS }, (_, row) => row).filter(
    (row) => !isBad(row) && !stopped.includes(row),
  );
  expect(await deps.lists.count('aines')).toBe(good.length);
  for (const row of good)
    expect((await deps.turns.find(deps.hashes.address(`sms:${numberOf(row)}`)))?.session.lists).toEqual([
      'aines',
    ]);
  for (const row of stopped)
    expect((await deps.turns.find(deps.hashes.address(`sms:${numberOf(row)}`)))?.session.lists ?? []).toEqual(
      [],
    );
}, 120_000);
