/** The export of the newer question types, from conversations with the real stores to the columns as they are read back. */
import { beforeEach, expect, it } from 'vitest';
import type { Answer, AnswerSheet } from '../../conversations/events.ts';
import { readSurvey, surveyShelf } from '../../conversations/survey.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createTestCity, type TestCity } from '../support/city.ts';
import { everyType, everyTypeWorld } from '../support/every-type.ts';
import { exportOf } from '../support/exported.ts';
import { createMemoryDb } from '../support/memory-db.ts';

let city: TestCity;
beforeEach(() => {
  city = createTestCity(createMemoryDb(), { world: everyTypeWorld });
});

let events = 0;
async function say(address: string, ...texts: string[]): Promise<void> {
  const [channel = 'sms'] = address.split(':');
  for (const text of texts) {
    const event = { type: 'said', id: `t${++events}`, channel: channel as 'sms', text } as const;
    await takeTurn(city.deps, address, event, 'response');
    city.clock.now = new Date(city.clock.now.getTime() + 90_000);
  }
}
const record = (who: string, answers: Record<string, Answer>, more: Partial<AnswerSheet> = {}) =>
  city.deps.sheets.record(
    city.deps.hashes.pseudonym(who, 'enquete'),
    {
      survey: 'enquete',
      revision: 1,
      end: 'done',
      channel: 'sms',
      language: 'fr',
      mode: 'mot-clé',
      started: '2026-11-23T09:00:00.000Z',
      ended: '2026-11-23T09:03:10.000Z',
      reminders: 0,
      answers,
      ...more,
    },
    1,
  );
const ANNA = 'sms:+33639980001';

it('writes a whole conversation, column by column', async () => {
  await say(ANNA, 'ENQUETE', '1', 'oui', 'moi + 2 enfants', 'demain', '18h30', '24/05/2019 à 14h30');
  await say(ANNA, '3 1', '2 3', '3 rue de la Paix', 'un banc cassé');
  const { answers, texts } = await exportOf(city.deps, 'enquete');
  const [header = ''] = Object.values(texts)[0]?.split('\r\n') ?? [];
  expect(header.split(';nb_relances;')[1]).toBe(
    [
      'q1;q1_libelle;q1_commentaire;q1_brut',
      'q2;q2_commentaire;q2_brut',
      'q3;q3_commentaire;q3_brut',
      'q4;q4_commentaire;q4_brut',
      'q5;q5_commentaire;q5_brut',
      'q6_bancs;q6_fleurs;q6_salle;q6_ordre;q6_commentaire;q6_brut',
      'q7_bancs;q7_salle;q7_fleurs;q7_commentaire;q7_brut',
      'q8_texte;q8_latitude;q8_longitude;q8_incompris',
      'q9_texte;q9_fichiers;q9_description',
      'c1;poids',
    ].join(';'),
  );
  expect(answers).toEqual([
    expect.objectContaining({
      ...{ termine: 'oui', q1: '1', q2: '3', q2_brut: 'moi + 2 enfants' },
      ...{ q3: '24/11/2026', q3_brut: 'demain', q4: '18:30', q5: '24/05/2019 14:30' },
      ...{ q6_bancs: '2', q6_fleurs: '0', q6_salle: '1', q6_ordre: 'salle > bancs' },
      ...{ q7_bancs: '0', q7_salle: '1', q7_fleurs: '1' },
      ...{ q8_texte: '3 rue de la Paix', q8_latitude: '', q9_texte: 'un banc cassé', q9_fichiers: '' },
      c1: '6',
    }),
  ]);
});

it('says what was not asked apart from what was left behind', async () => {
  await say(ANNA, 'ENQUETE', '1', 'non', '18h');
  const [open] = (await exportOf(city.deps, 'enquete')).answers;
  // Who does not come is not asked how many, nor the day; the rest was still to come.
  expect(open).toMatchObject({
    termine: 'non',
    q1: '0',
    q2: '-2',
    q3: '-2',
    q4: '18:00',
    q5: '-4',
    c1: '-4',
  });
  // The hall is not on offer to who does not come.
  expect(open).toMatchObject({ q7_bancs: '-4', q7_salle: '-2', q8_texte: '-4' });
});

