/** The contacts of a list, taken away by who may: both formats equal to what the store holds, and nobody who is not to be in it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { create as createExport } from '../../../functions/export.ts';
import { loadXlsx } from '../../../functions/forms/xlsx.ts';
import { enrolContact, removeContact } from '../../../functions/runtime/enrol.ts';
import { actFor } from '../../../functions/runtime/on-behalf.ts';
import type { QueueMessage } from '../../../functions/runtime/queue.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { createExportShelf, type ExportShelf } from '../../support/export-shelf.ts';
import { readCsv } from '../../support/exported.ts';

const CONTACTS = '/console/exports/contacts';
const HEADERS = [
  'téléphone',
  'canal',
  'autres canaux',
  'joignable',
  'langue',
  'langue parlée',
  'listes',
  'date de consentement',
  'preuve',
  'recueilli par',
  'ne veut plus',
  'dernier message',
];

let city: TestConsole;
let shelf: ExportShelf;
let sent: QueueMessage[];
beforeEach(() => {
  [shelf, sent] = [createExportShelf(), []];
  const send = async (message: QueueMessage): Promise<void> => void sent.push(message);
  city = createTestConsole({ over: { exporting: { send }, exported: shelf } });
});

const numbered = (index: number): string => `+3363998${String(index).padStart(4, '0')}`;
const hashOf = (number: string): string => city.deps.hashes.address(`sms:${number}`);
let ids = 0;
const enrolled = (number: string, list: string, what = 'Bulletin signé', on = '2026-09-05') =>
  enrolContact(city.deps, number, {
    type: 'enrolled',
    id: `i${++ids}-`.padEnd(10, 'x'),
    list,
    language: 'tr',
    proof: { what, on, by: 'accueil' },
  });
const request = (number: string, what: 'stop' | 'erase') =>
  actFor(city.deps, hashOf(number), (_, id) => ({ type: 'requested', id, what }));
const ask = async (format = 'csv', but = 'check', liste = 'chene'): Promise<string> => {
  const { status, headers = {} } = await city.post(CONTACTS, { liste, format, but });
  expect(status).toBe(303);
  return (headers.location as string).replace(/\?.*/, '');
};
const work = async (): Promise<void> => {
  for (const message of sent.splice(0)) await createExport(city.deps, shelf)(message);
};
const fileOf = async (address: string): Promise<string> =>
  /href="(\/console\/exports\/[^"]+\/fichiers\/[^"]+)"/.exec((await city.get(address)).body)?.[1] as string;
const bytesOf = async (address: string): Promise<Buffer> => {
  const { status, body, base64 } = await city.get(await fileOf(address));
  expect(status).toBe(200);
  return Buffer.from(body, base64 ? 'base64' : 'utf8');
};
const csvOf = async (address: string): Promise<string[][]> => {
  const text = (await bytesOf(address)).toString('utf8');
  expect(text.startsWith('\ufeff')).toBe(true);
  return readCsv(text.slice(1));
};

it('leads from the list to a file that holds what the store holds, in both formats', async () => {
  for (let one = 0; one < 230; one += 1) await enrolled(numbered(one), 'chene');
  await enrolled(numbered(3), 'haut', 'Inscrite au forum', '2026-10-01');
  await enrolled(numbered(900), 'haut');
  const href = `${CONTACTS}?liste=chene`;
  expect((await city.get('/console/listes/chene')).body).toContain(`href="${href}"`);
  expect((await city.get(href)).body).toMatch(/<option value="chene" selected/);

  const [csv, xlsx] = [await ask('csv'), await ask('xlsx')];
  await work();
  expect((await city.get(csv)).body).toContain('230 contacts écrits');
  const [header, ...rows] = await csvOf(csv);
  expect(header).toEqual(HEADERS);
  expect(rows.map(([number]) => number?.slice(1)).sort()).toEqual(
    Array.from({ length: 230 }, (_, one) => numbered(one)),
  );
  const third = rows.find(([number]) => number === `'${numbered(3)}`);
  const names = city.deps.world.city.quartiers;
  const nameOf = (id: string) => names.find((each) => each.id === id)?.name;
  expect(third).toEqual([
    `'${numbered(3)}`,
    ...['SMS', '', 'oui', 'Türkçe', '', `${nameOf('chene')}, ${nameOf('haut')}`],
    ...['05/09/2026', 'Bulletin signé', 'accueil', '', ''],
  ]);

  const book = await loadXlsx(await bytesOf(xlsx));
  expect(book.worksheets.map(({ name }) => name)).toEqual(['Contacts', 'Méthode']);
  const sheet = book.getWorksheet('Contacts');
  const shown = (value: unknown): string =>
    value instanceof Date
      ? value.toISOString().slice(0, 10).split('-').reverse().join('/')
      : String(value ?? '');
  const inBook = Array.from({ length: 231 }, (_, row) =>
    HEADERS.map((_, column) => shown(sheet?.getRow(row + 1).getCell(column + 1).value)),
  );
  expect(sheet?.rowCount).toBe(231);
  expect(inBook).toEqual([HEADERS, ...rows.map(([number = '', ...rest]) => [number.slice(1), ...rest])]);
  const method = book.getWorksheet('Méthode')?.getSheetValues().flat();
  expect(method).toEqual(expect.arrayContaining(['Chêne', 230].slice(1)));
  expect(method).toContain("vérifier la liste et les preuves d'accord");
});

it('holds nobody who stopped, left, or was erased, even after it was asked for', async () => {
  for (let one = 0; one < 5; one += 1) await enrolled(numbered(one), 'chene');
  await request(numbered(0), 'stop');
  await removeContact(city.deps, numbered(1), { list: 'chene', why: 'asked', on: '2026-11-23' });
  const address = await ask();
  await request(numbered(2), 'erase');
  await work();
  const [, ...rows] = await csvOf(address);
  expect(rows.map(([number]) => number).sort()).toEqual([`'${numbered(3)}`, `'${numbered(4)}`]);
});

it('holds nobody who was erased while it was being made, once their page is read', async () => {
  for (let one = 0; one < 3; one += 1) await enrolled(numbered(one), 'chene');
  const address = await ask();
  const { members } = city.deps.lists;
  // The index still names who goes between it and the page of residents.
  const lists: typeof city.deps.lists = {
    ...city.deps.lists,
    async *members(...asked) {
      for await (const hash of members(...asked)) {
        yield hash;
        if (hash === hashOf(numbered(1))) await request(numbered(1), 'erase');
      }
    },
  };
  for (const message of sent.splice(0)) await createExport({ ...city.deps, lists }, shelf)(message);
  const [, ...rows] = await csvOf(address);
  expect(rows.map(([number]) => number).sort()).toEqual([`'${numbered(0)}`, `'${numbered(2)}`]);
});

it('the proof is that of this list, and the latest; no cell runs as a formula', async () => {
  await enrolled(numbered(0), 'haut', 'Autre liste');
  await enrolled(numbered(0), 'chene', '=HYPERLINK("http://x";"y")', '2026-09-07');
  await enrolled(numbered(1), 'chene', '@SUM(A1)');
  await work();
  const [csv, xlsx] = [await ask('csv'), await ask('xlsx')];
  await work();
  const proofs = (await csvOf(csv)).slice(1).map((row) => [row[7], row[8]]);
  expect(proofs.sort()).toEqual([
    ['05/09/2026', "'@SUM(A1)"],
    ['07/09/2026', '\'=HYPERLINK("http://x";"y")'],
  ]);
  const sheet = (await loadXlsx(await bytesOf(xlsx))).getWorksheet('Contacts');
  for (const row of [2, 3]) {
    const cell = sheet?.getRow(row).getCell(9);
    expect(cell?.formula).toBeUndefined();
    expect(cell?.value).toMatch(/^[=@]/);
  }
});

it('is read a page of residents at a time, however long the list', async () => {
  for (let one = 0; one < 250; one += 1) await enrolled(numbered(one), 'chene');
  let [most, reads] = [0, 0];
  const turns: typeof city.deps.turns = {
    ...city.deps.turns,
    findMany: (hashes) => {
      most = Math.max(most, hashes.length);
      reads += 1;
      return city.deps.turns.findMany(hashes);
    },
    find: () => Promise.reject(new Error('one by one')),
  };
  await ask();
  for (const message of sent.splice(0)) await createExport({ ...city.deps, turns }, shelf)(message);
  expect([most, reads]).toEqual([100, 3]);
  expect(shelf.files.size).toBe(1);
});

describe('who may', () => {
  it.each(['service', 'facilitator', 'relay', 'provider', 'read-only'] as const)(
    '%s may not',
    async (role) => {
      await enrolled(numbered(0), 'chene');
      const address = await ask();
      await work();
      const file = await fileOf(address);
      city.as(agentOf(role));
      expect((await city.get(CONTACTS)).status).toBe(403);
      expect((await city.post(CONTACTS, { liste: 'chene', format: 'csv', but: 'check' })).status).toBe(403);
      for (const path of [address, `${address}/etat`, file])
        expect([403, 404], path).toContain((await city.get(path)).status);
      expect([403, 404]).toContain((await city.post(`${address}/lien`)).status);
      for (const page of ['/console/exports', '/console/listes/chene'])
        expect((await city.get(page)).body, page).not.toContain('exports/contacts');
    },
  );

  it('another officer has not said what for: not theirs, nor in their list', async () => {
    const address = await ask();
    await work();
    city.as(agentOf('officer', { id: 'autre@exemple.fr' }));
    expect((await city.get(address)).status).toBe(404);
    expect((await city.get('/console/exports')).body).not.toContain(address);
  });

  it('who lost the role has lost the file', async () => {
    const address = await ask();
    await work();
    city.as(agentOf('service', { id: 'officer@exemple.fr' }));
    expect((await city.get(address)).status).toBe(404);
  });
});

it('the log says what for, of which list, by whom; and nothing of who is on it', async () => {
  await enrolled(numbered(0), 'chene');
  const address = await ask('csv', 'authority');
  await work();
  await bytesOf(address);
  await city.post(`${address}/lien`);
  const noted = (await city.audit()).filter(({ what }) => what.includes('export'));
  expect(noted.map(({ what, about, who }) => [what, about, who])).toEqual([
    ['liens d’un export ouverts de nouveau (contacts)', 'chene', 'officer@exemple.fr'],
    ['export téléchargé (contacts)', 'chene', 'officer@exemple.fr'],
    [
      'export de contacts demandé (répondre à la CNIL, à un juge ou à un contrôle)',
      'chene',
      'officer@exemple.fr',
    ],
  ]);
});

it('what is not chosen is asked for at its field, and nothing starts', async () => {
  const { status, body } = await city.post(CONTACTS, { liste: 'chene', format: 'xlsx', but: 'curiosité' });
  expect(status).toBe(422);
  expect(body).toContain('Dites pour quoi faire');
  expect(body).toMatch(/<option value="chene" selected/);
  expect((await city.post(CONTACTS, { liste: 'nulle-part', format: 'csv', but: 'call' })).body).toContain(
    'Choisissez une liste de la ville',
  );
  expect(sent).toEqual([]);
});

it('pressed twice it is one, another purpose is another', async () => {
  const first = await ask();
  expect(await ask()).toBe(first);
  expect(await ask('csv', 'call')).not.toBe(first);
});

it('is forgotten after a day, and lies apart from answers', async () => {
  const address = await ask();
  await work();
  expect([...shelf.files.keys()].every((key) => key.startsWith('contacts/'))).toBe(true);
  city.clock.now = new Date(city.clock.now.getTime() + 86_400_000);
  expect((await city.get(address)).status).toBe(404);
});
