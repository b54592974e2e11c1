/** Announcements through the pages: seen, validated by another person, planned, called off. */
import { beforeEach, expect, it } from 'vitest';
import type { Draft } from '../../../conversations/announcement.ts';
import { announcementOf } from '../../../conversations/announcement-acts.ts';
import type { Role } from '../../../functions/console/agent.ts';
import { saved } from '../../../functions/console/surveys/publish.tsx';
import { announcing } from '../../../functions/runtime/announcing.ts';
import type { Answer } from '../../../functions/runtime/http.ts';
import { draftOf } from '../../support/announcements.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';

const FATIMA = agentOf('officer', { id: 'fatima@exemple.fr' });
const CHEF = agentOf('officer', { id: 'chef@exemple.fr' });
const ID = 'A-2026-001';
const AT = `/console/annonces/${ID}`;

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});

const written = (more: Partial<Draft> = {}, by = FATIMA.id) =>
  announcing(city.deps).announcements.create(
    (number) => announcementOf(draftOf(more), `A-2026-${String(number).padStart(3, '0')}`, number, by),
    { by, what: 'nouvelle', at: city.clock.now },
  );
const kept = async (number = 1) => (await announcing(city.deps).announcements.get(number)) ?? expect.fail();
const act = async (name: string, fields: Record<string, string> = {}): Promise<Answer> =>
  city.post(`${AT}/${name}`, { version: String((await kept()).version), ...fields });
const by = async (who: typeof FATIMA, name: string, fields: Record<string, string> = {}) => {
  city.as(who);
  const answer = await act(name, fields);
  expect(answer, answer.body).toMatchObject({ status: 303 });
  return answer.headers?.location;
};

it('the list has the last made first, by state, fifty a page, in two pages of the store at most', async () => {
  expect((await city.get('/console/annonces')).body).toContain('Écrire une annonce');
  for (let made = 0; made < 60; made += 1) await written();
  const pages: string[] = [];
  const { latest } = city.db;
  city.db.latest = (pk, most, before) => {
    pages.push(`${pk} ${most}`);
    return latest(pk, most, before);
  };
  const first = (await city.get('/console/annonces')).body;
  expect(pages).toHaveLength(1);
  const idsIn = (body: string) =>
    [...body.matchAll(/href="\/console\/annonces\/(A-2026-\d+)"/g)].map(([, id]) => id);
  expect(idsIn(first)).toHaveLength(50);
  expect(idsIn(first)[0]).toBe('A-2026-060');
  const next = /href="(\/console\/annonces\?apres=\d+)"/.exec(first)?.[1] ?? '';
  expect(idsIn((await city.get(next)).body)).toEqual(
    Array.from({ length: 10 }, (_, index) => `A-2026-0${String(10 - index).padStart(2, '0')}`),
  );
  await by(CHEF, 'annuler');
  const off = (await city.get('/console/annonces?etat=cancelled')).body;
  expect(idsIn(off)).toEqual([ID]);
  expect(off).toContain('Annulée');
});

it('is as each channel gets it, with what is wrong, and whom it is for in words', async () => {
  await written({
    texts: {
      fr: 'Ville de Clichy: réunion ${nom} <script>x</script>',
      tr: 'Clichy: toplantı',
      ar: 'كليشي: اجتماع',
    },
    audience: { lists: ['chene'], ages: ['18-24'] },
    kind: 'info',
  });
  const { status, body } = await city.get(AT);
  expect(status).toBe(200);
  expect(body).not.toContain('<script>x');
  expect(body).toContain('Habitants de la liste Chêne Pointu, 18 à 24 ans');
  expect(body).toContain('ne sera pas remplacé');
  expect(body).toContain('Fin: STOP');
  expect(body).toMatch(/<p class="said" lang="ar" dir="rtl">كليشي/);
  expect(body).toContain('faute de modèle');
  expect(body).toContain('fatima@exemple.fr');
});

it('of a survey it is said with its first question, and buttons where there are some', async () => {
  await written({ kind: 'survey', survey: 'square', texts: { fr: 'Ville de Clichy: le square' } });
  const { body } = await city.get(AT);
  expect(body.split('class="told').length).toBe(4);
  expect(body).toContain('class="taps"');
});

it('is validated by another person than who wrote it, planned, paused, taken up, called off; all is noted', async () => {
  await written();
  city.as(FATIMA);
  expect((await city.get(AT)).body).toContain('une autre personne doit la valider');
  const own = await act('approuver');
  expect(own.status).toBe(422);
  expect(own.body).toContain('a écrit l’annonce A-2026-001 : une autre personne doit la valider');
  expect((await kept()).announcement.state).toBe('draft');

  expect(await by(CHEF, 'approuver')).toBe(`${AT}?fait=approuver`);
  expect((await city.get(`${AT}?fait=approuver`)).body).toContain('Annonce validée');
  const past = await act('programmer', { quand: '2026-11-01T10:00' });
  expect(past.status).toBe(422);
  expect(past.body).toContain('value="2026-11-01T10:00"');
  expect(past.body).toContain('est passé : donnez un moment à venir');
  for (const quand of ['demain', '2026-02-31T10:00'])
    expect((await act('programmer', { quand })).body).toContain(`« ${quand} » n’est pas une date`);

  await by(FATIMA, 'programmer', { quand: '2026-11-24T21:00' });
  const { announcement } = await kept();
  expect(announcement).toMatchObject({ state: 'scheduled', begins: '2026-11-25T07:30:00.000Z' });
  expect(announcement.estimate).toMatchObject({ people: 0 });
  expect((await city.get(AT)).body).toContain(
    'Part mercredi 25 novembre 2026 à 08:30 : la ville n’écrit pas mardi 24 novembre 2026 à 21:00',
  );
  await by(FATIMA, 'suspendre');
  await by(FATIMA, 'reprendre');
  expect((await city.get(`${AT}/annuler`)).body).toContain('Rien n’est parti');
  await by(FATIMA, 'annuler');
  expect((await act('reprendre')).body).toContain('est annulée');
  const noted = (await city.audit()).map(({ who, what, about }) => `${who} ${what} ${about}`).reverse();
  expect(noted).toEqual([
    `chef@exemple.fr annonce validée ${ID}`,
    `fatima@exemple.fr annonce programmée ${ID}`,
    `fatima@exemple.fr annonce suspendue ${ID}`,
    `fatima@exemple.fr annonce reprise ${ID}`,
    `fatima@exemple.fr annonce annulée ${ID}`,
  ]);
  const journal = (await announcing(city.deps).announcements.facts(1)).map(({ what }) => what);
  expect(journal).toEqual(['nouvelle', 'approuver', 'programmer', 'suspendre', 'reprendre', 'annuler']);
});

