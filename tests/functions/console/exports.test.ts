/** Exports through the pages, with the function that makes them: asked for, made, fetched, for a quarter of an hour. */
import type exceljs from 'exceljs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AnswerSheet } from '../../../conversations/events.ts';
import { create as createExport } from '../../../functions/export.ts';
import { loadXlsx } from '../../../functions/forms/xlsx.ts';
import type { QueueMessage } from '../../../functions/runtime/queue.ts';
import { createExportStore, type ExportFormat } from '../../../functions/store/exports.ts';
import words from '../../../locales/fr/workbook.json';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { createExportShelf, type ExportShelf } from '../../support/export-shelf.ts';
import { readCsv } from '../../support/exported.ts';
import { createMemoryDb } from '../../support/memory-db.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const EXPORTS = '/console/exports';

let city: TestConsole;
let shelf: ExportShelf;
let sent: QueueMessage[];
let down: boolean;
beforeEach(() => {
  [shelf, sent, down] = [createExportShelf(), [], false];
  const send = async (message: QueueMessage): Promise<void> => {
    if (down) throw new Error('the queue is away');
    sent.push(message);
  };
  city = createTestConsole({ over: { exporting: { send }, exported: shelf } });
});

const later = (ms: number): void => {
  city.clock.now = new Date(city.clock.now.getTime() + ms);
};
const sheet = (more: Partial<AnswerSheet> = {}): AnswerSheet => ({
  survey: 'square',
  revision: 1,
  end: 'done',
  channel: 'sms',
  language: 'fr',
  mode: 'QR',
  quartier: 'chene',
  started: '2026-11-20T09:00:00.000Z',
  ended: '2026-11-20T09:03:10.000Z',
  reminders: 0,
  answers: { frequence: { v: 2, t: 1 }, mot: { v: 'sur le marché', t: 1 } },
  ...more,
});
const answered = async (count: number): Promise<void> => {
  for (let one = 0; one < count; one += 1)
    await city.deps.sheets.record(city.deps.hashes.pseudonym(`habitant-${one}`, 'square'), sheet(), 1);
};
const ask = async (format: ExportFormat = 'csv', sondage = 'square'): Promise<string> => {
  const { status, headers = {} } = await city.post(EXPORTS, { sondage, format });
  expect(status).toBe(303);
  return (headers.location as string).replace(/\?.*/, '');
};
/** The function that the queue calls, with what lies in it. */
const work = async (sinks: Pick<ExportShelf, 'open'> = shelf): Promise<void> => {
  for (const message of sent) await createExport(city.deps, sinks)(message);
};
const linksIn = (body: string): string[] =>
  [...body.matchAll(/href="(\/console\/exports\/[^"]+\/fichiers\/[^"]+)"/g)].map(
    ([, href]) => href as string,
  );
const bytesOf = async (href: string): Promise<Buffer> => {
  const { status, body, base64 } = await city.get(href);
  expect(status).toBe(200);
  return Buffer.from(body, base64 ? 'base64' : 'utf8');
};
const broken = (): Pick<ExportShelf, 'open'> => ({
  open(key, type) {
    const { sink, kept } = shelf.open(key, type);
    sink.destroy(new Error('the bucket is away'));
    return { sink, kept };
  },
});

it('is asked for, followed while it is made, and fetched', async () => {
  await answered(3);
  expect((await city.get(EXPORTS)).body).toContain('Aucun export pour l’instant');
  const address = await ask();
  const waiting = await city.get(address);
  expect(waiting.body).toContain('En attente');
  expect(waiting.body).toContain(`hx-get="${address}/etat"`);
  expect(waiting.body).toContain(`<a href="${address}">Actualiser</a>`);
  expect(linksIn(waiting.body)).toEqual([]);

  await work();
  const state = await city.get(`${address}/etat`);
  expect(state.body).toContain('3 réponses écrites');
  expect(state.body, 'it asks no more').not.toContain('hx-get');
  const links = linksIn(state.body);
  expect(links.map((href) => href.replace(/.*_/, ''))).toEqual(['reponses.csv', 'codebook.csv']);
  const { headers = {} } = await city.get(links[0] as string);
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="2026-11_square_reponses.csv"',
  });
  expect(readCsv((await bytesOf(links[0] as string)).toString('utf8').slice(1))).toHaveLength(4);
  const { body } = await city.get(EXPORTS);
  expect(body).toContain('Prêt');
  expect(body).toContain(`href="${address}"`);
});

it('tells how far it is in thousands', async () => {
  await answered(2001);
  const address = await ask();
  const jobs = createExportStore(city.db);
  const told: number[] = [];
  await work({
    open(key, type) {
      // What the page shows while the last file is being opened.
      void jobs
        .find(address.split('/').at(-1) as string, city.clock.now)
        .then((job) => told.push(job?.rows ?? -1));
      return shelf.open(key, type);
    },
  });
  expect(told).toEqual([0, 2000]);
  expect((await city.get(address)).body).toContain(`${(2001).toLocaleString('fr-FR')} réponses écrites`);
});

