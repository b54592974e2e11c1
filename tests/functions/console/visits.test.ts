/** Visits through the pages: prepared, validated, residents invited, counted, moved, called off, reported. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Visit } from '../../../conversations/visit.ts';
import type { Role } from '../../../functions/console/agent.ts';
import { calendarOf } from '../../../functions/pages/calendar.ts';
import { announcing } from '../../../functions/runtime/announcing.ts';
import type { Answer } from '../../../functions/runtime/http.ts';
import { takeTurn } from '../../../functions/runtime/take-turn.ts';
import { createFan, type Fan, phoneOf } from '../../broadcast/fan.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { openVisit } from '../../support/visits.ts';

const FATIMA = agentOf('officer', { id: 'fatima@exemple.fr' });
const CHEF = agentOf('officer', { id: 'chef@exemple.fr' });
const NEW = '/console/visites/nouvelle';
const AT = '/console/visites/V-2026-001';
const FIELDS = {
  quartier: 'chene',
  jour: '2026-12-12',
  heure: '10:00',
  duree: '',
  lieu: 'square du Chêne Pointu',
  position: '48,9101; 2,5533',
  places: '30',
  arrets: 'parking tour 4\r\n\r\n allée Maurice Audin ',
  'hote-fr': 'Mme la Maire',
  'hote-tr': 'Belediye Başkanı',
};

let fan: Fan;
let city: TestConsole;
beforeEach(() => {
  fan = createFan();
  city = createTestConsole({ db: fan.db });
  Object.defineProperty(city.clock, 'now', { get: () => fan.clock.now });
  city.as(FATIMA);
});

const kept = async (): Promise<{ thing: Visit; version: number }> =>
  (await city.deps.visits.get(1)) ?? expect.fail();
const act = async (name: string, fields: Record<string, string> = {}): Promise<Answer> =>
  city.post(`${AT}/${name}`, { version: String((await kept()).version), ...fields });
const done = (answer: Answer): string => {
  expect(answer, answer.body).toMatchObject({ status: 303 });
  return answer.headers?.location ?? '';
};
const open = (more: Partial<Visit> = {}) =>
  city.deps.visits.create(
    (number) => ({ ...openVisit({}, number), id: `V-2026-${String(number).padStart(3, '0')}`, ...more }),
    { by: 'agent@exemple', what: 'nouvelle', at: fan.clock.now },
  );
let events = 0;
const say = async (phone: number, text: string): Promise<void> => {
  await city.deps.shelf.refresh();
  await takeTurn(
    city.deps,
    phoneOf(phone),
    { type: 'said', id: `s${++events}`, channel: 'sms', text },
    'response',
  );
};
const figures = (body: string): Record<string, number> =>
  Object.fromEntries(
    [...body.matchAll(/<p class="figure">(\d+)<\/p><p>([^<]+)<\/p>/g)].map(([, count, name]) => [
      name,
      Number(count),
    ]),
  );
const later = (at: string): void => {
  fan.clock.now = new Date(at);
};

it('is prepared, validated by another person, and invites by an announcement of its own', async () => {
  expect((await city.get('/console/visites')).body).toContain('Préparer une visite');
  expect(done(await city.post(NEW, FIELDS))).toBe(`${AT}?fait=ecrite`);
  expect((await kept()).thing).toMatchObject({
    minutes: 90,
    meeting: { latitude: 48.9101, longitude: 2.5533 },
    stops: ['parking tour 4', 'allée Maurice Audin'],
    host: { fr: 'Mme la Maire', tr: 'Belediye Başkanı' },
    state: 'draft',
  });
  expect((await city.get(AT)).body).toContain('une autre personne doit la valider');
  expect((await act('approuver')).body).toContain('a écrit la visite V-2026-001 : une autre personne');
  city.as(CHEF);
  expect(done(await act('approuver'))).toBe(`${AT}?fait=approuver`);
  const { body } = await city.get(AT);
  for (const each of ['Ouverte', 'parking tour 4', 'La veille', 'Écrire l’invitation'])
    expect(body).toContain(each);
  expect((await act('modifier', FIELDS)).body).toContain('des habitants comptent dessus');
  expect(done(await act('inviter'))).toBe('/console/annonces/A-2026-001?fait=invitation');
  expect((await city.get(AT)).body).toContain('L’invitation est l’annonce');
  const { announcement } = (await announcing(city.deps).announcements.get(1)) ?? expect.fail();
  expect(announcement).toMatchObject({
    kind: 'visit',
    visit: 'V-2026-001',
    about: 'invitation',
    audience: { lists: ['chene'] },
    author: CHEF.id,
    state: 'draft',
  });
  expect(announcement.texts.tr).toContain('Belediye Başkanı');
  expect((await city.get('/console/annonces/A-2026-001')).body).toContain(`href="${AT}"`);
  expect((await city.audit()).map(({ who, what }) => `${who} ${what}`).reverse()).toEqual([
    'fatima@exemple.fr visite écrite',
    'chef@exemple.fr visite validée',
    'chef@exemple.fr invitation à une visite écrite',
  ]);
});

it('needs no position on the map, and takes the link of one', async () => {
  done(await city.post(NEW, { ...FIELDS, position: '' }));
  const { thing } = await kept();
  expect(thing.meeting).toEqual({ name: FIELDS.lieu });
  expect((await city.get(AT)).body).toContain('sans position sur la carte');
  expect(calendarOf(thing, city.deps.world.city)).not.toContain('GEO');
  const position = 'https://www.openstreetmap.org/#map=18/48.9101/2.5533';
  done(await city.post(`${AT}/modifier`, { ...FIELDS, position, version: '1' }));
  const placed = (await kept()).thing;
  expect(placed.meeting).toEqual({ name: FIELDS.lieu, latitude: 48.9101, longitude: 2.5533 });
  expect(calendarOf(placed, city.deps.world.city)).toContain('GEO:48.9101;2.5533');
});

it('what is no visit stays on the form, what cannot be validated comes back at its field', async () => {
  const bad = {
    ...FIELDS,
    jour: '2026-02-30',
    position: 'près du marché',
    places: '0',
    'hote-fr': '',
    'hote-tr': '',
    lieu: '<i>x</i>',
  };
  const { status, body } = await city.post(NEW, bad);
  expect(status).toBe(422);
  for (const field of ['jour', 'position', 'places', 'hote-fr'])
    expect(body).toContain(`id="${field}-erreur"`);
  expect(body).toContain('&lt;i&gt;x&lt;/i&gt;');
  expect(body).toContain('value="près du marché"');
  const past = done(await city.post(NEW, { ...FIELDS, jour: '2026-11-01' }));
  expect(past).toBe(`${AT}/modifier?fait=brouillon`);
  expect((await city.get(past)).body).toContain('id="jour-erreur"');
  const late = await city.post(`${AT}/modifier`, { ...FIELDS, version: '9', jour: '2026-12-19' });
  expect(late.status).toBe(409);
  expect(late.body).toContain('value="2026-12-19"');
  expect(done(await act('modifier', FIELDS))).toBe(`${AT}?fait=modifiee`);
});

it('is done again another day, without the old day', async () => {
  await open({ texts: { invitation: { fr: 'Clichy: samedi 12' } } });
  const { body } = await city.get(`${NEW}?comme=V-2026-001`);
  expect(body).toContain('value="square du Chêne Pointu"');
  expect(body).not.toContain('2026-12-12');
  expect(body).not.toContain('samedi 12');
  expect(body).toContain('ne sont pas repris');
});

describe('with people who come', () => {
  beforeEach(async () => {
    await open({ capacity: 3 });
    for (const phone of [1, 2]) await fan.joined(phone);
    await say(1, 'VISITE');
    await say(1, '1');
    await say(1, '2');
  });

  it('shows places, who comes by their code, and what they raise', async () => {
    await say(1, 'Le lampadaire <b>du parking</b> est cassé');
    expect(figures((await city.get(AT)).body)).toMatchObject({ 'sur 3 places prises': 2, 'en attente': 0 });
    const people = (await city.get(`${AT}/inscrits`)).body;
    expect(people).toMatch(
      /"Code">V-01\d<\/th><td[^>]+>vient<\/td><td[^>]+"Personnes">2<\/td><td[^>]+>français/,
    );
    expect(people).not.toContain('639980001');
    const subjects = (await city.get(`${AT}/sujets`)).body;
    expect(subjects).toContain('lampadaire &lt;b&gt;du parking');
    const sheet = await city.get(`${AT}/feuille`);
    expect(sheet.body).toMatch(/V-01\d/);
    expect(sheet.headers?.['content-security-policy']).toMatch(/style-src 'sha256-[\w+/=]{44}'/);
    expect((await city.audit()).map(({ what }) => what).sort()).toEqual([
      'feuille de présence consultée',
      'inscrits à une visite consultés',
      'sujets d’une visite consultés',
    ]);
  });

  it('other places: never fewer than people who come', async () => {
    const few = await act('places', { places: '1' });
    expect(few.status).toBe(422);
    expect(few.body).toContain('Plus de 1 personnes ont déjà une place');
    expect((await act('places', { places: 'x' })).body).toContain('De 1 à 2000 places, reçu « x »');
    expect(done(await act('places', { places: '40' }))).toBe(`${AT}?fait=places`);
    expect((await kept()).thing.capacity).toBe(40);
    expect((await city.deps.seats.read(1))?.capacity).toBe(40);
  });

  it('moved, they are told; moved too late, staff are told that they are not', async () => {
    const to = { ...FIELDS, jour: '2026-12-19', lieu: 'parking tour 4' };
    expect((await act('deplacer', { ...to, jour: '2026-11-01' })).body).toContain('est passé');
    expect((await act('deplacer', { ...to, heure: '25:00' })).body).toContain('id="heure-erreur"');
    expect(done(await act('deplacer', to))).toBe(`${AT}?fait=deplacer`);
    expect((await kept()).thing).toMatchObject({ day: '2026-12-19', meeting: { name: 'parking tour 4' } });
    expect((await city.get(AT)).body).toContain('samedi 12 décembre 2026 à 10:00, square du Chêne Pointu');
    await fan.run(6);
    expect(fan.got.map(({ to: phone }) => phone)).toEqual([phoneOf(1)]);
    // Saturday at seven in the morning: the city writes from 08:30.
    later('2026-12-19T06:00:00.000Z');
    expect(done(await act('deplacer', { ...to, heure: '08:00' }))).toBe(`${AT}?fait=deplacer-tard`);
    expect((await city.get(`${AT}?fait=deplacer-tard`)).body).toContain('prévenez autrement');
  });

  it('called off with a reason in its languages', async () => {
    const page = (await city.get(`${AT}/annuler`)).body;
    for (const field of ['motif-fr', 'motif-tr']) expect(page).toContain(`name="${field}"`);
    const long = await act('annuler', { 'motif-fr': 'x'.repeat(160) });
    expect(long.status).toBe(422);
    expect(long.body).toContain('id="motif-fr-erreur"');
    expect(long.body).toContain('x'.repeat(160));
    expect(done(await act('annuler', { 'motif-fr': 'pluie', 'motif-tr': 'yağmur' }))).toBe(
      `${AT}?fait=annuler`,
    );
    expect((await kept()).thing.cancelled?.why).toEqual({ fr: 'pluie', tr: 'yağmur' });
    await fan.run(6);
    expect(fan.got.map(({ text }) => text)).toEqual([expect.stringContaining('pluie')]);
  });

  it('who was there is counted, and reads what became of it', async () => {
    const early = await act('presents', { 'ici-V-018': '2' });
    expect(early.body).toContain('n’a pas commencé');
    later('2026-12-12T12:00:00.000Z');
    await fan.look();
    const code = /V-01\d/.exec((await city.get(`${AT}/inscrits`)).body)?.[0] ?? expect.fail();
    expect((await act('presents', { [`ici-${code}`]: 'deux' })).body).toContain('reçu « deux »');
    const unknown = await act('presents', { [`ici-${code}`]: '1', 'ici-V-999': '1' });
    expect(unknown.body).toContain('Pas de code V-999');
    expect(figures((await city.get(AT)).body)['sur place'], 'all or nothing').toBe(0);
    done(await act('presents', { [`ici-${code}`]: '2' }));
    expect(figures((await city.get(AT)).body)['sur place']).toBe(2);

    expect((await act('bilan', { 'texte-fr': ' ' })).status).toBe(422);
    expect(done(await act('bilan', { 'texte-fr': 'Ville de Clichy: lampadaire réparé' }))).toBe(
      `${AT}?fait=bilan`,
    );
    expect((await act('approuver')).body).toContain('une autre personne doit le valider');
    city.as(CHEF);
    expect(done(await act('approuver'))).toBe(`${AT}?fait=bilan-valide`);
    expect((await kept()).thing.report?.approved?.by).toBe(CHEF.id);
  });
});

it('the list has those ahead with their places, those behind below, and the lives', async () => {
  await open({ day: '2026-12-20' });
  await open({ day: '2026-12-12' });
  await open({ day: '2026-10-10', state: 'done' });
  await open({ state: 'cancelled' });
  const { body } = await city.get('/console/visites');
  const order = [...body.matchAll(/href="\/console\/visites\/(V-2026-\d+)"/g)].map(([, id]) => id);
  expect(order).toEqual(['V-2026-002', 'V-2026-001', 'V-2026-004', 'V-2026-003']);
  expect(body).toContain('0 sur 30');
  const pages: number[] = [];
  const { latest } = city.db;
  city.db.latest = (pk, most, before) => {
    pages.push(most);
    return latest(pk, most, before);
  };
  await city.get('/console/visites');
  expect(pages).toEqual([51]);
});

it('says which quartiers were not visited within the year', async () => {
  await open();
  const { body } = await city.get('/console/visites/couverture');
  const rows = body.split('<tr role="row">').slice(2);
  expect(rows.filter((row) => row.includes('À prévoir')).length).toBe(rows.length - 1);
  expect(rows.find((row) => row.includes('12 décembre 2026'))).not.toContain('À prévoir');
});

it.each<[Role, string[], string[]]>([
  ['facilitator', ['modifier', 'nouvelle', 'inscrits'], ['approuver', 'deplacer', 'annuler', 'places']],
  ['provider', [], ['modifier', 'inscrits', 'feuille', 'sujets', 'approuver', 'presents', 'bilan']],
  ['service', ['sujets'], ['inscrits', 'feuille', 'modifier', 'inviter']],
  ['read-only', [], ['inscrits', 'sujets', 'feuille', 'modifier', 'annuler', 'inviter']],
])('%s may what their role is for', async (role, allowed, refused) => {
  await city.post(NEW, FIELDS);
  city.as(agentOf(role));
  const { status, body } = await city.get(AT);
  expect(status).toBe(200);
  const asked = async (name: string) => {
    const path = name === 'nouvelle' ? NEW : `${AT}/${name}`;
    const { status: got } = await city.get(path);
    return got === 404 ? (await act(name)).status : got;
  };
  for (const name of allowed) expect(await asked(name), name).toBe(200);
  for (const name of refused) {
    expect(await asked(name), name).toBe(403);
    expect(body).not.toContain(`${AT}/${name}"`);
  }
});

it.each(['V-2026-009', 'V-2025-001', 'v-2026-001', 'X'])('%s is nowhere', async (id) => {
  await open();
  for (const path of ['', '/inscrits', '/feuille', '/sujets', '/modifier', '/deplacer', '/annuler', '/bilan'])
    expect((await city.get(`/console/visites/${id}${path}`)).status, path).toBe(404);
  expect((await city.post(`/console/visites/${id}/approuver`, { version: '1' })).status).toBe(404);
});
