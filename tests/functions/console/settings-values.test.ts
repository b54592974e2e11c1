/** Settings of one value, templates, what quartiers are called, channels: refused with a reason, decided by two where it loosens. */
import { beforeEach, describe, expect, it } from 'vitest';
import { templateFor } from '../../../functions/channels/templates.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';

const PATH = '/console/reglages';
const HISTORY = `${PATH}/historique`;
const other = agentOf('officer', { id: 'fatima@exemple.fr' });

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});

const read = (body: string): string => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
/** As the page that is open now would send it. */
const sent = async (path: string, fields: Record<string, string>) => {
  const version = String(city.deps.settings.current().number);
  const answer = await city.post(`${PATH}/${path}`, { version, ...fields });
  return { ...answer, told: answer.headers?.location?.split('fait=')[1] };
};

describe('a value', () => {
  it.each([
    ['heures', { debut: '08:00', fin: '19:00' }, 'debut', 'la loi ne permet pas plus tôt'],
    ['heures', { debut: '09:00', fin: '20:30' }, 'fin', 'la loi ne permet pas plus tard'],
    ['heures', { debut: '12:00', fin: '11:00' }, 'fin', 'La fin vient après le début'],
    ['heures', { debut: '', fin: '' }, 'debut', 'Une heure'],
    ['rappels', { debut: '', fin: '' }, 'debut', 'Une heure, par exemple'],
    ['rappels', { debut: '14:00', fin: '09:00' }, 'fin', 'La fin vient après'],
    ['telephone', { valeur: '01 99 00 12 34 56 78' }, 'valeur', '14 caractères au plus'],
    ['telephone', { valeur: 'mairie' }, 'valeur', 'Un numéro que l’on compose'],
    ['annonces-par-personne', { valeur: '8' }, 'valeur', 'de 1 à 7'],
    ['annonces-par-personne', { valeur: '1,5' }, 'valeur', 'de 1 à 7'],
    ['depense', { valeur: '0' }, 'valeur', 'de 1 à 10 000'],
    ['depense', { valeur: 'beaucoup' }, 'valeur', 'de 1 à 10 000'],
    ['part', { valeur: '99' }, 'valeur', 'de 5 à 95'],
    ['part', { valeur: '40' }, 'valeur', 'C’est déjà le réglage'],
  ])('of %s with %j is refused at its field', async (path, typed, field, words) => {
    const { status, body } = await sent(path, typed);
    expect(status).toBe(422);
    expect(body).toContain(`id="${field}-erreur"`);
    expect(body).toContain(words);
    for (const value of Object.values(typed)) expect(body).toContain(`value="${value}"`);
    expect(city.db.items.size).toBe(0);
  });
  it('is followed at once, and is the file’s again when it is taken back', async () => {
    expect((await sent('heures', { debut: '09:00', fin: '19:00' })).told).toBe('changed');
    expect((await sent('telephone', { valeur: '01 99 00 56 78' })).told).toBe('changed');
    expect((await sent('rappels', { debut: '14:00', fin: '17:30' })).told).toBe('changed');
    expect((await sent('part', { valeur: '30' })).told).toBe('changed');
    const now = city.deps.world.city;
    expect(now.sending).toEqual({ zone: 'Europe/Paris', from: '09:00', to: '19:00' });
    expect(now.callHours).toEqual({ from: '14h', to: '17h30' });
    expect([now.phone, now.limits.strangersShare]).toEqual(['01 99 00 56 78', 0.3]);
    expect((await sent('historique/1/reprendre', {})).told).toBe('changed');
    expect(city.deps.world.city.sending.from).toBe('08:30');
    expect(city.deps.settings.current().entries.at(-1)).toMatchObject({ change: { to: null }, undoes: 1 });
    // As the file has it: kept as the file's, so that the file's next value counts.
    await sent('telephone', { valeur: '01 99 00 12 34' });
    expect(city.deps.settings.current().entries.at(-1)).toMatchObject({ change: { to: null } });
  });
});

describe('what lets more be sent or spent', () => {
  it('waits for another officer; who proposed it does not approve it', async () => {
    expect((await sent('depense', { valeur: '450,50' })).told).toBe('proposed');
    expect(city.deps.world.city.limits.dailyEuros).toBe(300);
    expect((await city.get(HISTORY)).body).not.toContain('/1/valider');
    expect((await sent('historique/1/valider', {})).body).toContain('une autre personne doit la valider');
    city.as(other);
    expect(read((await city.get(PATH)).body)).toContain('450,50 € au plus');
    expect((await sent('historique/1/valider', {})).told).toBe('approved');
    expect(city.deps.world.city.limits.dailyEuros).toBe(450.5);
    expect((await sent('historique/1/valider', {})).body).toContain('elle est décidée');
    expect((await city.audit()).map(({ what, about }) => `${what} ${about}`).sort()).toEqual([
      'réglage proposé dailyEuros n° 1',
      'réglage validé dailyEuros n° 2',
    ]);
    // Less is less: at once, and back up again is more.
    expect((await sent('depense', { valeur: '100' })).told).toBe('changed');
    expect((await sent('historique/3/reprendre', {})).told).toBe('proposed');
    expect(city.deps.world.city.limits.dailyEuros).toBe(100);
  });
  it('is over when it is dropped, or when the setting was changed since', async () => {
    await sent('annonces-par-personne', { valeur: '4' });
    expect((await sent('historique/1/retirer', {})).told).toBe('dropped');
    await sent('annonces-par-personne', { valeur: '5' });
    await sent('annonces-par-personne', { valeur: '1' });
    city.as(other);
    expect((await sent('historique/3/valider', {})).status).toBe(422);
    expect(city.deps.world.city.limits.pushesPerWeek).toBe(1);
    expect(city.deps.settings.current().pending).toEqual([]);
  });
});

