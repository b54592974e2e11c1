/** A survey is written by forms alone, published, and answered through the webhook with what the console wrote. */
import { expect, it, vi } from 'vitest';
import { draftsOf } from '../../../functions/console/surveys/drafts.ts';
import { saved } from '../../../functions/console/surveys/publish.tsx';
import type { Answer } from '../../../functions/runtime/http.ts';
import { create as createWebhook } from '../../../functions/webhook.ts';
import { text } from '../../support/city.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { fieldsOf } from '../../support/form-fields.ts';

const PATH = '/console/sondages/jardin';
const EDIT = `${PATH}/editer`;

const locationOf = ({ headers }: Answer): string => headers?.location ?? '';

async function begun(city: TestConsole, more: Record<string, string | string[]> = {}): Promise<Answer> {
  return city.post('/console/sondages/nouveau', {
    sujet: 'le jardin',
    mot: 'jardin',
    ouvre: '2026-11-23',
    ferme: '2026-12-20',
    langues: ['tr'],
    ...more,
  });
}

/** As a browser does: every field of the editor as it is shown, with what is typed over it. */
async function send(
  city: TestConsole,
  act: string,
  typed: Record<string, string | string[]> = {},
  at = EDIT,
): Promise<Answer> {
  const { body } = await city.get(at);
  return city.post(EDIT, { ...fieldsOf(body, EDIT), ...typed, act });
}

const INTRO = {
  'intro.fr': 'Votre avis sur le jardin, en 3 questions.',
  'intro.tr': 'Bahce hakkinda 3 soru.',
  'topic.tr': 'park',
  'thanks.tr': 'Tesekkurler!',
};

async function written(city: TestConsole): Promise<void> {
  await begun(city);
  await send(city, 'add', { ...INTRO, 'nouveau-type': 'yesno' });
  await send(city, 'add', {
    'q0.text.fr': 'Vous venez au jardin?',
    'q0.text.tr': 'Parka geliyor musunuz?',
    'nouveau-type': 'single',
  });
  await send(city, 'add', {
    'q1.text.fr': 'Quand?',
    'q1.text.tr': 'Ne zaman?',
    'q1.o0.label.fr': 'le matin',
    'q1.o0.label.tr': 'sabah',
    'q1.o1.label.fr': 'le soir',
    'q1.o1.label.tr': 'aksam',
    'q1.si': "${q1} = 'yes'",
    'nouveau-type': 'text',
  });
  await send(city, 'save', {
    'q2.text.fr': 'Que faut-il changer?',
    'q2.text.tr': 'Ne degismeli?',
  });
}

it('asks a question under several conditions, all of them or one', async () => {
  const city = createTestConsole();
  await written(city);
  const relevant = (page: string, at: number): string => String(fieldsOf(page, EDIT)[`q${at}.relevant`]);
  await send(city, 'save', { 'q2.si': "${q1} = 'yes'" });
  await send(city, 'save', { 'q2.si2': "${q2} != 'le_matin'" });
  let page = (await city.get(EDIT)).body;
  expect(relevant(page, 2)).toBe("${q1} = 'yes' and ${q2} != 'le_matin'");
  expect(page).toContain('name="q2.lien"');
  await send(city, 'save', { 'q2.lien': 'or', 'q2.si3': "${q2} = 'le_soir'" });
  page = (await city.get(EDIT)).body;
  expect(relevant(page, 2)).toBe("${q1} = 'yes' or ${q2} != 'le_matin' or ${q2} = 'le_soir'");
  await send(city, 'save', { 'q2.si': '', 'q2.si2': '' });
  page = (await city.get(EDIT)).body;
  expect(relevant(page, 2)).toBe("${q2} = 'le_soir'");
  // What cannot be chosen stays as it was written.
  await send(city, 'save', { 'q2.relevant': "${q1} = 'yes' and (${q2} = 'le_soir' or ${q2} = '')" });
  await send(city, 'save', {});
  page = (await city.get(EDIT)).body;
  expect(relevant(page, 2)).toBe("${q1} = 'yes' and (${q2} = 'le_soir' or ${q2} = '')");
  expect(page).not.toContain('name="q2.lien"');
});

