/** An announcement from its form to its report: two languages, two officers, a provider that takes it, a ledger that counts. */
import { beforeEach, describe, expect, it } from 'vitest';
import { announcementOf } from '../../../conversations/announcement-acts.ts';
import { reminderOf } from '../../../conversations/reminder.ts';
import { announcing } from '../../../functions/runtime/announcing.ts';
import type { Answer } from '../../../functions/runtime/http.ts';
import { takeTurn } from '../../../functions/runtime/take-turn.ts';
import { createFan, type Fan, phoneOf } from '../../broadcast/fan.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';

const FATIMA = agentOf('officer', { id: 'fatima@exemple.fr' });
const CHEF = agentOf('officer', { id: 'chef@exemple.fr' });
const FR = 'Ville de Clichy: votre avis sur le square du Chêne Pointu';
const TR = 'Clichy: Chêne Pointu parkı hakkında fikriniz';
const FIELDS = {
  genre: 'info',
  finalite: 'public-interest',
  'texte-fr': FR,
  'texte-tr': TR,
  'texte-ar': '',
  listes: ['chene', 'haut'],
  langues: ['fr', 'tr'],
  faire: 'proposer',
};
const NEW = '/console/annonces/nouvelle';
const AT = '/console/annonces/A-2026-001';

let fan: Fan;
let city: TestConsole;
beforeEach(() => {
  fan = createFan();
  city = createTestConsole({ db: fan.db });
  Object.defineProperty(city.clock, 'now', { get: () => fan.clock.now });
  city.as(FATIMA);
});

const kept = async (number = 1) => (await announcing(city.deps).announcements.get(number)) ?? expect.fail();
const act = async (name: string, fields: Record<string, string> = {}, number = 1): Promise<Answer> => {
  const { announcement, version } = await kept(number);
  return city.post(`/console/annonces/${announcement.id}/${name}`, { version: String(version), ...fields });
};
const done = (answer: Answer): string => {
  expect(answer, answer.body).toMatchObject({ status: 303 });
  return answer.headers?.location ?? '';
};
/** Off the page: "12 remises" */
const figures = (body: string): Record<string, number> =>
  Object.fromEntries(
    [...body.matchAll(/<p class="figure">([\d\s\u202f]+)<\/p><p>([^<]+)<\/p>/g)].map(([, count, name]) => [
      name,
      Number(count?.replace(/\s/g, '')),
    ]),
  );

