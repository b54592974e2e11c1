/** Results as staff read them: the figures of a recount, few reads however many answered, small groups hidden. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, AnswerSheet } from '../../../conversations/events.ts';
import { countAnswers } from '../../../functions/runtime/results/count-answers.ts';
import { shownGroups } from '../../../functions/runtime/results/results.ts';
import type { Db } from '../../../functions/store/db.ts';
import { createTallyStore } from '../../../functions/store/tallies.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { createMemoryDb, type MemoryDb } from '../../support/memory-db.ts';
import { recount } from '../../support/recount.ts';

const AT = '2026-11-22T10:00:00.000Z';
const answer = (v: Answer['v']): Answer => ({ v, t: 0 }) as Answer;

interface Said {
  quartier?: string;
  language?: string;
  frequence?: number | undefined;
  end?: 'done' | 'stopped';
  words?: string;
}

const name = (index: number): string =>
  index.toString(16).padStart(8, '0').split('').reverse().join('').padEnd(43, 'x');

const sheetOf = ({ quartier, language = 'fr', frequence, end = 'done', words }: Said): AnswerSheet => ({
  survey: 'square',
  revision: 1,
  end,
  channel: 'sms',
  language,
  mode: 'QR',
  ...(quartier && { quartier }),
  started: AT,
  ended: AT,
  reminders: 0,
  answers: { ...(frequence && { frequence: answer(frequence) }), ...(words && { mot: answer(words) }) },
});

const put = (city: TestConsole, index: number, said: Said) =>
  city.deps.sheets.record(name(index), sheetOf(said), 1);

const read = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u202f\u00a0]+/g, ' ');

describe('some hundred answers', () => {
  let city: TestConsole;
  beforeEach(async () => {
    city = createTestConsole();
    for (let index = 0; index < 60; index += 1)
      await put(city, index, {
        quartier: index < 40 ? 'chene' : index < 55 ? 'bosquets' : 'forestiere',
        frequence: index < 45 ? 1 : 2,
        ...(index >= 50 && { language: 'tr', end: 'stopped' as const }),
      });
  });

  it('count what was answered, in the words of the survey', async () => {
    const said = read((await city.get('/console/resultats/square')).body);
    expect(said).toContain('60 personnes ont répondu 83 % sont allées au bout 10 se sont arrêtées avant');
    expect(said).toContain('45 (75 %)');
    expect(said).toMatch(/15 25 %/);
  });

  it('each question has a chart and a table with the same figures', async () => {
    const { body } = await city.get('/console/resultats/square');
    const [, svg = ''] = /<svg role="img"[\s\S]*?<\/svg>([\s\S]*?)<\/table>/.exec(body) ?? [];
    expect(body.match(/<svg role="img"/g)?.length).toBeGreaterThanOrEqual(3);
    expect(read(svg)).toContain('45 75 %');
  });

  it('one group alone, and not a small one, nor the one that is left without it', async () => {
    expect(read((await city.get('/console/resultats/square?groupe=quartier%3Dchene')).body)).toContain(
      '40 personnes ont répondu',
    );
    for (const small of ['quartier=forestiere', 'quartier=bosquets', 'quartier=nulle-part', 'langue=fr', 'x'])
      expect(
        read((await city.get(`/console/resultats/square?groupe=${encodeURIComponent(small)}`)).body),
        small,
      ).toContain('0 personne a répondu');
  });

  it('groups stand beside each other in shares', async () => {
    for (let index = 60; index < 72; index += 1)
      await put(city, index, { quartier: 'forestiere', frequence: 3 });
    const said = read((await city.get('/console/resultats/square?comparer=quartier')).body);
    expect(said).toContain('Comparaison par quartier');
    expect(said).toMatch(/: 100 %/);
  });

  it('one person who answered in a large group is not shown, alone, beside others or by what is left', async () => {
    // Twelve speak Arabic; one of them said how often.
    for (let index = 60; index < 72; index += 1)
      await put(city, index, { language: 'ar', frequence: index === 60 ? 3 : undefined });
    for (let index = 72; index < 77; index += 1) await put(city, index, { language: 'tr', frequence: 1 });
    for (const query of ['groupe=language%3Dar', 'comparer=language']) {
      const said = read((await city.get(`/console/resultats/square?${query}`)).body);
      expect(said, query).toMatch(/[Tt]rop peu (de réponses|répondu)/);
      expect(said, query).not.toMatch(/100 %\)|: 100 %/);
    }
  });

  it('a relay sees its language alone, whatever it asks for', async () => {
    for (let index = 80; index < 100; index += 1) await put(city, index, { language: 'tr', frequence: 3 });
    city.as(agentOf('relay'));
    for (const query of ['', '?groupe=language%3Dfr', '?groupe=quartier%3Dchene&comparer=quartier']) {
      const said = read((await city.get(`/console/resultats/square${query}`)).body);
      expect(said, query).toContain('30 personnes ont répondu');
      expect(said, query).not.toContain('Comparer par');
    }
  });

  it('the number that moves is the page’s, and stops where the survey is over', async () => {
    const part = (await city.get('/console/resultats/square/compte')).body;
    expect(read(part)).toContain('60 personnes ont répondu');
    expect(part).toContain('hx-trigger="every 10s"');
    city.clock.now = new Date('2027-09-01T10:00:00.000Z');
    expect((await city.get('/console/resultats/square/compte')).body).not.toContain('hx-trigger');
  });

  it('says where people leave', async () => {
    expect(read((await city.get('/console/resultats/square')).body)).toContain(
      'On s’arrête le plus souvent à la question',
    );
  });
});

it('a survey that is none is nowhere', async () => {
  expect((await createTestConsole().get('/console/resultats/autre')).status).toBe(404);
});

it('nothing is left to subtract: the smallest shown group goes with the small ones', () => {
  const sums = (groups: Record<string, number>, total: number) => ({
    '': { '#': total },
    ...Object.fromEntries(
      Object.entries(groups).map(([each, people]) => [`quartier=${each}`, { '#': people }]),
    ),
  });
  const shown = (groups: Record<string, number>, total: number) =>
    shownGroups(sums(groups, total), 'quartier').shown.map(({ value }) => value);
  expect(shown({ a: 40, b: 15, c: 5 }, 60)).toEqual(['a']);
  expect(shown({ a: 40, b: 15 }, 55)).toEqual(['a', 'b']);
  // Three have no quartier.
  expect(shown({ a: 40, b: 15 }, 58)).toEqual(['a']);
  expect(shown({ a: 10 }, 10)).toEqual([]);
});

describe('100,000 answers', () => {
  const MANY = 100_000;
  let db: MemoryDb;
  let city: TestConsole;
  let calls = 0;
  let items = 0;
  beforeAll(async () => {
    db = createMemoryDb();
    // A partition is looked for among all items there: of these, only what the test needs.
    city = createTestConsole({ db: counting(indexed(db)) as MemoryDb });
    for (let index = 0; index < MANY; index += 1)
      await put(city, index, { quartier: index % 3 ? 'chene' : 'bosquets', frequence: 1 + (index % 4) });
    await countAnswers({ ...city.deps, tallies: createTallyStore(city.deps.db) }, 'square');
  }, 300_000);

  const counting = (inner: Db): Db => ({
    ...inner,
    get: (key) => {
      calls += 1;
      items += 1;
      return inner.get(key);
    },
    async *query(pk, after) {
      calls += 1;
      for await (const item of inner.query(pk, after)) {
        items += 1;
        yield item;
      }
    },
  });

  it('show without reading them', async () => {
    calls = 0;
    items = 0;
    const said = read((await city.get('/console/resultats/square?comparer=quartier')).body);
    expect(said).toContain('100 000 personnes ont répondu');
    expect(items).toBeLessThan(100);
    expect(calls).toBeLessThan(100);
  });

  it('are what a recount of all of them finds', async () => {
    expect(await createTallyStore(city.deps.db).sums('square')).toEqual(await recount(city.deps, 'square'));
  });
});

/** The memory store with its partitions apart, so that a hundred thousand items are not sorted for each look. */
function indexed(db: MemoryDb): Db {
  const parts = new Map<string, Set<string>>();
  const of = (pk: string): Set<string> => {
    const known = parts.get(pk) ?? new Set<string>();
    parts.set(pk, known);
    return known;
  };
  return {
    ...db,
    put(item, condition) {
      of(String(item.pk)).add(String(item.sk));
      return db.put(item, condition);
    },
    async delete(key) {
      of(key.pk).delete(key.sk);
      await db.delete(key);
    },
    async *query(pk, after = '') {
      for (const sk of [...of(pk)].filter((each) => each > after).sort()) {
        const item = await db.get({ pk, sk });
        if (item) yield item;
      }
    },
  };
}
