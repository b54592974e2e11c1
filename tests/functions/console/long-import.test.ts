/** A file too long for a page: tried and imported in the background, killed on the way, and nobody twice or half. */
import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_LONG_ROWS, MOST_ROWS } from '../../../functions/console/lists/import.tsx';
import { create as createExport } from '../../../functions/export.ts';
import type { Deps } from '../../../functions/runtime/deps.ts';
import { enrolContact } from '../../../functions/runtime/enrol.ts';
import { actFor } from '../../../functions/runtime/on-behalf.ts';
import type { QueueMessage } from '../../../functions/runtime/queue.ts';
import { FAULTS, type Faults, faultyDb } from '../../faults/faulty.ts';
import { createTestCity } from '../../support/city.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { createExportShelf } from '../../support/export-shelf.ts';
import { readCsv } from '../../support/exported.ts';

const PATH = '/console/listes/aines/import';
const PROOF = { preuve: 'Bulletin signé à la fête', le: '2026-09-05', par: 'accueil' };
const ROWS = MOST_ROWS + 200;
const MINUTE = 60_000;

let city: TestConsole;
let sent: QueueMessage[];
let down: boolean;
beforeEach(() => {
  [sent, down] = [[], false];
  const send = async (message: QueueMessage): Promise<void> => {
    if (down) throw new Error('the queue is away');
    sent.push(message);
  };
  city = createTestConsole({ over: { exporting: { send } } });
});

const numbered = (index: number): string => `+3363998${String(index).padStart(4, '0')}`;
/** Row 2,100 is row 5 again, row 1,000 a landline. */
const fileOf = (rows = ROWS): File => {
  const lines = Array.from({ length: rows }, (_, at) => numbered(at));
  [lines[999], lines[2099]] = ['01 99 00 12 34', numbered(4)];
  return new File([`Téléphone;Nom\n${lines.map((number) => `${number};Zoé Martin`).join('\n')}\n`], 'c.csv');
};
const start = async (rows = ROWS): Promise<string> => {
  const { status, headers = {}, body } = await city.upload(PATH, { ...PROOF, fichier: fileOf(rows) });
  expect(status, body).toBe(303);
  return headers.location as string;
};
const work = async (deps: Deps = city.deps): Promise<void> => {
  while (sent.length > 0) {
    const [message] = sent.splice(0, 1);
    await createExport(deps, createExportShelf())(message as QueueMessage);
  }
};
const countsIn = (body: string): Record<string, string> =>
  Object.fromEntries(
    [...body.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)<\/dd>/g)].map(([, name, count]) => [
      name,
      count?.replace(/\s/g, ''),
    ]),
  );
const members = () => city.deps.lists.count('aines');
const heldOf = (number: string) => city.deps.turns.find(city.deps.hashes.address(`sms:${number}`));