it('from the form to the report', async () => {
  for (const phone of [1, 2, 3]) await fan.joined(phone);
  for (const phone of [4, 5]) await fan.joined(phone, { language: 'tr' });
  await fan.joined(6, { pushed: ['2026-11-23#91', '2026-11-24#92'] });
  await fan.joined(7, { language: 'pt' });

  expect(done(await city.post(NEW, FIELDS))).toBe(`${AT}?fait=ecrite`);
  expect((await kept()).announcement).toMatchObject({
    texts: { fr: FR, tr: TR },
    audience: { lists: ['chene', 'haut'], languages: ['fr', 'tr'] },
    author: FATIMA.id,
    state: 'draft',
  });
  const counted = (await city.get(`${AT}/public`)).body;
  expect(counted).toContain('6 personnes, 6 messages, 0,48');
  expect(counted).toContain('moins de 5');

  expect((await act('approuver')).body).toContain('une autre personne doit la valider');
  city.as(CHEF);
  done(await act('approuver'));
  city.as(FATIMA);
  done(await act('programmer', { quand: '2026-11-24T14:00' }));
  expect((await kept()).announcement.estimate).toMatchObject({ people: 6, parts: 6, euros: 0.48 });

  fan.hook.outcome = (to) =>
    to === phoneOf(3) ? { kind: 'rejected', code: '30006', cause: 'permanent' } : undefined;
  await fan.run(5 * 60, 30);
  expect((await kept()).announcement.state).toBe('done');
  expect(fan.got.map(({ to, text }) => [to, text])).toEqual(
    expect.arrayContaining([
      [phoneOf(1), `${FR} Fin: STOP`],
      [phoneOf(4), expect.stringContaining(TR)],
    ]),
  );
  await takeTurn(fan.deps, phoneOf(1), { type: 'said', id: 'm1', channel: 'sms', text: 'STOP' }, 'response');

  const progress = await fan.progress(1);
  expect(progress).toMatchObject({
    planned: 6,
    states: { accepted: 4, failed: 1, held: 1 },
    marks: { stopped: 1 },
  });
  const { body: part } = await city.get(`${AT}/avancement`);
  expect(part).not.toContain('<html');
  expect(part, 'over: it asks no more').not.toContain('hx-get');
  expect(figures(part)).toEqual({ prévues: 6, envoyées: 4, remise: 0, 'en échec': 1, retenue: 1 });
  expect(part).toContain('1 numéro qui n’existe pas');
  expect(part).toContain('1 a eu son compte de messages de la semaine');
  expect(part).toContain('1 a dit STOP');

  const report = await city.get(`${AT}/bilan`);
  expect(figures(report.body)).toEqual(figures(part));
  expect(report.body).toContain('4 parties, 0,32');
  const csv = await city.get(`${AT}/bilan.csv`);
  expect(csv.headers?.['content-disposition']).toBe('attachment; filename="bilan-A-2026-001.csv"');
  expect(csv.body.startsWith('\ufeffannonce;rubrique;')).toBe(true);
  expect(csv.body).toContain('A-2026-001;personnes;;;;6;');
  for (const phone of [1, 2, 3, 4, 5, 6])
    expect(csv.body + report.body + part).not.toContain(phoneOf(phone).slice(-6));

  const held = (await city.get(`${AT}/retenus`)).body;
  const resident = (await fan.deps.turns.find(fan.deps.hashes.address(phoneOf(6))))?.session.id;
  expect(held).toContain(resident);
  expect(held.split('<tr role="row">').length - 2, 'the others were told').toBe(1);
  expect((await city.audit()).map(({ who, what }) => `${who} ${what}`).reverse()).toEqual([
    'fatima@exemple.fr annonce écrite',
    'chef@exemple.fr annonce validée',
    'fatima@exemple.fr annonce programmée',
    'fatima@exemple.fr bilan d’annonce téléchargé',
    'fatima@exemple.fr retenus d’une annonce consultés',
  ]);
});

it('is a draft of whoever writes it until they propose it; the approver sees whom it reaches and the price', async () => {
  for (const phone of [1, 2, 3, 4, 5, 6]) await fan.joined(phone);
  const leila = agentOf('facilitator', { id: 'leila@exemple.fr' });
  city.as(leila);
  expect(done(await city.post(NEW, { ...FIELDS, faire: 'brouillon' }))).toBe(`${AT}?fait=brouillon`);
  expect((await kept()).announcement).toMatchObject({ state: 'draft', writing: true });
  expect((await city.get(AT)).body).toContain('Proposer à la validation');

  city.as(CHEF);
  expect((await city.get('/console')).body).toContain('Rien n’attend votre accord');
  expect((await city.get(AT)).body).not.toContain('Valider l’annonce');
  expect((await act('approuver')).body).toContain('est encore un brouillon');
  expect((await city.get('/console/annonces?etat=draft')).body).not.toContain('A-2026-001');
  expect((await city.get('/console/annonces?etat=writing')).body).toContain('Brouillon</span>');

  expect((await city.get(AT)).body).not.toContain('Proposer à la validation');
  const refused = await act('proposer');
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('n’est proposée que par qui l’a écrite ou modifiée');
  expect(refused.body).toContain('leila@exemple.fr');
  expect((await kept()).announcement).toMatchObject({ writing: true });

  city.as(leila);
  expect(done(await act('proposer'))).toBe(`${AT}?fait=proposer`);
  expect((await act('proposer')).body).toContain('est déjà proposée');
  expect((await kept()).announcement).not.toHaveProperty('writing');
  city.as(CHEF);
  expect((await city.get('/console')).body).toContain('href="/console/annonces/A-2026-001"');
  const { body } = await city.get(AT);
  expect(body).toMatch(
    /6 personnes, 6 messages, 0,48 €<\/strong><span class="under">Compté mar\. 24 nov\., 10:00/,
  );
  city.as(leila);
  done(await act('modifier', { ...FIELDS, faire: 'brouillon' } as never));
  expect((await kept()).announcement).toMatchObject({ writing: true, approvals: [] });
  expect((await kept()).announcement).not.toHaveProperty('estimate');
});

