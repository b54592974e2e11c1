/** MES DONNEES: the code in the message opens everything held about the resident, to nobody else, for a day. */
import { describe, expect, it } from 'vitest';
import { create as createPages } from '../../functions/pages.ts';
import { create as createSweep } from '../../functions/sweep.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { createTestCity, text } from '../support/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const FROM = '+33639980042';

async function ready() {
  const db = createMemoryDb();
  const city = createTestCity(db);
  const webhook = createWebhook(city.deps);
  const pages = createPages(city.deps);
  const say = async (body: string): Promise<string> => (await text(webhook, FROM, body)).reply?.text ?? '';
  const open = (path: string) => pages({ method: 'GET', path, query: '', headers: {}, body: '' });
  for (const said of ['CHENE A12', 'oui', '1', '4', 'le parking <b>noir</b>', 'SQUARE', '1', '3 le dimanche'])
    await say(said);
  return { db, city, say, open };
}

const pathIn = (said: string): string => /clichy\.example(\/d\/[\w-]+)/.exec(said)?.[1] ?? '';

describe('MES DONNEES', () => {
  it('says what there is, in one message, with a link', async () => {
    const { say } = await ready();
    expect(await say('mes données')).toMatch(
      /^(Nous avons|Vos données): votre numéro, Chene Pointu, Francais, 25-59 ans, 1 sondage\. Copie.*\/d\/[\w-]{10} \(24h\)/,
    );
    expect(await say('2')).toContain('Pour corriger: LANGUE');
  });

  it('the link opens everything, escaped, never kept by a cache', async () => {
    const { say, open } = await ready();
    const answer = await open(pathIn(await say('MES DONNEES')));
    expect(answer.status).toBe(200);
    expect(answer.headers?.['cache-control']).toBe('no-store');
    for (const fact of [
      FROM,
      'Chêne Pointu',
      '25-59',
      'A12',
      'Pour vous inscrire: répondez OUI',
      'parfois – le dimanche',
    ])
      expect(answer.body).toContain(fact);
    expect(answer.body).toContain('le parking &lt;b&gt;noir');
  });

  it('the same as a file', async () => {
    const { say, open } = await ready();
    const answer = await open(`${pathIn(await say('MES DONNEES'))}.json`);
    expect(JSON.parse(answer.body)).toMatchObject({
      address: `sms:${FROM}`,
      session: { age: '25-59', lists: ['chene'] },
    });
  });

  it('another code, a day later, or after EFFACER: nothing', async () => {
    const { say, open, city } = await ready();
    const path = pathIn(await say('MES DONNEES'));
    expect((await open('/d/AAAAAAAAAA')).status).toBe(404);
    city.clock.now = new Date(city.clock.now.getTime() + 24 * 3_600_000 + 1000);
    const late = await open(path);
    expect([late.status, late.body.includes(FROM)]).toEqual([404, false]);
    const again = pathIn(await say('MES DONNEES'));
    await say('EFFACER');
    await say('1');
    expect((await open(again)).status).toBe(404);
  });
});

describe('the daily round', () => {
  it('cuts the sheets of a survey closed long enough ago from their residents, once', async () => {
    const { say, city, db } = await ready();
    for (const said of ['6 un kiosque', '4', 'merci pour tout']) await say(said);
    city.clock.now = new Date('2028-06-29T00:00:00Z');
    await createSweep(city.deps)();
    expect(JSON.stringify([...db.items.values()])).toContain('kiosque');
    city.clock.now = new Date('2028-07-01T00:00:00Z');
    for (let day = 0; day < 2; day += 1) await createSweep(city.deps)();
    const sheets = [];
    for await (const each of city.deps.sheets.all('square')) sheets.push(each);
    expect(sheets).toHaveLength(1);
    expect(sheets[0]?.sheet.answers).toMatchObject({
      frequence: { v: 3 },
      priorites: { v: [6] },
      mot: { m: 'erased' },
    });
    expect(JSON.stringify([...db.items.values()])).not.toContain('kiosque');
  });
});
