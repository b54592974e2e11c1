/** Lists: made once, counted, with few of a kind hidden; their posters say what the readers read back. */
import { beforeEach, describe, expect, it } from 'vitest';
import { enrolContact } from '../../../functions/runtime/enrol.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});

const read = (body: string): string => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const fields = {
  nom: 'Délégués <b>de classe</b>',
  mot: 'delegues',
  but: 'Le conseil des jeunes',
  base: 'consent',
  par: 'service jeunesse',
};

async function enrol(
  list: string,
  count: number,
  more: { language?: string; age?: '60+' } = {},
): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await enrolContact(city.deps, `+3363998${String(city.db.items.size).padStart(4, '0')}`, {
      type: 'enrolled',
      id: `i${city.db.items.size}`.padEnd(10, 'x'),
      list,
      ...more,
      proof: { what: 'Bulletin', on: '2026-09-05' },
    });
}

describe('a list of staff’s', () => {
  it('is made, shown with what it is for, and noted', async () => {
    const { status, headers } = await city.post('/console/listes/_nouvelle', fields);
    expect([status, headers?.location]).toEqual([303, '/console/listes/delegues?fait=creee']);
    const { body } = await city.get(headers?.location as string);
    expect(body).toContain('Délégués &lt;b&gt;de classe&lt;/b&gt;');
    expect(read(body)).toContain('Service responsable service jeunesse');
    expect(read((await city.get('/console/listes')).body)).toContain('Le conseil des jeunes (consentement)');
    expect(await city.audit()).toMatchObject([{ what: 'liste créée', about: 'delegues' }]);
  });
  it.each([
    [{ nom: '' }, 'Écrivez un nom'],
    [{ mot: 'Délégués' }, 'lettres minuscules'],
    [{ but: '' }, 'à quoi sert la liste'],
    [{ base: '' }, 'Choisissez l’une des deux'],
    [{ par: 'x'.repeat(61) }, 'Nommez le service'],
    [{ mot: 'chene' }, 'Il y a déjà une liste « chene »'],
  ])('with %j is refused, and what was typed stays', async (wrong, words) => {
    const { status, body } = await city.post('/console/listes/_nouvelle', { ...fields, ...wrong });
    expect(status).toBe(422);
    expect(body).toContain(words);
    if (!('but' in wrong)) expect(body).toContain('Le conseil des jeunes');
    expect(city.db.items.size).toBe(0);
  });
  it('never changes', async () => {
    await city.post('/console/listes/_nouvelle', fields);
    expect((await city.post('/console/listes/_nouvelle', { ...fields, but: 'Autre chose' })).status).toBe(
      422,
    );
    expect((await city.deps.lists.find('delegues'))?.purpose).toBe('Le conseil des jeunes');
  });
  it('is made by nobody but who may', async () => {
    city.as(agentOf('facilitator'));
    expect((await city.post('/console/listes/_nouvelle', fields)).status).toBe(403);
    expect((await city.get('/console/listes')).body).not.toContain('Créer une liste');
  });
});

it('counts its members where the number is looked at, and hides few of a kind', async () => {
  await enrol('aines', 12, { language: 'fr', age: '60+' });
  await enrol('aines', 6, { language: 'tr' });
  await enrol('aines', 2, { language: 'ar' });
  expect((await city.get('/console/listes/aines/nombre')).body).toBe('<span>20</span>');
  expect(read((await city.get('/console/listes/aines')).body)).toContain('Inscrits 20');
  const said = read((await city.get('/console/listes/aines/composition')).body);
  expect(said).toContain('20 inscrits.');
  expect(said).toContain('Français 12');
  // Shown, six would tell that the others are two.
  expect(said).toContain('Turc caché');
  expect(said).toContain('Arabe moins de 5');
  expect(said).not.toContain('39980');
});

it('the page of all lists reads one page of the store, however many are on them', async () => {
  await enrol('aines', 30);
  const { db } = city;
  let calls = 0;
  for (const name of ['get', 'getMany', 'query', 'latest', 'listed', 'listedAfter', 'scan'] as const) {
    const real = db[name] as (...args: never[]) => never;
    Object.assign(db, {
      [name]: (...args: never[]) => {
        calls += 1;
        return real(...args);
      },
    });
  }
  await city.deps.shelf.ready();
  calls = 0;
  expect((await city.get('/console/listes')).status).toBe(200);
  expect(calls).toBeLessThanOrEqual(2);
});

describe('what goes on a wall', () => {
  it('says the word that the reader reads back, by the channel and language', async () => {
    const { body } = await city.get('/console/listes/chene/affiche?langue=tr&canal=sms&code=a12');
    expect(read(body)).toMatch(/À écrire CHENE A12 TR/);
    expect(body).toContain('<svg');
    expect(body).toContain('/console/listes/chene/affiche/qr.svg?langue=tr&amp;canal=sms&amp;code=a12');
  });
  it('is downloaded as a picture', async () => {
    const svg = await city.get('/console/listes/chene/affiche/qr.svg?langue=tr&code=a12');
    expect(svg.headers?.['content-disposition']).toBe('attachment; filename="qr-chene-tr-sms-A12.svg"');
    expect(svg.body).toContain('<title>CHENE A12 TR</title>');
    const png = await city.get('/console/listes/chene/affiche/qr.png');
    expect(Buffer.from(png.body, 'base64').subarray(1, 4).toString()).toBe('PNG');
  });
  it('is printed as a sheet that loads nothing but its own style', async () => {
    const { status, headers, body } = await city.get('/console/listes/chene/affiche/imprimer?langue=ar');
    expect(status).toBe(200);
    expect(headers?.['content-security-policy']).toMatch(/style-src 'sha256-[^']+'; font-src 'self'/);
    expect(body).not.toMatch(/ style=/);
    expect(body).toContain('/console/fichiers/noto-sans');
  });
  it('with a code that is none is refused at its field', async () => {
    const { status, body } = await city.get('/console/listes/chene/affiche?code=%3Cb%3E');
    expect(status).toBe(422);
    expect(body).toContain('id="code-erreur"');
    expect(body).not.toContain('<b>');
    expect((await city.get('/console/listes/chene/affiche/qr.svg?code=%3Cb%3E')).status).toBe(404);
  });
  it('there is none for a list without a word', async () => {
    await city.post('/console/listes/_nouvelle', fields);
    expect((await city.get('/console/listes/delegues/affiche')).body).toContain('n’a pas de mot-clé');
    expect((await city.get('/console/listes/delegues/affiche/imprimer')).status).toBe(404);
  });
});

it.each([
  '',
  '/nombre',
  '/composition',
  '/affiche',
  '/affiche/qr.svg',
  '/affiche/qr.png',
  '/affiche/imprimer',
])('a list that is none has no page %j', async (part) =>
  expect((await city.get(`/console/listes/inconnue${part}`)).status).toBe(404),
);