it('what is to be corrected keeps it a draft', async () => {
  expect(done(await city.post(NEW, { ...FIELDS, 'texte-fr': 'Réunion ${nom}' }))).toBe(
    `${AT}/modifier?fait=brouillon`,
  );
  expect((await kept()).announcement.writing).toBe(true);
  const { body, status } = await act('proposer');
  expect(status).toBe(422);
  expect(body).toContain('à corriger avant de le proposer');
});

it('who wrote it takes it back before it is approved, another who may not cancel does not', async () => {
  const leila = agentOf('facilitator', { id: 'leila@exemple.fr' });
  city.as(leila);
  done(await city.post(NEW, FIELDS));
  expect((await city.get(AT)).body).toContain(`href="${AT}/retirer"`);
  city.as(agentOf('facilitator'));
  expect((await city.get(AT)).body).not.toContain('/retirer');
  expect((await act('retirer')).body).toContain('n’est retirée que par qui l’a écrite');
  city.as(leila);
  expect((await act('annuler')).status).toBe(403);
  expect(done(await act('retirer'))).toBe(`${AT}?fait=retirer`);
  expect((await kept()).announcement.state).toBe('cancelled');
  done(await city.post(NEW, FIELDS));
  city.as(CHEF);
  done(await act('approuver', {}, 2));
  city.as(leila);
  expect((await act('retirer', {}, 2)).status).toBe(422);
});

it('texts in languages that are none of the city’s are no part of it, however many', async () => {
  const junk = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`texte-x${n}`, 'x']));
  const { 'texte-fr': _, 'texte-tr': __, ...bare } = FIELDS;
  expect((await city.post(NEW, { ...bare, ...junk })).body).toContain('Écrivez au moins le texte français');
  done(await city.post(NEW, { ...FIELDS, ...junk }));
  expect((await kept()).announcement.texts).toEqual({ fr: FR, tr: TR });
  done(await act('modifier', { ...FIELDS, ...junk, 'texte-tr': '' } as never));
  expect((await kept()).announcement.texts).toEqual({ fr: FR });
});

it('few people that several filters leave are neither counted nor priced, before or after', async () => {
  for (const phone of [1, 2, 3]) await fan.joined(phone);
  for (const phone of [4, 5, 6, 7]) await fan.joined(phone, { language: 'tr' });
  await fan.joined(8, { pushed: ['2026-11-23#91', '2026-11-24#92'] });
  done(await city.post(NEW, { ...FIELDS, listes: 'chene', langues: 'fr' }));
  const counted = (await city.get(`${AT}/public`)).body;
  expect(counted).toContain('moins de 5 personnes');
  expect(counted).not.toMatch(/€|\d personne(?!s<)|message|Ne recevront rien/);
  city.as(CHEF);
  done(await act('approuver'));
  done(await act('programmer', { quand: '2026-11-24T14:00' }));
  expect((await city.get('/console/annonces')).body).toContain('prévue pour moins de 5 personnes');
  await fan.run(5 * 60, 30);
  expect((await kept()).announcement.state).toBe('done');
  const planned = (await fan.progress(1)).planned;
  expect([1, 2, 3, 4]).toContain(planned);
  for (const page of ['', '/avancement', '/bilan']) {
    const { body } = await city.get(`${AT}${page}`);
    expect(body, page).toMatch(/[Mm]oins de 5 personnes/);
    expect(figures(body), page).toEqual({});
    expect(body, page).not.toMatch(/€|ont dit STOP|<progress|\d (parties?|messages?)\b/);
  }
  const csv = (await city.get(`${AT}/bilan.csv`)).body;
  expect(csv.trim().split('\r\n').slice(1)).toEqual(['A-2026-001;personnes;;;moins de 5']);
});

it('while it goes out its figures move by themselves; paused they stand still', async () => {
  for (const phone of [1, 2]) await fan.joined(phone);
  await fan.planned({ kind: 'info' });
  fan.hook.outcome = () => ({ kind: 'throttled', after: 60 });
  await fan.look();
  expect((await kept()).announcement.state).toBe('running');
  const { body } = await city.get(AT);
  expect(body).toContain(`hx-get="${AT}/avancement?etat=running" hx-trigger="every 5s" hx-swap="outerHTML"`);
  expect(body).toContain('<progress');
  expect((await city.get(`${AT}/avancement`)).body).toContain('hx-trigger');
  done(await act('suspendre'));
  expect((await city.get(`${AT}/avancement`)).body).not.toContain('hx-trigger');
  const stale = await city.get(`${AT}/avancement?etat=running`);
  expect(stale, 'its buttons are of another state').toMatchObject({ status: 204, body: '' });
  expect(stale.headers?.['hx-refresh']).toBe('true');
  expect((await city.get(`${AT}/avancement?etat=paused`)).body).toContain('envoyée');
  expect((await city.get(`${AT}/modifier`)).headers?.location).toBe(AT);
  expect((await act('modifier', { ...FIELDS, listes: '', langues: '' })).body).toContain('est déjà partie');
});