it('is written, published and answered in French and in Turkish', async () => {
  const city = createTestConsole();
  await written(city);
  const editor = await city.get(EDIT);
  expect(editor.body).not.toContain('à corriger avant de publier');
  expect(editor.body).toContain('class="phone"');
  expect(editor.body).toContain('seulement si la réponse est oui');
  const page = await city.get(`${PATH}/publier`);
  expect(page.body).toContain('Dans la minute, qui envoie JARDIN reçoit ce sondage.');
  const done = await city.post(`${PATH}/publier`, fieldsOf(page.body, `${PATH}/publier`));
  expect(locationOf(done), done.body).toBe(`${PATH}?fait=publie`);
  expect((await city.get(EDIT)).status, 'the draft is gone').toBe(404);
  expect((await city.get('/console/sondages')).body).toContain(`href="${PATH}">le jardin</a>`);
  expect((await city.get(PATH)).body).toContain('Posée seulement si : q1 est oui');

  const webhook = createWebhook(city.deps);
  const say = async (from: string, words: string) => (await text(webhook, from, words)).reply?.text ?? '';
  await say('+33639980101', 'JARDIN');
  await say('+33639980101', '1');
  let heard = '';
  for (const words of ['JARDIN', '1', '1', '2', 'plus de bancs'])
    heard += `\n${await say('+33639980101', words)}`;
  expect(heard).toContain('Vous venez au jardin?');
  expect(heard).toContain('Quand? 1 le matin 2 le soir');
  expect(heard).toContain('Que faut-il changer?');
  expect(city.db.items.size).toBeGreaterThan(0);

  let turkish = '';
  for (const words of ['TURKCE', '1', 'JARDIN', '1', '2']) turkish += `\n${await say('+33639980102', words)}`;
  expect(turkish).toContain('Parka geliyor musunuz?');
  expect(turkish, 'who does not come is not asked when').not.toContain('Ne zaman?');
  expect(turkish).toContain('Ne degismeli?');
});

it('questions move, go and are renamed, with the conditions that name them', async () => {
  const city = createTestConsole();
  await written(city);
  await send(city, 'save', { 'q0.id': 'venir' });
  const renamed = await city.get(EDIT);
  expect(renamed.body).toContain('value="${venir} = &#39;yes&#39;" selected');
  expect(locationOf(await send(city, 'down-0'))).toContain('#q1');
  const moved = await city.get(EDIT);
  expect(fieldsOf(moved.body, EDIT)['q1.text.fr']).toEqual(['Vous venez au jardin?']);
  expect(moved.body, 'asked before what it hangs on').toContain('À corriger');
  await send(city, 'up-1');
  await send(city, 'delete-2');
  const { body } = await city.get(EDIT);
  expect(fieldsOf(body, EDIT)).not.toHaveProperty('q2.text.fr');
  expect(body).toContain('Quand?');
});

it('a draft with gaps is kept, says what to do at each, and cannot be published', async () => {
  const city = createTestConsole();
  await begun(city);
  await send(city, 'add', { 'nouveau-type': 'single', 'mot-cle': 'été', closes: '', ferme: '' });
  const { body } = await city.get(EDIT);
  expect(body).toContain('donnez un mot-clé de 3 à 20 lettres majuscules ou chiffres');
  expect(body).toContain('donnez un jour');
  expect(fieldsOf(body, EDIT)['mot-cle']).toEqual(['ÉTÉ']);
  const refused = await city.post(`${PATH}/publier`, { version: '2' });
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('à corriger avant de publier');
  expect(city.deps.world.surveys.latest('jardin')).toBeUndefined();
});

it('of two who write at once the second keeps what was typed and is told', async () => {
  const city = createTestConsole();
  await written(city);
  const { body } = await city.get(EDIT);
  const mine = fieldsOf(body, EDIT);
  city.as(agentOf('facilitator'));
  await send(city, 'save', { 'q2.text.fr': 'Autre chose?' });
  city.as(agentOf('officer'));
  const late = await city.post(EDIT, { ...mine, 'q2.text.fr': 'Mon texte?', act: 'save' });
  expect(late.status).toBe(409);
  expect(late.body).toContain('facilitator@exemple.fr vient d’enregistrer');
  const again = fieldsOf(late.body, EDIT);
  expect(again['q2.text.fr']).toEqual(['Mon texte?']);
  expect(fieldsOf((await city.get(EDIT)).body, EDIT)['q2.text.fr'], 'nothing was overwritten').toEqual([
    'Autre chose?',
  ]);
  expect((await city.post(EDIT, { ...again, act: 'save' })).status).toBe(303);
  expect(fieldsOf((await city.get(EDIT)).body, EDIT)['q2.text.fr']).toEqual(['Mon texte?']);
});

