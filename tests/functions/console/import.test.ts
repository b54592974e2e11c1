/** Contacts onto a list through pages: the trial says what the import does, and what waits between them is nobody's to read. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MOST_LONG_ROWS } from '../../../functions/console/lists/import.tsx';
import { create as createWebhook } from '../../../functions/webhook.ts';
import { text } from '../../support/city.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { isBad, numberOf, writeTable } from '../contacts/table-of-contacts.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});

const PATH = '/console/listes/aines/import';
const PROOF = { preuve: 'Bulletin signé à la fête', le: '2026-09-05', par: 'accueil' };
const read = (body: string): string => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const named = (content: string | Buffer, name = 'contacts.csv'): File =>
  new File([typeof content === 'string' ? content : new Uint8Array(content)], name);
const send = (file: File, fields: Record<string, string> = PROOF) =>
  city.upload(PATH, { ...fields, fichier: file });

function ticketIn(body: string): { fichier: string; cle: string } {
  const value = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(body)?.[1] ?? '';
  return { fichier: value('fichier'), cle: value('cle') };
}
/** Every count of a page by its name. */
const countsIn = (body: string): Record<string, string> =>
  Object.fromEntries(
    [...body.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)<\/dd>/g)].map(([, name, count]) => [name, count]),
  );

const FEW =
  'Téléphone;Langue;Nom\n06 39 98 00 01;fr;Zoé Martin\n06 39 98 00 02;fr;\n0639980002;fr;\n01 99 00 12 34;fr;\n06 39 98 00 03;tr;\n';