it('those who have not answered are reminded once, by words of their own', async () => {
  await fan.joined(1);
  await fan.planned({ kind: 'survey', survey: 'square', texts: { fr: FR } });
  await fan.run(4);
  expect((await kept()).announcement.state).toBe('done');
  expect((await city.get(AT)).body).toContain('Relancer les non-répondants');
  expect((await city.get(`${AT}/relance`)).body).toContain(FR);
  const empty = await act('relance', { 'texte-fr': ' ' });
  expect(empty.status).toBe(422);
  // As a crash would leave one: written, and noted nowhere.
  const { announcements } = announcing(city.deps);
  const written = { 'texte-fr': 'Ville de Clichy: il reste deux jours' };
  const left = reminderOf((await kept()).announcement);
  if ('refused' in left) throw new Error(left.refused);
  const draft = { ...left.draft, texts: { fr: written['texte-fr'] } };
  await announcements.create((number) => announcementOf(draft, 'A-2026-002', number, FATIMA.id), {
    ...{ by: FATIMA.id, what: 'relance de A-2026-001', at: city.clock.now },
  });
  const other = await act('relance', { 'texte-fr': 'Ville de Clichy: d’autres mots' });
  expect(other.status).toBe(422);
  expect(other.body).toContain('déjà écrite, avec un autre texte : A-2026-002');
  expect(other.body).toContain('Ville de Clichy: d’autres mots</textarea>');
  expect(done(await act('relance', written))).toBe('/console/annonces/A-2026-002?fait=relance');
  expect((await kept(2)).announcement).toMatchObject({
    texts: { fr: 'Ville de Clichy: il reste deux jours' },
    audience: { told: 'A-2026-001', and: 'silent' },
  });
  expect((await act('relance', { 'texte-fr': FR })).body).toContain('a déjà sa relance');
  city.as(CHEF);
  done(await act('approuver', { revision: '1' }, 2));
  city.as(FATIMA);
  expect(
    done(await act('modifier', { faire: 'proposer', genre: 'survey', sondage: 'square', 'texte-fr': FR }, 2)),
  ).toContain('modifiee');
  expect((await kept(2)).announcement.audience).toEqual({ told: 'A-2026-001', and: 'silent' });
});

describe('a test to somebody of staff’s', () => {
  it('goes to who is on the list for it, and to nobody else', async () => {
    await fan.joined(1, { lists: ['essais'] });
    await fan.joined(2);
    await city.post(NEW, FIELDS);
    const stranger = await act('essai', { numero: phoneOf(2).slice(4) });
    expect(stranger.status).toBe(422);
    expect(stranger.body).toContain('rien n’est parti');
    expect(stranger.body).toContain(`value="${phoneOf(2).slice(4)}"`);
    expect((await act('essai', { numero: 'douze' })).body).toContain('Ce n’est pas un numéro');
    expect(done(await act('essai', { numero: phoneOf(1).slice(4) }))).toBe(`${AT}?fait=essai`);
    await fan.run(2);
    expect(fan.got.map(({ to, text }) => [to, text])).toEqual([
      [phoneOf(1), `[essai] ${FR.replace('ê', 'e')} Fin: STOP`],
    ]);
    expect((await announcing(city.deps).announcements.facts(1)).at(-1)).toMatchObject({ what: 'essai' });
    const noted = JSON.stringify(await city.audit());
    expect(noted).toContain('essai d’annonce envoyé');
    expect(noted).not.toContain('33639');
  });
});