it('what has no field stays: texts of languages that are not shown, a filter, the lists', async () => {
  const city = createTestConsole();
  const before = city.deps.world.surveys.latest('square');
  await city.post('/console/sondages/square/modifier');
  const at = '/console/sondages/square/editer';
  const { body } = await city.get(`${at}?l=ar`);
  expect(body).toContain('lang="ar" dir="auto"');
  const fields = fieldsOf(body, at);
  expect(fields.montrees).toEqual(['fr', 'ar']);
  await city.post(at, { ...fields, 'topic.fr': 'le grand square', act: 'save' });
  const page = await city.get('/console/sondages/square/publier');
  expect(page.body).toContain('Ce qui change depuis la révision 1');
  await city.post(
    '/console/sondages/square/publier',
    fieldsOf(page.body, '/console/sondages/square/publier'),
  );
  const after = city.deps.world.surveys.latest('square');
  expect(after).toEqual({ ...before, revision: 2, topic: { ...before?.topic, fr: 'le grand square' } });
});

it('languages said to be shown are those of the survey, once each', async () => {
  const city = createTestConsole();
  await written(city);
  await send(city, 'save', {
    montrees: ['fr', 'xx', 'fr', 'xx'],
    'topic.xx': 'junk',
    'q0.text.xx': 'junk',
  });
  const draft = (await draftsOf(city.deps).get('jardin'))?.draft;
  expect(draft?.survey.topic).toMatchObject({ fr: expect.any(String) });
  expect(JSON.stringify(draft)).not.toContain('junk');
});

it('a language is added with our own words, and goes only on purpose', async () => {
  const city = createTestConsole();
  await city.post('/console/sondages/square/modifier');
  const at = '/console/sondages/square/editer';
  const act = async (act: string, typed = {}) =>
    city.post(at, { ...fieldsOf((await city.get(`${at}?l=tr`)).body, at), ...typed, act });
  expect(locationOf(await act('drop-tr'))).toContain('#languages');
  const page = await city.get('/console/sondages/square/publier');
  expect(page.body).not.toContain('la traduction serait perdue');
  await city.post(
    '/console/sondages/square/publier',
    fieldsOf(page.body, '/console/sondages/square/publier'),
  );
  const after = city.deps.world.surveys.latest('square');
  expect(after?.languages).not.toContain('tr');
  expect(JSON.stringify(after)).not.toContain('"tr"');
});

it('a draft whose survey was published meanwhile goes on from the new revision only on purpose', async () => {
  const city = createTestConsole();
  const publish = '/console/sondages/square/publier';
  await city.post('/console/sondages/square/modifier');
  const { deps, clock } = city;
  const now = clock.now;
  const square = deps.world.surveys.latest('square');
  await saved(deps, { ...square, closes: '2027-05-01' }, { now });
  const refused = await city.post(publish, { version: '1' });
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('fait sur la révision 1, la dernière est la 2');
  expect((await city.post('/console/sondages/square/reprendre', { version: '7' })).status).toBe(409);
  await city.post('/console/sondages/square/reprendre', { version: '1' });
  const page = await city.get(publish);
  await city.post(publish, fieldsOf(page.body, publish));
  expect(deps.world.surveys.latest('square')).toMatchObject({ revision: 3, closes: square?.closes });
});

it('who writes does not publish, and what they write is shown as text', async () => {
  const city = createTestConsole();
  city.as(agentOf('provider'));
  await begun(city, { sujet: '<script>alert(1)</script>' });
  await send(city, 'add', { 'nouveau-type': 'text', 'intro.fr': '"><img src=x onerror=1>' });
  const { body } = await city.get(EDIT);
  expect(body).not.toContain('<script>alert');
  expect(body).not.toContain('<img');
  expect(body).not.toContain('value="publish"');
  expect((await send(city, 'publish')).headers?.location).not.toContain('publier');
  expect((await city.post(`${PATH}/publier`, { version: '2' })).status).toBe(403);
  expect((await city.audit()).map(({ what }) => what)).toContain('brouillon de sondage enregistré');
});