const template = {
  pour: 'visit',
  categorie: 'UTILITY',
  langue: 'fr',
  identifiant: `HX${'a'.repeat(32)}`,
  variable1: 'city',
  variable2: 'text',
};

describe('a template', () => {
  it('is used as soon as it is there, and no more once it is taken off', async () => {
    expect((await sent('modeles', template)).told).toBe('changed');
    const filled = () => templateFor(city.deps.world.city, { purpose: 'visit', language: 'tr', text: 'Oui' });
    expect(filled()?.variables).toEqual({ 1: 'Ville de Clichy-sous-Bois', 2: 'Oui' });
    expect((await sent('modeles', template)).body).toContain('déjà dans la liste');
    const [de] = city.deps.world.city.templates;
    expect((await sent('modeles/retirer', { de: JSON.stringify(de) })).told).toBe('changed');
    expect(filled()).toBeUndefined();
  });
  it.each([
    [{ pour: '' }, 'pour'],
    [{ categorie: 'AUTHENTICATION' }, 'categorie'],
    [{ langue: 'xx' }, 'langue'],
    [{ identifiant: 'HX1' }, 'identifiant'],
    [{ variable1: '' }, 'variable1'],
    [{ variable2: 'nom' }, 'variable1'],
  ])('with %j is refused at its field', async (wrong, field) => {
    const { status, body } = await sent('modeles', { ...template, ...wrong });
    expect([status, body.includes(`id="${field}-erreur"`)]).toEqual([422, true]);
    expect(city.db.items.size).toBe(0);
  });
});

describe('a quartier', () => {
  const chene = { nom: 'Chêne Pointu', 'menu-fr': '', mots: 'chene, pointu' };
  it('has another word, and the old name in the file', async () => {
    expect((await sent('quartiers/chene', chene)).told).toBe('changed');
    const found = city.deps.world.city.quartiers.find(({ id }) => id === 'chene');
    expect(found?.keywords).toEqual(['CHENE', 'POINTU']);
    expect(read((await city.get(HISTORY)).body)).toContain('Quartier Chêne Pointu');
    expect((await sent('quartiers/nulle-part', chene)).status).toBe(404);
  });
  it.each([
    [{ mots: '' }, 'mots', 'Gardez au moins un mot'],
    [{ mots: 'CHENE STOP' }, 'mots', 'une commande du service'],
    [{ mots: 'CHENE OUI' }, 'mots', 'réponse de tous les jours'],
    [{ mots: 'CHENE HAUT' }, 'mots', 'Haut Clichy'],
    [{ mots: 'CHENE SQUARE' }, 'mots', 'sert déjà : square'],
    [{ mots: 'CHENE HORAIRES' }, 'mots', 'une commande de la ville'],
    [{ mots: 'CHENE CHÊNE2' }, 'mots', 'sans accent'],
    [{ mots: 'CHENE chene' }, 'mots', 'deux fois'],
    [{ nom: ' ' }, 'nom', 'Un nom de 1 à 40'],
    [{ 'menu-fr': 'x'.repeat(160) }, 'menu-fr', 'un seul est permis'],
    [{ mots: 'CHENE' }, '', 'C’est déjà le réglage'],
  ])('with %j is refused', async (wrong, field, words) => {
    const { status, body } = await sent('quartiers/chene', { ...chene, ...wrong });
    expect([status, read(body)]).toEqual([422, expect.stringContaining(words)]);
    if (field) expect(body).toContain(`id="${field}-erreur"`);
    expect(city.db.items.size).toBe(0);
  });
  it('has its names in the menu by language where the file has', async () => {
    const { body } = await city.get(`${PATH}/quartiers/ville`);
    const typed = Object.fromEntries(
      [...body.matchAll(/value="([^"]*)"[^>]*name="(menu-[\w-]+|nom|mots)"/g)].map(([, value, name]) => [
        name,
        value,
      ]),
    ) as Record<string, string>;
    expect(typed['menu-tr']).toBe('başka');
    expect((await sent('quartiers/ville', { ...typed, 'menu-fr': 'ailleurs' })).told).toBe('changed');
    const menu = city.deps.world.city.quartiers.find(({ id }) => id === 'ville')?.menu;
    expect(menu).toMatchObject({ fr: 'ailleurs', tr: 'başka' });
  });
});

describe('a channel that is stopped', () => {
  it('is taken up again by hand, and that is noted', async () => {
    await city.deps.channels.stop('twilio-sms', '20003');
    expect((await city.get(PATH)).body).toContain('Reprendre l’envoi');
    expect((await sent('canaux/reprendre', { canal: 'twilio-sms' })).told).toBe('repris');
    expect(await city.deps.channels.state('twilio-sms')).toBe('open');
    expect((await city.get(PATH)).body).not.toContain('Reprendre l’envoi');
    expect(await city.audit()).toMatchObject([{ what: 'envoi repris', about: 'twilio-sms' }]);
    expect((await sent('canaux/reprendre', { canal: 'pigeon' })).status).toBe(404);
  });
});
