/** What officers change of the city without touching its file: prices, days of vote, and the way back. */
import { beforeEach, describe, expect, it } from 'vitest';
import { priceOn } from '../../../conversations/announcement-price.ts';
import { createSettingsLog } from '../../../functions/store/settings-log.ts';
import { createTestCity } from '../../support/city.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';

const PRICES = '/console/reglages/prix';
const ELECTIONS = '/console/reglages/scrutins';
const HISTORY = '/console/reglages/historique';
const price = {
  canal: 'sms',
  prestataire: 'twilio',
  euros: '0,0725',
  jour: '2026-12-01',
  source: 'Marché <2026>',
};
const other = agentOf('officer', { id: 'fatima@exemple.fr' });

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});

const read = (body: string): string => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const versionOn = async (path: string): Promise<string> =>
  /name="version" value="(\d+)"/.exec((await city.get(path.replace(/\/retirer$/, ''))).body)?.[1] ?? '';
const send = async (path: string, fields: Record<string, string>, version?: string) =>
  city.post(path, { version: version ?? (await versionOn(path)), ...fields });

describe('a price', () => {
  it('is added from a day on, shown with its source, reckoned with, and noted', async () => {
    const { status, headers } = await send(PRICES, price);
    expect([status, headers?.location]).toEqual([303, `${PRICES}?fait=changed`]);
    const { body } = await city.get(headers?.location as string);
    expect(read(body)).toContain('SMS par Twilio 0,0725 € 01/12/2026 Marché &lt;2026&gt;');
    expect(body).toContain('Enregistré.');
    expect(read((await city.get('/console/reglages')).body)).toContain('SMS par Twilio 0,0725 €');
    const sms = { channel: 'sms', provider: 'twilio' } as const;
    expect(priceOn(city.deps.world.city, sms, '2026-11-30')?.euros).toBe(0.08);
    expect(priceOn(city.deps.world.city, sms, '2026-12-01')?.euros).toBe(0.0725);
    expect(await city.audit()).toMatchObject([
      { who: 'officer@exemple.fr', what: 'réglage changé', about: 'prices n° 1' },
    ]);
  });
  it.each([
    [{ canal: '' }, 'canal', 'Choisissez un canal'],
    [{ euros: 'huit' }, 'euros', 'Un prix en euros, de 0 à 10'],
    [{ euros: '' }, 'euros', 'Un prix en euros, de 0 à 10'],
    [{ euros: '11' }, 'euros', 'Un prix en euros, de 0 à 10'],
    [{ prestataire: 'pigeon' }, 'prestataire', 'Choisissez un prestataire'],
    [{ jour: '01/12/2026' }, 'jour', 'Un jour, par exemple'],
    [{ jour: '2026-11-22' }, 'jour', 'les comptes passés ne changent pas'],
    [{ jour: '2062-12-01' }, 'jour', 'plus de dix ans'],
    [{ source: ' ' }, 'source', 'Dites d’où vient ce prix'],
  ])('with %j is refused at its field, and what was typed stays', async (wrong, field, words) => {
    const { status, body } = await send(PRICES, { ...price, ...wrong });
    expect(status).toBe(422);
    expect(body).toContain(`id="${field}-erreur"`);
    expect(body).toContain(words);
    if (field !== 'euros') expect(body).toContain('value="0,0725"');
    if (field !== 'source') expect(body).toContain('value="Marché &lt;2026&gt;"');
    expect(city.db.items.size).toBe(0);
  });
  it('is taken off while it lies ahead, and never once it has served', async () => {
    await send(PRICES, price);
    const [made] = city.deps.world.city.prices;
    const off = { de: JSON.stringify(made) };
    expect((await send(PRICES, price)).body).toContain('Il y a déjà un prix');
    city.clock.now = new Date('2026-12-02T09:00:00Z');
    expect((await city.get(PRICES)).body).not.toContain('/prix/retirer"');
    const late = await send(`${PRICES}/retirer`, off);
    expect([late.status, read(late.body)]).toEqual([422, expect.stringContaining('Ce prix a déjà servi')]);
    const back = await send(`${HISTORY}/1/reprendre`, {}, '1');
    expect([back.status, read(back.body)]).toEqual([422, expect.stringContaining('Ce prix a déjà servi')]);
    city.clock.now = new Date('2026-11-30T09:00:00Z');
    expect((await send(`${PRICES}/retirer`, off)).status).toBe(303);
    expect(city.deps.world.city.prices).toEqual([]);
    expect((await send(`${PRICES}/retirer`, off)).body).toContain('quelqu’un l’a déjà retiré');
    for (const de of ['', '{', '{}', '"x"', 'null', '[1]', '{"from":5}'])
      expect((await send(`${PRICES}/retirer`, { ...off, de })).status, de).toBe(422);
    expect(city.deps.settings.current().number).toBe(2);
  });
});