describe('the form', () => {
  it('keeps what was typed, says what is wrong at its field, and saves nothing that is no draft', async () => {
    const sent = {
      'texte-fr': '<b>Bonjour</b>',
      quand: 'demain',
      actifs: '2026-02-30',
      motif: 'x'.repeat(501),
    };
    const { status, body } = await city.post(NEW, sent);
    expect(status).toBe(422);
    for (const field of ['genre', 'quand', 'actifs', 'motif']) expect(body).toContain(`id="${field}-erreur"`);
    expect(body).toContain('&lt;b&gt;Bonjour&lt;/b&gt;');
    expect(body).toContain('« demain » n’est pas une date');
    expect((await city.post(NEW, {})).body).toContain('id="texte-fr-erreur"');
    for await (const _ of announcing(city.deps).announcements.list()) expect.fail('nothing was to be saved');
  });

  it('saves what is unwise as a draft, and comes back with the fault at its field', async () => {
    const long = 'Bonjour, '.repeat(30);
    const to = done(await city.post(NEW, { ...FIELDS, 'texte-fr': long, genre: 'survey', listes: 'lune' }));
    expect(to).toBe(`${AT}/modifier?fait=brouillon`);
    const { body } = await city.get(to);
    for (const field of ['texte-fr', 'sondage', 'listes']) expect(body).toContain(`id="${field}-erreur"`);
    expect(body).toContain('le texte prend 2 SMS');
    expect(body).toContain('id="poids-fr">2 SMS, 279');
    expect(body).toMatch(/<textarea[^>]*lang="tr"[^>]*>Clichy: Chêne/);
    expect(body).toMatch(/value="chene"(?! checked)/);
  });

  it('is looked at without saving', async () => {
    const { status, body } = await city.post(NEW, { ...FIELDS, faire: 'verifier' });
    expect(status).toBe(200);
    expect(body).toContain('Vérifiée, pas enregistrée');
    expect(body).toMatch(/value="chene" checked/);
    for await (const _ of announcing(city.deps).announcements.list()) expect.fail('nothing was to be saved');
  });

  it('weighs a text while it is written', async () => {
    const weigh = async (language: string, text: string) =>
      (await city.post(`/console/annonces/poids?langue=${language}`, { [`texte-${language}`]: text })).body;
    expect(await weigh('fr', 'Ville de Clichy: bonjour')).toBe(
      '<p class="under" id="poids-fr">1 SMS, 34 caractères</p>',
    );
    expect(await weigh('ar', 'م'.repeat(80))).toContain('2 SMS');
    expect(await weigh('tr', ' ')).toContain('Rien n’est écrit.');
    expect(await weigh('"><script>', '')).not.toContain('<script>');
  });

  it('where another has changed it meanwhile, what was typed is still there and goes in only when it is sent again', async () => {
    await city.post(NEW, FIELDS);
    city.as(CHEF);
    done(await act('modifier', { ...FIELDS, 'texte-fr': `${FR} lundi`, listes: 'chene', langues: 'fr' }));
    city.as(FATIMA);
    const late = await city.post(`${AT}/modifier`, { ...FIELDS, version: '1', 'texte-fr': `${FR} mardi` });
    expect(late.status).toBe(409);
    expect(late.body).toContain(`${FR} mardi`);
    expect((await kept()).announcement.texts.fr).toBe(`${FR} lundi`);
    const version = /name="version" value="(\d+)"/.exec(late.body)?.[1] ?? '';
    done(await city.post(`${AT}/modifier`, { ...FIELDS, version, 'texte-fr': `${FR} mardi` }));
    expect((await kept()).announcement).toMatchObject({ texts: { fr: `${FR} mardi` }, editors: [CHEF.id] });
    city.as(CHEF);
    expect((await act('approuver')).body, 'an editor neither').toContain('une autre personne');
  });

  it('does not change the purpose', async () => {
    await city.post(NEW, FIELDS);
    const answer = await act('modifier', { 'texte-fr': FR, genre: 'info', finalite: 'consent' });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('La finalité d’une annonce ne change pas');
  });

  it.each(['provider', 'facilitator'] as const)(
    '%s writes, and may neither validate nor send',
    async (role) => {
      city.as(agentOf(role));
      done(await city.post(NEW, FIELDS));
      expect((await kept()).announcement.author).toBe(`${role}@exemple.fr`);
      for (const name of ['approuver', 'programmer', 'suspendre', 'reprendre', 'annuler', 'essai'])
        expect((await act(name)).status, name).toBe(403);
      expect((await city.get(`${AT}/retenus`)).status).toBe(403);
      expect((await kept()).version).toBe(1);
    },
  );
});