it('a workbook holds what the CSV holds', async () => {
  await answered(2);
  const [csv, xlsx] = [await ask('csv'), await ask('xlsx')];
  await work();
  const [first = ''] = linksIn((await city.get(csv)).body);
  const [header = [], ...rows] = readCsv((await bytesOf(first)).toString('utf8').slice(1));
  const [file = '', ...others] = linksIn((await city.get(xlsx)).body);
  expect(others).toEqual([]);
  const book: exceljs.Workbook = await loadXlsx(await bytesOf(file));
  const codes = book.getWorksheet(words.sheets.codes);
  expect(codes?.rowCount).toBe(rows.length + 1);
  expect(rows.flat()).toContain('sur le marché');
  // Moments are cells of a type of their own there.
  const columns = header.flatMap((name, at) => (['debut', 'fin'].includes(name) ? [] : [at]));
  for (const [index, row] of [header, ...rows].entries())
    expect(columns.map((at) => String(codes?.getRow(index + 1).getCell(at + 1).value ?? ''))).toEqual(
      columns.map((at) => row[at]),
    );
});

it('holds no number of who asked to be called', async () => {
  await ask('csv');
  await work();
  expect([...shelf.files.keys()].some((key) => key.includes('rappels'))).toBe(false);
});

describe('the links', () => {
  it('work for a quarter of an hour by the clock, and are opened again on demand', async () => {
    const address = await ask();
    await work();
    const [file = ''] = linksIn((await city.get(address)).body);
    later(15 * MINUTE - 1);
    expect((await city.get(file)).status).toBe(200);
    later(1);
    expect(await city.get(file)).toMatchObject({ status: 303, headers: { location: address } });
    expect(linksIn((await city.get(address)).body)).toEqual([]);
    expect(await city.post(`${address}/lien`)).toMatchObject({ status: 303 });
    expect((await city.get(`${address}?fait=lien`)).body).toContain('de nouveau être téléchargés');
    expect((await city.get(file)).status).toBe(200);
  });

  it('are nowhere after a week, nor is the export', async () => {
    const address = await ask();
    await work();
    later(7 * DAY);
    expect((await city.get(address)).status).toBe(404);
    expect((await city.post(`${address}/lien`)).status).toBe(404);
    expect((await city.get(EXPORTS)).body).toContain('Aucun export pour l’instant');
  });

  it('lead to the files of this export alone', async () => {
    const address = await ask();
    await work();
    for (const name of ['autre.csv', '..%2F..%2Fsecrets.json', '%E0'])
      expect((await city.get(`${address}/fichiers/${name}`)).status, name).toBe(404);
  });

  it('are not opened before there is something', async () => {
    const address = await ask();
    await city.post(`${address}/lien`);
    expect(linksIn((await city.get(address)).body)).toEqual([]);
    await work();
    expect(linksIn((await city.get(address)).body)).toHaveLength(2);
  });
});

it('what was asked for, opened and fetched is noted, with the id alone', async () => {
  const address = await ask();
  await work();
  const [file = ''] = linksIn((await city.get(address)).body);
  await city.get(file);
  await city.post(`${address}/lien`);
  const about = address.split('/').at(-1);
  expect((await city.audit()).map(({ what, about: on, who }) => [what, on, who]).reverse()).toEqual(
    expect.arrayContaining([
      ['export de réponses demandé', about, 'officer@exemple.fr'],
      ['export téléchargé', about, 'officer@exemple.fr'],
      ['liens d’un export ouverts de nouveau', about, 'officer@exemple.fr'],
    ]),
  );
});

it('a service sees its own, an officer everybody’s', async () => {
  const officers = await ask();
  city.as(agentOf('service'));
  const own = await ask();
  await work();
  const [file = ''] = linksIn((await city.get(own)).body);
  const list = await city.get(EXPORTS);
  expect(list.body).toContain(own);
  expect(list.body).not.toContain(officers);
  for (const path of ['', '/etat', '/fichiers/2026-11_square_reponses.csv'])
    expect((await city.get(`${officers}${path}`)).status, path).toBe(404);
  expect((await city.post(`${officers}/lien`)).status).toBe(404);
  city.as(agentOf('service', { id: 'autre@exemple.fr' }));
  expect((await city.get(file)).status).toBe(404);
  city.as(agentOf('officer'));
  expect((await city.get(file)).status).toBe(200);
  city.as(agentOf('provider'));
  expect((await city.get(file)).status).toBe(403);
});

it.each([
  [{ sondage: 'nulle-part', format: 'csv' }, 'Le sondage « nulle-part » n’existe pas'],
  [{ sondage: '<script>x</script>', format: 'csv' }, '&lt;script&gt;x&lt;/script&gt;'],
  [{ sondage: '', format: 'csv' }, 'Choisissez un sondage'],
  [{ sondage: 'repas', format: 'pdf' }, 'Choisissez un format'],
])('asking for %j is refused at its field and starts nothing', async (fields, said) => {
  const { status, body } = await city.post(EXPORTS, fields);
  expect(status).toBe(422);
  expect(body).toContain(said);
  expect(body).not.toContain('<script>x');
  if (fields.sondage === 'repas') expect(body).toMatch(/<option value="repas" selected/);
  expect(sent).toEqual([]);
});