describe('a day of vote', () => {
  const noted = () => send(ELECTIONS, { jour: '2027-03-14' });
  const off = () => send(`${ELECTIONS}/retirer`, { de: '2027-03-14' });
  it('to come is noted by one and taken off by two', async () => {
    expect((await noted()).status).toBe(303);
    expect((await off()).headers?.location).toBe(`${ELECTIONS}?fait=proposed`);
    expect(city.deps.world.city.elections).toEqual(['2027-03-14']);
    const own = (await city.get(ELECTIONS)).body;
    expect(read(own)).toMatch(/Scrutins : 14\/03\/2027 → retiré , par officer@exemple\.fr/);
    expect(read(own)).toContain('retrait proposé');
    expect([own.includes('2/valider'), own.includes('2/retirer'), own.includes('scrutins/retirer')]).toEqual([
      ...[false, true, false],
    ]);
    expect((await send(`${HISTORY}/2/valider`, {}, '2')).status).toBe(422);
    city.as(other);
    expect((await city.get(ELECTIONS)).body).toContain('2/valider');
    expect((await send(`${HISTORY}/2/valider`, {}, '2')).status).toBe(303);
    expect(city.deps.world.city.elections).toEqual([]);
    expect((await city.get(ELECTIONS)).body).not.toContain('/valider');
  });
  it('stays where another refuses to take it off, or one alone takes back that it was noted', async () => {
    await noted();
    await off();
    city.as(other);
    expect((await send(`${HISTORY}/2/retirer`, {}, '2')).status).toBe(303);
    expect((await send(`${HISTORY}/1/reprendre`, {}, '3')).headers?.location).toContain('fait=proposed');
    expect(city.deps.world.city.elections).toEqual(['2027-03-14']);
  });
  it('that is over is taken off by one', async () => {
    await noted();
    city.clock.now = new Date('2027-03-15T09:00:00Z');
    expect((await off()).headers?.location).toBe(`${ELECTIONS}?fait=changed`);
    expect(city.deps.world.city.elections).toEqual([]);
  });
  it.each([
    ['', 'Un jour, par exemple'],
    ['2027-02-31', 'Un jour, par exemple'],
    ['2026-01-01', 'Ce jour est passé'],
    ['2099-01-01', 'plus de dix ans'],
  ])('that is %j is refused', async (jour, words) => {
    const { status, body } = await send(ELECTIONS, { jour });
    expect(status).toBe(422);
    expect(body).toContain(words);
    expect(body).toContain('id="jour-erreur"');
    expect(city.db.items.size).toBe(0);
  });
});