it('leaves out the answers that do not count any more', async () => {
  const t = 1;
  await record('a', {
    venir: { v: false, t },
    combien: { v: 4, t },
    jour: { v: '2026-12-01', t },
    quoi: { v: [3], t },
    ordre: { m: 'skip', t },
    heure: { m: 'unknown', x: ['tôt', 'le plus tôt'], t },
    ou: { v: 'Place du marché', p: { latitude: 48.91, longitude: -2.5 }, t },
    photo: { v: '[photo]', f: 2, x: ['un banc'], t },
  });
  const [row] = (await exportOf(city.deps, 'enquete')).answers;
  expect(row).toMatchObject({ q2: '-2', q3: '-2', c1: '-2', q4: '-3', q4_brut: 'tôt | le plus tôt' });
  expect(row).toMatchObject({ q6_bancs: '-1', q6_ordre: '', q7_bancs: '0', q7_salle: '-2', q7_fleurs: '1' });
  expect(row).toMatchObject({ q8_latitude: '48,91', q8_longitude: '-2,5' });
  expect(row).toMatchObject({ q9_texte: '[photo]', q9_fichiers: '2', q9_description: 'un banc' });
});

it('shows which value stands for an answer that was passed', async () => {
  await record('a', { venir: { v: true, d: true, t: 1 }, combien: { v: 2, r: 'deux', t: 2 } });
  const [row] = (await exportOf(city.deps, 'enquete')).answers;
  expect(row).toMatchObject({ q1: '1', q1_brut: '0 (par défaut)', q2: '2', q2_brut: 'deux' });
});

it('names each question and its condition in the codebook', async () => {
  await record('a', { venir: { v: true, t: 1 }, combien: { v: 1, t: 1 }, ordre: { v: [2], t: 1 } });
  const { codebook } = await exportOf(city.deps, 'enquete');
  const book = Object.fromEntries(codebook.map((row) => [row.variable, row]));
  expect(book.q1).toMatchObject({ nom: 'venir', condition: '', n_repondu: '1' });
  expect(book.q2).toMatchObject({
    nom: 'combien',
    condition: "${venir} = 'yes'",
    type: 'nombre de personnes',
  });
  expect(book.q3).toMatchObject({
    nom: 'jour',
    type: 'date',
    condition: "(${combien} > 1) and (${venir} = 'yes')",
    n_non_pose: '1',
  });
  expect(book.q3_brut).toMatchObject({ nom: 'jour', condition: "(${combien} > 1) and (${venir} = 'yes')" });
  expect(book.q6_fleurs).toMatchObject({ nom: 'ordre', type: 'classement' });
  expect(book.q6_fleurs?.libelles).toMatch(/^rang 1\|rang 2\|rang 3\|non classé\|passé/);
  expect(book.q6_ordre?.question_fr).toMatch(/\(le classement en toutes lettres/);
  expect(book.c1).toMatchObject({ nom: 'double', type: 'valeur calculée', question_fr: '${combien} * 2' });
  expect(book.id_reponse).toMatchObject({ nom: '', condition: '' });
  expect(book.bienvenue).toBeUndefined();
  expect(codebook.map(({ nom }) => nom)).not.toContain('bienvenue');
});

it('has one set of columns for an order whose options came and went', async () => {
  const ordre = everyType.questions.find(({ id }) => id === 'ordre');
  if (ordre?.type !== 'rank') throw new Error('no order');
  const [bancs, fleurs, salle] = ordre.options;
  const later = {
    ...everyType,
    revision: 2,
    questions: everyType.questions.map((each) =>
      each === ordre ? { ...ordre, options: [salle, { id: 'jeux', label: { fr: 'jeux' } }, bancs] } : each,
    ),
  };
  city.deps.world = { ...everyTypeWorld, surveys: surveyShelf([everyType, readSurvey(later, 'r2')]) };
  await record('a', { ordre: { v: [2, 3], t: 1 } });
  await record('b', { ordre: { v: [2, 1], t: 1 } }, { revision: 2 });
  const { answers, codebook } = await exportOf(city.deps, 'enquete');
  const of = (revision: string) => answers.find(({ version }) => version === revision);
  expect(fleurs?.id).toBe('fleurs');
  expect(of('1')).toMatchObject({
    ...{ q6_salle: '2', q6_jeux: '-2', q6_bancs: '0', q6_fleurs: '1' },
    q6_ordre: 'fleurs > salle',
  });
  expect(of('2')).toMatchObject({
    ...{ q6_salle: '2', q6_jeux: '1', q6_bancs: '0', q6_fleurs: '-2' },
    q6_ordre: 'jeux > salle',
  });
  const row = codebook.find(({ variable }) => variable === 'q6_salle');
  expect([row?.n_repondu, row?.n_non_pose]).toEqual(['2', '0']);
});