it('urgent: of two people', async () => {
  await written({ kind: 'urgent', reason: 'Fuite de gaz' });
  expect(await by(CHEF, 'approuver')).toContain('fait=accord');
  expect((await act('approuver')).body).toContain('a déjà validé');
  expect(await by(agentOf('officer', { id: "d'arc+ville@exemple.fr" }), 'approuver')).toContain(
    'fait=approuver',
  );
  expect((await kept()).announcement.state).toBe('approved');
});

it('before an election, what was checked is asked for and kept', async () => {
  const { world } = city.deps;
  city = createTestConsole({
    over: { world: { ...world, city: { ...world.city, elections: ['2027-03-14'] } } },
  });
  await written();
  city.as(CHEF);
  expect((await city.get(AT)).body).toContain('Ce que vous avez vérifié');
  const bare = await act('approuver', { verifie: ' ' });
  expect(bare.status).toBe(422);
  expect(bare.body).toContain('id="verifie-erreur"');
  await by(CHEF, 'approuver', { verifie: 'Aucun nom, aucun bilan' });
  expect((await kept()).announcement.review?.note).toBe('Aucun nom, aucun bilan');
  expect((await city.get(AT)).body).toContain('Aucun nom, aucun bilan');
});

it('where somebody has acted meanwhile nothing is done, and it is said', async () => {
  await written();
  city.as(CHEF);
  await by(CHEF, 'approuver');
  const late = await city.post(`${AT}/programmer`, { version: '1', quand: '2026-11-25T10:00' });
  expect(late.status).toBe(409);
  expect(late.body).toContain('Quelqu’un vient d’agir');
  expect(late.body).toContain('value="2026-11-25T10:00"');
  expect((await kept()).announcement.state).toBe('approved');
});

it('counts whom it reaches and the price, few of them not shown', async () => {
  await written({ audience: { lists: ['chene'], languages: ['fr'] } });
  const { body } = await city.get(`${AT}/public`);
  expect(body).toContain('0 personne, 0 message, 0,00 €');
  expect(body).toContain('id="public"');
});

it.each<[Role, string[], string[]]>([
  ['facilitator', ['Modifier'], ['Valider l’annonce', 'Essai', 'Annuler l’annonce']],
  ['provider', ['Modifier'], ['Valider l’annonce', 'Essai', 'Annuler l’annonce']],
  ['read-only', [], ['Modifier', 'Valider l’annonce', 'Essai', 'Annuler l’annonce']],
  ['officer', ['Modifier', 'Valider l’annonce', 'Essai', 'Annuler l’annonce'], []],
])('%s is offered what they may do, and nothing else', async (role, offered, not) => {
  await written();
  city.as(agentOf(role));
  const { body } = await city.get(AT);
  for (const each of offered) expect(body).toContain(each);
  for (const each of not) expect(body).not.toContain(each);
});

it.each(['A-2026-009', 'A-2025-001', 'a-2026-001', 'X', '%F0'])('%s is nowhere', async (id) => {
  await written();
  for (const path of ['', '/annuler', '/public', '/avancement'])
    expect((await city.get(`/console/annonces/${id}${path}`)).status).toBe(404);
  expect((await city.post(`/console/annonces/${id}/approuver`, { version: '1' })).status).toBe(404);
});

it('of a survey that has changed since its page was shown is not validated unread, and then says what was read', async () => {
  await written({ kind: 'survey', survey: 'square', texts: { fr: 'Ville de Clichy: le square' } });
  city.as(CHEF);
  const shown = (await city.get(AT)).body;
  const read = /name="revision" value="(\d+)"/.exec(shown)?.[1] ?? expect.fail();
  const square = city.deps.world.surveys.latest('square') ?? expect.fail();
  const other = (fr: string) =>
    saved(city.deps, { ...square, intro: { ...square.intro, fr } }, { now: city.clock.now });
  expect(await other('Tout autre chose.')).toHaveProperty('saved');
  const answer = await act('approuver', { revision: read });
  expect(answer.status).toBe(409);
  expect(answer.body).toContain('Tout autre chose.');
  expect((await kept()).announcement).toMatchObject({ state: 'draft', approvals: [] });
  await by(CHEF, 'approuver', { revision: String(Number(read) + 1) });
  expect((await kept()).announcement.revision).toBe(Number(read) + 1);
  expect((await city.get(AT)).body).not.toContain('commence autrement');
  expect(await other('Votez B!')).toHaveProperty('saved');
  const { body } = await city.get(AT);
  expect(body).toContain('commence autrement');
  expect(body).toContain('Tout autre chose.');
  expect(body).not.toContain('Votez B!');
});