describe('two people at once', () => {
  it('the second is told, with what they typed kept, and can send it again', async () => {
    const version = await versionOn(ELECTIONS);
    await send(PRICES, price, version);
    const late = await send(ELECTIONS, { jour: '2027-03-14' }, version);
    expect(late.status).toBe(409);
    expect(late.body).toContain('value="2027-03-14"');
    expect(late.body).toContain('Quelqu’un vient de changer les réglages');
    expect(city.deps.world.city.elections).toEqual([]);
    const again = /name="version" value="(\d+)"/.exec(late.body)?.[1] as string;
    expect((await send(ELECTIONS, { jour: '2027-03-14' }, again)).status).toBe(303);
    expect(city.deps.world.city.elections).toEqual(['2027-03-14']);
  });
  it('and one of two that write the same line gets it', async () => {
    const both = await Promise.all([
      send(ELECTIONS, { jour: '2027-03-14' }, '0'),
      send(ELECTIONS, { jour: '2027-03-21' }, '0'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(city.deps.world.city.elections).toHaveLength(1);
  });
  it('a form without a version changes nothing', async () => {
    for (const version of ['', 'x', '7', '-1', '0.5'])
      expect((await send(ELECTIONS, { jour: '2027-03-14' }, version)).status, version).toBe(409);
  });
});

describe('the history', () => {
  it('says who changed what, from what to what, and takes any of it back', async () => {
    await send(PRICES, price);
    city.as(other);
    await send(ELECTIONS, { jour: '2027-03-14' });
    const said = read((await city.get(HISTORY)).body);
    expect(said).toMatch(
      /2 lun\. 23 nov\..* fatima@exemple\.fr Scrutins réglage changé – 14\/03\/2027 Revenir/,
    );
    expect(said).toContain('1 lun. 23 nov., 10:00 officer@exemple.fr Prix');
    expect((await send(`${HISTORY}/1/reprendre`, {}, await versionOn(HISTORY))).status).toBe(303);
    expect(city.deps.world.city.prices).toEqual([]);
    expect(city.deps.world.city.elections).toEqual(['2027-03-14']);
    expect(read((await city.get(HISTORY)).body)).toContain('reprend le n° 1');
    const twice = await send(`${HISTORY}/1/reprendre`, {}, '3');
    expect([twice.status, read(twice.body)]).toEqual([422, expect.stringContaining('plus rien à reprendre')]);
    expect((await city.audit()).map(({ about }) => about)).toContain('prices n° 3');
  });
  it('knows no other act and no other line', async () => {
    await send(PRICES, price);
    expect((await send(`${HISTORY}/x/reprendre`, {}, '1')).status).toBe(404);
    expect((await send(`${HISTORY}/1/autre`, {}, '1')).status).toBe(404);
    expect((await send(`${HISTORY}/9/reprendre`, {}, '1')).status).toBe(422);
    expect((await send(`${HISTORY}/1/valider`, {}, '1')).status).toBe(422);
  });
});

describe('another instance', () => {
  it('follows within a minute, for one read', async () => {
    const { deps, clock } = createTestCity(city.db);
    await deps.shelf.ready();
    await send(ELECTIONS, { jour: '2027-03-14' });
    clock.now = new Date(clock.now.getTime() + 59_000);
    await deps.shelf.ready();
    expect(deps.world.city.elections).toEqual([]);
    clock.now = new Date(clock.now.getTime() + 1000);
    await deps.shelf.ready();
    expect(deps.world.city.elections).toEqual(['2027-03-14']);
    expect(deps.world.city).toBe(deps.world.city);
  });
  it('goes on where the log holds what it cannot read', async () => {
    await city.db.put({ pk: 'settings', sk: '00000001', entry: '{"kind":"later","by":"x"}' });
    await createSettingsLog(city.db).write(2, {
      kind: 'changed',
      change: { setting: 'elections', from: null, to: '2027-03-14' },
      by: 'x',
      at: '2026-11-23T09:00:00.000Z',
    });
    const { deps, lines } = createTestCity(city.db);
    await deps.shelf.ready();
    expect(deps.world.city.elections).toEqual(['2027-03-14']);
    expect(lines.join('\n')).toContain('setting-unreadable');
    expect(deps.settings.current().number).toBe(2);
  });
});

it('what cannot be noted is not changed', async () => {
  const { put } = city.db;
  city.db.put = async (item, condition) => {
    if (String(item.pk).startsWith('audit#')) throw new Error('the log cannot be written');
    return put(item, condition);
  };
  expect((await send(ELECTIONS, { jour: '2027-03-14' })).status).toBe(500);
  expect(city.db.items.size).toBe(0);
});

it('nobody but officers changes a setting', async () => {
  for (const role of ['service', 'facilitator', 'relay', 'provider', 'read-only'] as const) {
    city.as(agentOf(role));
    expect((await city.post(PRICES, { ...price, version: '0' })).status, role).toBe(403);
    expect((await city.post(`${HISTORY}/1/reprendre`, { version: '0' })).status, role).toBe(403);
    expect((await city.get(HISTORY)).status, role).toBe(403);
  }
  expect(city.db.items.size).toBe(0);
});
