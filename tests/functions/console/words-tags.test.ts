/** Tags of residents' texts: kept, counted, found again, refused; gone with the text that they are about. */
import { beforeEach, describe, expect, it } from 'vitest';
import { create as createSweep } from '../../../functions/sweep.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { mot, openAnswers, read, TEXTS } from '../../support/open-answers.ts';

const BIN = 'plus de poubelles';

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});
const { answer, page, pseudonym, say, sheet, tag, tagged, tagItems } = openAnswers(() => city);

describe('tags', () => {
  beforeEach(async () => {
    await sheet('a', mot(BIN));
    await sheet('b', mot('des bancs et des poubelles'));
    await sheet('c', { ...mot('rien'), frequence: { v: 1, c: 'le soir', t: 2 } });
  });

  it('are kept in lower case, counted, and lead to their texts; the log has none of them', async () => {
    city.as(agentOf('facilitator'));
    await tagged(BIN, ' Propreté,  sécurité  du soir , propreté');
    await tagged('des bancs', 'PROPRETÉ');
    const body = await page();
    expect(read(body)).toMatch(/propreté \(2\) sécurité du soir \(1\)/);
    const link = /href="([^"]*etiquette=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') as string;
    expect(link).not.toMatch(/propret/i);
    const found = (await city.get(link)).body;
    expect(found).toContain(BIN);
    expect(found).toContain('des bancs');
    expect(found).not.toContain('>rien<');
    const noted = (await city.audit()).filter(({ what }) => what === 'texte étiqueté');
    expect(noted).toEqual([
      expect.objectContaining({ about: 'square mot', who: 'facilitator@exemple.fr' }),
      expect.objectContaining({ about: 'square mot' }),
    ]);
    expect(JSON.stringify(await city.audit())).not.toMatch(/propret|poubelle/i);
  });

  it('are of one question: those of another are its own', async () => {
    await tagged('rien', 'sans avis');
    expect(await page('question=frequence')).not.toContain('sans avis');
    const { send } = await tag('le soir', 'horaires', 'question=frequence');
    expect((await send()).status).toBe(303);
    expect(await page()).not.toContain('horaires');
    expect(read(await page('question=frequence'))).toContain('horaires (1)');
  });

  it('empty, they are taken away', async () => {
    await tagged(BIN, 'propreté');
    await tagged(BIN, '');
    expect(read(await page())).not.toContain('propreté');
  });

  it('the answer leads back to the text on the page it was on', async () => {
    const { form, send } = await tag(BIN, 'propreté', 'question=mot&langue=fr');
    const { headers } = await send();
    expect(headers?.location).toBe(`${TEXTS}?question=mot&langue=fr&fait=etiquete#texte-${form.texte}`);
    expect(await page('question=mot&fait=etiquete')).toContain('Étiquettes enregistrées');
  });

  it.each([
    ['a, b, c, d, e, f', 'Il y a 6 étiquettes : gardez-en 5 au plus.'],
    ['e'.repeat(41), 'a 41 lettres : une étiquette en a 40 au plus.'],
  ])('%j is refused, and stays in its field', async (typed, why) => {
    const { form, send } = await tag(BIN, typed);
    const { status, body } = await send();
    expect(status).toBe(422);
    expect(body).toContain(why);
    expect(body).toContain(`value="${typed}"`);
    expect(body).toContain(`href="#etiquettes-${form.texte}"`);
    expect(tagItems()).toEqual([]);
  });

  it('a script in a tag does nothing', async () => {
    await tagged(BIN, '<script>x()</script>');
    const body = await page();
    expect(body).not.toContain('<script>x');
    expect(body).toContain('&lt;script&gt;x()&lt;/script&gt;');
  });

  it('two who tag the same text: the second is told, and loses nothing typed', async () => {
    const second = await tag(BIN, 'moi aussi');
    await tagged(BIN, 'propreté');
    const { status, body } = await second.send();
    expect(status).toBe(409);
    expect(body).toContain('viennent de changer');
    expect(body).toContain('value="moi aussi"');
    expect(read(await page())).toContain('propreté (1)');
  });

  it('of a text that is nowhere, or of another question, are not there', async () => {
    const { form } = await tag(BIN, '');
    const changes: Record<string, string>[] = [
      { texte: 'x'.repeat(22) },
      { texte: '../x' },
      { question: 'priorites' },
    ];
    for (const change of changes) {
      const sent: Record<string, string> = { ...form, ...change };
      const { status } = await city.post(TEXTS, { ...sent, [`etiquettes-${sent.texte}`]: 'vu' });
      expect(status).toBe(404);
    }
    expect(tagItems()).toEqual([]);
  });
});

describe('a tag does not outlive its text', () => {
  it('EFFACER takes the words and what they were called', async () => {
    await answer(BIN);
    await tagged(BIN, 'propreté');
    const { send } = await tag('parfois', 'week-end', 'question=frequence');
    await send();
    const late = await tag(BIN, 'trop tard');
    await say('EFFACER', '1');
    expect(JSON.stringify([...city.db.items.values()])).not.toMatch(/propreté|week-end|poubelles/);
    expect(tagItems()).toEqual([]);
    expect(await page()).not.toContain(BIN);
    expect((await late.send()).status).toBe(404);
    expect(tagItems()).toEqual([]);
  });

  it('a text that is written anew loses its tags, the sheet’s others keep theirs', async () => {
    await sheet('a', { ...mot(BIN), frequence: { v: 1, c: 'le soir', t: 2 } });
    await tagged(BIN, 'propreté');
    await (await tag('le soir', 'horaires', 'question=frequence')).send();
    const late = await tag(BIN, 'trop tard');
    const name = pseudonym('a');
    await city.deps.sheets.amend('square', name, 'mot', { v: 'des bancs', t: 30 }, 2);
    const said = read(await page());
    expect(said).toContain('des bancs');
    expect(said).not.toContain('propreté');
    expect(read(await page('question=frequence'))).toContain('horaires (1)');
    const { status } = await late.send();
    expect(status, 'it was about other words').toBe(409);
  });

  it('a text taken back between the two looks of whoever tags it keeps none', async () => {
    await sheet('a', mot(BIN));
    const { send } = await tag(BIN, 'propreté');
    const { put } = city.db;
    const name = pseudonym('a');
    city.db.put = async (item, condition) => {
      if (String(item.pk).startsWith('tags#')) {
        city.db.put = put;
        await city.deps.sheets.strip('square', name);
      }
      return put(item, condition);
    };
    expect((await send()).status).toBe(404);
    expect(JSON.stringify(tagItems())).not.toContain('propreté');
  });

  it('a sheet that is released, and the end of what the city keeps, take them', async () => {
    await sheet('a', mot(BIN));
    await tagged(BIN, 'propreté');
    city.clock.now = new Date('2031-01-01T03:00:00.000Z');
    await createSweep(city.deps)();
    expect(tagItems()).toEqual([]);
  });
});