it('a trial writes nothing, the import after it does what it said, and leaves no file', async () => {
  const webhook = createWebhook(city.deps);
  await text(webhook, '+33639980001', 'STOP');
  const items = new Set(city.db.items.keys());
  const tried = await send(named(FEW));
  expect(tried.status, tried.body).toBe(200);
  const before = countsIn(tried.body);
  expect(before).toMatchObject({
    Lignes: '5',
    'Nouveaux contacts': '2',
    Refusées: '1',
    'Ont dit STOP ou EFFACER': '1',
  });
  const said = read(tried.body);
  expect(said).toContain('5 colonne A (téléphone) ce numéro ne reçoit pas de SMS : il faut un portable');
  expect(said).toContain('Importer 2 contacts');
  const fresh = [...city.db.items].filter(([key]) => !items.has(key)).map(([, { pk }]) => String(pk));
  expect(fresh.every((pk) => /^(upload|audit)#/.test(pk))).toBe(true);
  // Nothing of the file can be read in the store, and the page says neither names nor numbers.
  for (const hidden of ['39980002', '39 98 00 02', 'Zoé', 'Martin', ticketIn(tried.body).cle])
    expect(JSON.stringify([...city.db.items])).not.toContain(hidden);
  expect(tried.body).not.toMatch(/Zoé|39980/);

  const ticket = ticketIn(tried.body);
  const done = await city.post(`${PATH}/confirmer`, ticket);
  expect(done.status).toBe(200);
  expect(done.body).toContain('Import fait');
  expect(countsIn(done.body)).toEqual(before);
  expect(await city.deps.lists.count('aines')).toBe(2);
  expect([...city.db.items.values()].some(({ pk }) => String(pk).startsWith('upload#'))).toBe(false);
  const again = await city.post(`${PATH}/confirmer`, ticket);
  expect(again.status).toBe(409);
  expect(await city.deps.lists.count('aines')).toBe(2);
  const noted = await city.audit();
  expect(noted.map(({ what, about }) => [what, about])).toEqual(
    expect.arrayContaining([
      ['contacts importés', 'aines'],
      ['import de contacts essayé', 'aines'],
    ]),
  );
  expect(JSON.stringify(noted)).not.toMatch(/39980|accueil/);
  // What was noted with each contact.
  const hash = city.deps.hashes.address('sms:+33639980003');
  const fiche = read((await city.get(`/console/habitants/${hash}`)).body);
  expect(fiche).toContain('Bulletin signé à la fête');
  expect(fiche).toContain('Accord du 05/09/2026 Recueilli par accueil');
});

it('a table with every fault: the trial counts as the import does, all rows that stay out come as a file', async () => {
  const ROWS = 400;
  const file = path.join(folder, 'table.csv');
  await writeTable(file, ROWS);
  const bad = Array.from({ length: ROWS }, (_, index) => index).filter(isBad).length;
  const tried = await send(named(readFileSync(file)), { preuve: '', le: '', par: '' });
  expect(countsIn(tried.body)).toMatchObject({ Lignes: '400', Refusées: String(bad) });
  expect([...tried.body.matchAll(/data-label="Ligne"/g)]).toHaveLength(Math.min(bad, 200));
  const csv = await city.post(`${PATH}/lignes`, ticketIn(tried.body));
  expect(csv.headers?.['content-disposition']).toBe('attachment; filename="import-aines-lignes.csv"');
  expect(csv.body.trim().split('\r\n')).toHaveLength(bad + 1);
  expect(csv.body).not.toContain(numberOf(0).slice(4));
  const done = await city.post(`${PATH}/confirmer`, ticketIn(tried.body));
  expect(countsIn(done.body)).toEqual(countsIn(tried.body));
  expect(await city.deps.lists.count('aines')).toBe(ROWS - bad);
}, 60_000);

describe('what waits', () => {
  it('is opened by nobody but who sent it, for this list, with the key of their page', async () => {
    const ticket = ticketIn((await send(named(FEW))).body);
    expect((await city.post('/console/listes/chene/import/confirmer', ticket)).status).toBe(409);
    expect((await city.post(`${PATH}/confirmer`, { ...ticket, cle: 'A'.repeat(43) })).status).toBe(409);
    expect((await city.post(`${PATH}/confirmer`, { ...ticket, fichier: 'ailleurs' })).status).toBe(409);
    expect((await city.post(`${PATH}/confirmer`)).status).toBe(409);
    city.as(agentOf('officer', { id: 'quelquun@exemple.fr' }));
    for (const act of ['confirmer', 'lignes'])
      expect((await city.post(`${PATH}/${act}`, ticket)).status).toBe(409);
    await city.post(`${PATH}/abandonner`, ticket);
    city.as(agentOf('officer'));
    expect(await city.deps.lists.count('aines')).toBe(0);
    expect((await city.post(`${PATH}/confirmer`, ticket)).status).toBe(200);
  });
  it('is gone after an hour', async () => {
    const ticket = ticketIn((await send(named(FEW))).body);
    city.clock.now = new Date(city.clock.now.getTime() + 3_600_000);
    expect((await city.post(`${PATH}/confirmer`, ticket)).status).toBe(409);
    expect(await city.deps.lists.count('aines')).toBe(0);
  });
  it('goes where somebody thinks better of it', async () => {
    const ticket = ticketIn((await send(named(FEW))).body);
    expect((await city.post(`${PATH}/abandonner`, ticket)).headers?.location).toBe(
      '/console/listes/aines?fait=abandon',
    );
    expect([...city.db.items.values()].some(({ pk }) => String(pk).startsWith('upload#'))).toBe(false);
  });
});

describe('refused, and nothing is kept', () => {
  it.each([
    ['no file', undefined, {}, 'Choisissez un fichier'],
    ['a day to come', FEW, { le: '2026-12-01' }, 'pas encore venu'],
    ['no day', FEW, { le: '31/02/2026' }, 'Date illisible'],
    ['a proof too old', FEW, { le: '2012-01-01' }, 'ne compte plus'],
    ['a long proof', FEW, { preuve: 'x'.repeat(501) }, 'Au plus 500'],
    ['no headers', '06 39 98 00 01\n', {}, 'pas de colonne « téléphone »'],
    ['nothing in it', '', {}, 'Choisissez un fichier'],
    [
      'too many rows',
      `Tel\n${'0639980001\n'.repeat(MOST_LONG_ROWS + 1)}`,
      {},
      'partagez-le en plusieurs fichiers',
    ],
  ])('%s', async (_, content, wrong, words) => {
    const fields = { ...PROOF, ...wrong };
    const { status, body } = await (content === undefined
      ? city.upload(PATH, fields)
      : send(named(content), fields));
    expect(status, body).toBe(422);
    expect(body).toContain(words);
    expect(body).toContain(fields.preuve);
    expect([...city.db.items.values()].some(({ pk }) => String(pk).startsWith('upload#'))).toBe(false);
  });
  it('a file that is no table, whatever it is called', async () => {
    const { status, body } = await send(named('PK', '../../<b>.xlsx'));
    expect(status).toBe(422);
    expect(body).toContain('ce n’est pas un classeur');
    expect(body).not.toContain('<b>');
  });
  it('rows without proof, each with its reason', async () => {
    const { body } = await send(named('Tel\n0639980001\n'), { preuve: '', le: '', par: '' });
    expect(countsIn(body)).toMatchObject({ 'Nouveaux contacts': '0', Refusées: '1' });
    expect(read(body)).toContain('comment la personne a donné son accord manque');
    expect(body).not.toContain('Importer 0');
  });
  it('a role that may not', async () => {
    for (const role of ['service', 'facilitator', 'provider', 'relay', 'read-only'] as const) {
      city.as(agentOf(role));
      expect((await send(named(FEW))).status, role).toBe(403);
    }
    expect(city.db.items.size).toBe(0);
  });
  it('a list that is none', async () => {
    for (const act of ['/confirmer', '/lignes', '/abandonner'])
      expect((await city.post(`/console/listes/inconnue/import${act}`)).status).toBe(404);
    expect((await city.get('/console/listes/inconnue/import')).status).toBe(404);
  });
});
