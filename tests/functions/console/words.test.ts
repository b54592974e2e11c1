/** Residents' words: who reads which, in what language, harmless; of an anonymous survey only what is cut apart. */
import { beforeEach, describe, expect, it } from 'vitest';
import { surveyShelf } from '../../../conversations/survey.ts';
import { create as createSweep } from '../../../functions/sweep.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { mot, openAnswers, read, TEXTS } from '../../support/open-answers.ts';

const SCRIPT = '<script>alert(1)</script> il fait noir';
const BIN = 'plus de poubelles';
const { city: clichy, surveys } = localWorld();
const square = surveys.latest('square');
if (!square) throw new Error('the example survey is gone');

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});
const { answer, page, pseudonym, sheet, tag, tagged, tagItems } = openAnswers(() => city);

describe('to read', () => {
  it('shows text, "other" and comment of each question, harmless, with language and day alone', async () => {
    await answer(SCRIPT);
    const body = await page();
    expect(body).not.toContain('<script>alert');
    expect(body).toContain(
      '<bdi lang="fr" dir="auto">&lt;script&gt;alert(1)&lt;/script&gt; il fait noir</bdi>',
    );
    expect(read(body)).toContain('français · lundi 23 novembre 2026');
    expect(await page('question=priorites')).toContain('des toilettes');
    expect(read(await page('question=frequence'))).toContain('En commentaire : parfois le dimanche');
    expect(await page('question=frequence')).not.toContain('il fait noir');
  });

  it('begins with a question that asks for words, and says nothing of who wrote', async () => {
    await sheet('a', mot(BIN));
    const said = read((await city.get(TEXTS)).body);
    expect(said).toContain(BIN);
    expect(said).not.toMatch(/Chêne Pointu \(|25-59|10\s?h|23:30/);
    expect(said).toContain('français · lundi 23 novembre 2026');
  });

  it('keeps to a language, and lays Arabic its own way', async () => {
    await sheet('a', mot(BIN));
    await sheet('b', mot('الساحة مظلمة'), { language: 'ar' });
    await sheet('c', { mot: { v: 'daha çok ışık', t: 1, l: 'tr' } });
    expect(await page('question=mot&langue=ar')).toContain('<bdi lang="ar" dir="auto">الساحة مظلمة</bdi>');
    expect(await page('question=mot&langue=ar')).not.toContain(BIN);
    expect(await page('question=mot&langue=tr')).toContain('daha çok ışık');
  });

  it('of a question or a survey that is not there, nothing', async () => {
    for (const path of [`${TEXTS}?question=age`, '/console/resultats/rien/textes'])
      expect((await city.get(path)).status).toBe(404);
  });

  it('an empty question says why', async () => {
    expect(await page()).toContain('Aucun texte ici pour l’instant');
  });

  it('every look is noted, by survey and question and no word', async () => {
    await sheet('a', mot(BIN));
    await page('question=mot&apres=poubelles');
    await city.get(`${TEXTS}?question=poubelles`);
    expect(await city.audit()).toEqual([
      expect.objectContaining({ what: 'textes d’habitants lus', about: 'square' }),
      expect.objectContaining({ what: 'textes d’habitants lus', about: 'square mot' }),
    ]);
  });
});

describe('who may', () => {
  beforeEach(async () => {
    await sheet('a', mot(BIN));
    await sheet('c', { mot: { v: 'daha çok ışık', t: 1, l: 'tr' } });
  });

  it.each(['provider', 'read-only'] as const)('%s reads none', async (role) => {
    city.as(agentOf(role));
    const { status, body } = await city.get(TEXTS);
    expect(status).toBe(403);
    expect(body).not.toContain(BIN);
  });

  it('a relay reads its language, and no other by its address', async () => {
    await tagged(BIN, 'propreté');
    await tagged('daha', 'éclairage');
    city.as(agentOf('relay'));
    const body = await page();
    expect(body).toContain('daha çok ışık');
    expect(body).not.toContain(BIN);
    expect(body).not.toContain('name="langue"');
    expect(body).not.toContain('Étiqueter');
    expect(body, 'the tags of other languages').not.toContain('propreté');
    expect(await page('question=mot&langue=tr')).toContain('daha');
    expect((await city.get(`${TEXTS}?question=mot&langue=fr`)).status).toBe(404);
    city.as(agentOf('relay', { language: 'fr-facile' as never }));
    expect((await city.get(TEXTS)).status).toBe(404);
  });

  it('a service reads and does not tag; a contractor tags nothing that it cannot read', async () => {
    const { form } = await tag(BIN, '');
    const typed = { ...form, [`etiquettes-${form.texte}`]: 'vu' };
    city.as(agentOf('service'));
    expect(await page()).toContain(BIN);
    expect(await page()).not.toContain('Étiqueter');
    expect((await city.post(TEXTS, typed)).status).toBe(403);
    city.as(agentOf('provider'));
    const { status, body } = await city.post(TEXTS, typed);
    expect(status).toBe(404);
    expect(body).not.toContain(BIN);
    expect(tagItems()).toEqual([]);
  });
});

describe('an anonymous survey', () => {
  const anonymous = { ...square, anonymous: true as const, opens: '2026-11-01', closes: '2026-11-24' };
  beforeEach(async () => {
    city = createTestConsole({ over: { world: { city: clichy, surveys: surveyShelf([anonymous]) } } });
    await answer(BIN);
  });
  const cut = async () => {
    city.clock.now = new Date('2026-11-25T01:30:00.000Z');
    await createSweep(city.deps)();
  };

  it('shows nothing while texts still stand beside the other answers', async () => {
    const body = await page();
    expect(body).not.toContain(BIN);
    expect(read(body)).toContain('Ce sondage est anonyme');
    expect(read(body)).toContain('mardi 24 novembre 2026');
  });

  it('shows each text by itself once it is cut apart, without a day', async () => {
    await cut();
    const body = await page();
    expect(body).toContain(BIN);
    expect(read(body)).not.toContain('23 novembre');
    const other = await page('question=priorites');
    expect(other).toContain('des toilettes');
    const names = [body, other].map((each) => /id="texte-([^"]+)"/.exec(each)?.[1]);
    expect(names[0]).not.toBe(names[1]);
    expect(await page('question=frequence'), 'the raw reply is not shown').not.toContain('>3 parfois');
  });

  it('can be tagged then, until it is forgotten', async () => {
    await cut();
    await tagged(BIN, 'propreté');
    expect(read(await page())).toContain('propreté (1)');
    city.clock.now = new Date('2031-01-01T03:00:00.000Z');
    await createSweep(city.deps)();
    expect(tagItems()).toEqual([]);
  });

  it('that becomes so while it runs takes the tags of its sheets along', async () => {
    await cut();
    const before = tagItems().length;
    await sheet('z', mot('encore'));
    const name = pseudonym('z');
    await city.deps.tags.set(
      { survey: 'square', name, question: 'mot' },
      { tags: ['vu'], language: 'fr' },
      [],
    );
    await createSweep(city.deps)();
    expect(tagItems()).toHaveLength(before);
  });
});