it('the page of a survey’s results leads here, with the survey chosen, where the role may', async () => {
  const href = `${EXPORTS}?sondage=square`;
  expect((await city.get('/console/resultats/square')).body).toContain(`href="${href}"`);
  expect((await city.get(href)).body).toMatch(/<option value="square" selected/);
  city.as(agentOf('read-only'));
  expect((await city.get('/console/resultats/square')).body).not.toContain(EXPORTS);
});

it('pressed twice, it is one export', async () => {
  const first = await ask();
  expect(await ask()).toBe(first);
  expect(await ask('xlsx')).not.toBe(first);
  expect(sent).toHaveLength(2);
});

it('asked for twice at the same moment, it is one export; once it is over, another can be asked for', async () => {
  await answered(1);
  const [one, two] = await Promise.all([ask(), ask()]);
  expect(two).toBe(one);
  expect(sent).toHaveLength(1);
  await work();
  later(MINUTE);
  expect(await ask()).not.toBe(one);
});

it('one that failed, or whose end was never told, holds nobody up', async () => {
  down = true;
  const unsent = await ask();
  down = false;
  later(MINUTE);
  const waiting = await ask();
  expect(waiting).not.toBe(unsent);
  later(2 * 60 * MINUTE);
  expect(await ask()).not.toBe(waiting);
});

it('where a process died before it wrote the job down, the next one hands it on', async () => {
  const db = createMemoryDb();
  const wanted = { kind: 'answers', survey: 'square', who: 'a@b.fr', format: 'csv' } as const;
  const dying = createExportStore({
    ...db,
    put: (item, condition) =>
      item.pk === 'exports' ? Promise.reject(new Error('died')) : db.put(item, condition),
  });
  await expect(dying.ask(wanted, 'one', city.clock.now)).rejects.toThrow('died');
  const next = await createExportStore(db).ask(wanted, 'two', city.clock.now);
  expect(next.fresh).toBe(true);
  expect(next.job.id).toMatch(/-one$/);
});

describe('where something fails', () => {
  it('begins anew under the same keys, and what comes twice is made once', async () => {
    await answered(1);
    const address = await ask();
    await expect(work(broken())).rejects.toThrow('the bucket is away');
    expect((await city.get(address)).body).toContain('En cours');
    await work();
    const made = new Map(shelf.files);
    expect(linksIn((await city.get(address)).body)).toHaveLength(2);
    later(MINUTE);
    await work(broken());
    expect(shelf.files).toEqual(made);
    expect((await city.get(address)).body).toContain('Prêt');
  });

  it('is given up after three tries, with a sentence', async () => {
    const address = await ask();
    for (let one = 0; one < 2; one += 1) await expect(work(broken())).rejects.toThrow();
    await work(broken());
    const { body } = await city.get(address);
    expect(body).toContain('L’export s’est arrêté trois fois avant la fin');
    expect(body).not.toContain('hx-get');
    expect(await city.get(`${address}/fichiers/2026-11_square_reponses.csv`)).toMatchObject({ status: 404 });
  });

  it('is given up too where its worker died three times without a word', async () => {
    const address = await ask();
    const id = address.split('/').at(-1) as string;
    for (let one = 0; one < 3; one += 1) await createExportStore(city.db).begin(id, city.clock.now);
    await work();
    expect((await city.get(address)).body).toContain('trois fois');
    expect(shelf.files.size).toBe(0);
  });

  it('says at once what no second try would change', async () => {
    await city.deps.sheets.record('p1', sheet({ revision: 99 }), 1);
    const address = await ask();
    await work();
    expect((await city.get(address)).body).toContain('Il y a des réponses à la révision 99');
  });

  it('says so where the queue is away', async () => {
    down = true;
    const address = await ask();
    expect((await city.get(address)).body).toContain('Demandez l’export à nouveau');
  });
});

it('the list is read a page of the store at a time', async () => {
  const db = createMemoryDb();
  const crowded = createTestConsole({ db });
  const jobs = createExportStore(db);
  for (let one = 0; one < 120; one += 1) {
    const who = one % 40 === 0 ? 'service@exemple.fr' : 'autre@exemple.fr';
    const at = new Date(crowded.clock.now.getTime() - one * 1000);
    const { job } = await jobs.ask(
      { kind: 'answers', who, survey: 'square', format: 'csv' },
      `nom-${String(one).padStart(5, '0')}`,
      at,
    );
    await jobs.failed(job.id, 'la place est libre');
  }
  const count = (body: string): number => body.match(/<th scope="row"/g)?.length ?? 0;
  const first = await crowded.get(EXPORTS);
  expect(count(first.body)).toBe(50);
  const next = /href="([^"]+)" rel="next"/.exec(first.body)?.[1] as string;
  expect(count((await crowded.get(next)).body)).toBe(50);
  crowded.as(agentOf('service'));
  expect(count((await crowded.get(EXPORTS)).body), 'its own among a hundred').toBe(3);
});