it('is tried, read, confirmed, imported; its file lies enciphered meanwhile, and is gone at the end', async () => {
  const address = await start();
  expect((await city.get(address)).body).toContain('Essai en cours');
  expect((await city.get(PATH)).body).toContain(`href="${address}"`);
  const text = JSON.stringify([...city.db.items.values()]);
  expect(text).not.toMatch(/\+3363998|Zoé|Bulletin signé/);

  const before = new Set(city.db.items.keys());
  await work();
  const written = [...city.db.items].filter(([key]) => !before.has(key)).map(([, { pk }]) => String(pk));
  expect(
    written.every((pk) => /^(upload|audit)#/.test(pk)),
    'a trial puts nobody anywhere',
  ).toBe(true);
  const tried = (await city.get(address)).body;
  expect(countsIn(tried)).toMatchObject({
    Lignes: String(ROWS),
    'Nouveaux contacts': String(ROWS - 2),
    'En double dans le fichier': '1',
    Refusées: '1',
  });
  const csv = readCsv((await city.get(`${address}/lignes`)).body.slice(1));
  expect(csv.slice(1).map(([line]) => line)).toEqual(['1001', '2101']);
  expect(csv[2]?.[2]).toContain('plus haut dans le fichier');

  expect((await city.post(`${address}/confirmer`)).status).toBe(303);
  expect((await city.post(`${address}/confirmer`)).status, 'pressed twice').toBe(303);
  expect(sent).toHaveLength(1);
  expect((await city.get(`${address}/etat`)).body).toContain('Import en cours');
  await work();
  const done = (await city.get(address)).body;
  expect(done).toContain('Import fait');
  expect(countsIn(done)).toEqual(countsIn(tried));
  expect(await members()).toBe(ROWS - 2);
  expect([...city.db.items.values()].filter(({ pk }) => /^upload#.*-table/.test(String(pk)))).toEqual([]);
  expect((await city.audit()).map(({ what, about }) => `${what} ${about}`)).toEqual(
    expect.arrayContaining(['import de contacts essayé aines', 'contacts importés aines']),
  );

  const again = await start();
  await work();
  expect(countsIn((await city.get(again)).body)).toMatchObject({ 'Déjà sur la liste': String(ROWS - 2) });
}, 60_000);

it('goes on in another message where one would take too long', async () => {
  const address = await start();
  const { deps } = city;
  let calls = 0;
  const slow: Deps = {
    ...deps,
    now: () => new Date(deps.now().getTime() + MINUTE * calls),
    turns: {
      ...deps.turns,
      find: (hash) => {
        calls += 1 / 200;
        return deps.turns.find(hash);
      },
    },
  };
  const [message] = sent.splice(0, 1);
  await createExport(slow, createExportShelf())(message as QueueMessage);
  expect(sent).toHaveLength(1);
  expect((await city.get(address)).body).toContain('Essai en cours');
  await work();
  expect(countsIn((await city.get(address)).body)).toMatchObject({ Lignes: String(ROWS) });
});

it('killed at calls all over, begun again by the queue: everybody once, with one proof', async () => {
  const address = await start();
  await work();
  await city.post(`${address}/confirmer`);
  const [message] = sent.splice(0, 1);
  // A part is some thousands of calls: twice within the first, where it has one try left, then behind it.
  const interrupted: boolean[] = [];
  for (const [each, at] of [40, 1_777, 6_001, 5_003].entries()) {
    const faults: Faults = { count: 0, plan: new Map([[at, FAULTS[each] ?? 'error']]) };
    const { deps } = createTestCity(faultyDb(city.db, faults, { dead: false }));
    deps.now = city.deps.now;
    await createExport(
      deps,
      createExportShelf(),
    )(message as QueueMessage).catch(() => interrupted.push(true));
  }
  expect(interrupted.length).toBeGreaterThan(2);
  expect((await city.get(address)).body).toContain('Import en cours');
  sent.push(message as QueueMessage);
  await work();
  const { body } = await city.get(address);
  expect(body).toContain('Import fait');
  expect(countsIn(body)).toMatchObject({ Lignes: String(ROWS), Refusées: '1' });
  expect(await members()).toBe(ROWS - 2);
  const proofs = [...city.db.items.values()].filter(({ sk }) => String(sk).startsWith('consent#'));
  expect(proofs).toHaveLength(ROWS - 2);
}, 120_000);

it('who said STOP or was erased between the trial and the import is not brought back', async () => {
  const address = await start();
  await work();
  const enrolled = (at: number) =>
    enrolContact(city.deps, numbered(at), {
      type: 'enrolled',
      id: `i${at}-`.padEnd(10, 'x'),
      list: 'chene',
      proof: { what: 'papier', on: '2026-09-01' },
    });
  for (const at of [10, 11]) await enrolled(at);
  await actFor(city.deps, city.deps.hashes.address(`sms:${numbered(10)}`), (_, id) => ({
    type: 'requested',
    id,
    what: 'stop',
  }));
  await actFor(city.deps, city.deps.hashes.address(`sms:${numbered(11)}`), (_, id) => ({
    type: 'requested',
    id,
    what: 'erase',
  }));
  await city.post(`${address}/confirmer`);
  await work();
  expect(countsIn((await city.get(address)).body)).toMatchObject({ 'Ont dit STOP ou EFFACER': '2' });
  expect((await heldOf(numbered(10)))?.session).toMatchObject({ consent: 'stopped' });
  expect((await heldOf(numbered(11)))?.session.lists).toEqual([]);
});

describe('what was sent', () => {
  it('is its sender’s alone, for its list alone', async () => {
    const address = await start();
    await work();
    const elsewhere = address.replace('/aines/', '/chene/');
    const all = (target: string) => [target, `${target}/etat`, `${target}/lignes`];
    for (const path of all(elsewhere)) expect((await city.get(path)).status, path).toBe(404);
    city.as(agentOf('officer', { id: 'autre@exemple.fr' }));
    for (const path of all(address)) expect((await city.get(path)).status, path).toBe(404);
    for (const act of ['confirmer', 'abandonner'])
      expect((await city.post(`${address}/${act}`)).status, act).toBe(404);
    expect((await city.get(PATH)).body).not.toContain(address);
    expect(sent).toEqual([]);
  });

  it('can be given up, before and after its trial', async () => {
    for (const wait of [false, true]) {
      const address = await start();
      if (wait) await work();
      expect(await city.post(`${address}/abandonner`)).toMatchObject({
        headers: { location: '/console/listes/aines?fait=abandon' },
      });
      await work();
      await city.post(`${address}/confirmer`);
      expect(sent).toEqual([]);
      expect([...city.db.items.values()].filter(({ pk }) => /^upload#.*-table/.test(String(pk)))).toEqual([]);
    }
    expect(await members()).toBe(0);
  });

  it('is gone after an hour in which nobody confirmed', async () => {
    const address = await start();
    await work();
    city.clock.now = new Date(city.clock.now.getTime() + 61 * MINUTE);
    await city.post(`${address}/confirmer`);
    await work();
    expect((await city.get(address)).body).toContain('Le fichier n’est plus gardé');
    expect(await members()).toBe(0);
  });
});

describe('where something fails', () => {
  it('is given up after three tries that got nowhere, with a sentence, and the file goes', async () => {
    const address = await start();
    const [message] = sent.splice(0, 1);
    const deps: Deps = {
      ...city.deps,
      turns: { ...city.deps.turns, find: () => Promise.reject(new Error('the store is away')) },
    };
    const once = () => createExport(deps, createExportShelf())(message as QueueMessage);
    await expect(once()).rejects.toThrow();
    await expect(once()).rejects.toThrow();
    await once();
    const { body } = await city.get(address);
    expect(body).toContain('Les données ne répondent pas');
    expect(body).not.toContain('hx-get');
    expect([...city.db.items.values()].filter(({ pk }) => /^upload#.*-table/.test(String(pk)))).toEqual([]);
  });

  it('that died between its confirmation and its message is begun again by whoever looks', async () => {
    const address = await start();
    await work();
    const { update } = city.db;
    city.db.update = async (key, ...rest) => {
      const done = await update(key, ...rest);
      if (key.pk === 'imports' || rest[0].includes('#ttl')) throw new Error('killed');
      return done;
    };
    expect((await city.post(`${address}/confirmer`)).status).toBe(500);
    city.db.update = async (key, ...rest) => {
      const done = await update(key, ...rest);
      if (key.pk.startsWith('import')) throw new Error('killed');
      return done;
    };
    expect((await city.get(address)).body, 'dead before it was confirmed').toContain('À confirmer');
    expect((await city.post(`${address}/confirmer`)).status).toBe(500);
    city.db.update = update;
    expect(sent).toEqual([]);
    expect((await city.get(address)).body).toContain('Import en cours');
    expect((await city.get(address)).body).not.toContain('Relancer');
    await city.post(`${address}/confirmer`);
    expect(sent, 'it may be on its way').toEqual([]);
    city.clock.now = new Date(city.clock.now.getTime() + 90 * MINUTE);
    expect((await city.get(`${address}/etat`)).body).toContain('Relancer');
    await city.post(`${address}/confirmer`);
    await city.post(`${address}/confirmer`);
    expect(sent, 'pressed twice').toHaveLength(1);
    await work();
    expect((await city.get(address)).body).toContain('Import fait');
    expect(await members()).toBe(ROWS - 2);
  }, 60_000);

  it('that died before the message of its trial is begun again or given up', async () => {
    for (const act of ['confirmer', 'abandonner']) {
      const address = await start();
      sent.length = 0;
      city.clock.now = new Date(city.clock.now.getTime() + 6 * MINUTE);
      const { body } = await city.get(address);
      expect([body.includes(`${address}/confirmer`), body.includes(`${address}/abandonner`)]).toEqual([
        true,
        true,
      ]);
      await city.post(`${address}/${act}`);
      await work();
      expect((await city.get(address)).body).toContain(act === 'confirmer' ? 'À confirmer' : 'Abandonné');
    }
  }, 60_000);

  it('says so where the queue is away', async () => {
    down = true;
    expect((await city.get(await start())).body).toContain('Réessayez plus tard');
  });

  it.each([
    ['Nom;Ville\n', 'pas de colonne « téléphone »'],
    ['Tel;Mobile\n', 'deux colonnes'],
  ])('a file with %j above is refused at once', async (header, words) => {
    const fichier = new File([`${header}${'a;b\n'.repeat(ROWS)}`], 'c.csv');
    const { status, body } = await city.upload(PATH, { ...PROOF, fichier });
    expect(status).toBe(422);
    expect(body).toContain(words);
    expect(sent).toEqual([]);
  });

  it('a file longer than may be is refused at once', async () => {
    const fichier = new File([`Tel\n${'0639980001\n'.repeat(MOST_LONG_ROWS + 1)}`], 'c.csv');
    const { status, body } = await city.upload(PATH, { ...PROOF, fichier });
    expect(status).toBe(422);
    expect(body.replace(/\s/g, ' ')).toContain('plus de 50 000 lignes');
  });
});