it('a survey is begun like another: its questions, its own keyword and days', async () => {
  const city = createTestConsole();
  expect((await begun(city, { mot: 'square' })).status).toBe(422);
  const made = await begun(city, { depuis: 'square', sujet: 'le jardin' });
  expect(locationOf(made)).toBe(`${EDIT}?fait=cree`);
  const { body } = await city.get(EDIT);
  expect(fieldsOf(body, EDIT)['mot-cle']).toEqual(['JARDIN']);
  expect(fieldsOf(body, EDIT)).toHaveProperty('q0.text.fr');
  expect((await begun(city)).status, 'somebody writes it already').toBe(422);
  const shown = fieldsOf((await city.get(EDIT)).body, `${PATH}/abandonner`);
  city.as(agentOf('officer', { id: 'autre@exemple.fr' }));
  await send(city, 'save', { 'intro.fr': 'Les mots de quelqu’un d’autre.' });
  const kept = await city.post(`${PATH}/abandonner`, shown);
  expect(kept.status).toBe(409);
  expect(kept.body).toContain('autre@exemple.fr vient d’enregistrer');
  expect(kept.body).toContain('Les mots de quelqu’un d’autre.');
  await city.post(`${PATH}/abandonner`, fieldsOf(kept.body, `${PATH}/abandonner`));
  expect((await city.get(EDIT)).status).toBe(404);
});

it('the list reads one page of the store', async () => {
  const city = createTestConsole();
  await begun(city);
  const [queries, latest] = [vi.spyOn(city.db, 'query'), vi.spyOn(city.db, 'latest')];
  const { body } = await city.get('/console/sondages');
  expect(body).toContain('Brouillon');
  expect(queries.mock.calls.length + latest.mock.calls.length).toBeLessThanOrEqual(2);
});

const IMPORT = '/console/sondages/importer';
const formFile = (bytes: Buffer | string, name: string): File =>
  new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name);

it.each(['xlsx', 'csv'] as const)(
  'a survey goes out as a form in .%s and comes back as the same',
  async (format) => {
    const city = createTestConsole();
    const out = await city.get(`/console/sondages/square/formulaire/${format}`);
    expect(out.headers?.['content-disposition']).toBe(`attachment; filename="square.r1.${format}"`);
    const bytes = Buffer.from(out.body, out.base64 ? 'base64' : 'utf8');
    const back = await city.upload(IMPORT, { fichier: formFile(bytes, `square.${format}`) });
    expect(locationOf(back), back.body).toBe('/console/sondages/square/editer?fait=importe');
    const page = await city.get('/console/sondages/square/publier');
    const publish = '/console/sondages/square/publier';
    const done = await city.post(publish, fieldsOf(page.body, publish));
    expect(locationOf(done)).toBe('/console/sondages/square?fait=inchange');
  },
);

it('a form with a fault in it is refused with its cell, and nothing is kept', async () => {
  const city = createTestConsole();
  const csv = 'survey\n,type,name,label\n,select_one rien,a,Quoi?\n';
  const { status, body } = await city.upload(IMPORT, { fichier: formFile(csv, 'velo.csv') });
  expect(status).toBe(422);
  expect(body).toMatch(/feuille « survey », ligne \d, cellule B3/);
  expect((await city.get('/console/sondages')).body).not.toContain('Brouillons');
  const odd = await city.upload(IMPORT, { fichier: formFile('x', 'velo.pdf') });
  expect(odd.body).toContain('enregistrez le formulaire en .xlsx ou en .csv');
  expect((await city.upload(IMPORT, {})).body).toContain('Choisissez un fichier');
});

it('a file takes the place of a draft only where that is said', async () => {
  const city = createTestConsole();
  const out = await city.get('/console/sondages/square/formulaire/csv');
  const file = () => formFile(Buffer.from(out.body, out.base64 ? 'base64' : 'utf8'), 'square.csv');
  await city.upload(IMPORT, { fichier: file() });
  const again = await city.upload(IMPORT, { fichier: file() });
  expect(again.status).toBe(422);
  expect(again.body).toContain('est en cours d’écriture');
  expect((await city.upload(IMPORT, { fichier: file(), remplacer: 'square' })).status).toBe(303);
});
