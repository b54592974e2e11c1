/** Residents' words a page at a time: what is asked of the store for it, and each text met once. */
import { describe, expect, it } from 'vitest';
import type { Db } from '../../../functions/store/db.ts';
import { createTestConsole, type TestConsole } from '../../support/console.ts';
import { createMemoryDb, type MemoryDb } from '../../support/memory-db.ts';
import { mot, openAnswers, read, TEXTS } from '../../support/open-answers.ts';

let city: TestConsole;
const { page, pseudonym, sheet } = openAnswers(() => city);

/** What is asked of the store, in pages as the real one would send them. */
function counting(db: MemoryDb): {
  db: MemoryDb;
  taken(): { pages: number; items: number; batches: number };
} {
  let count = { pages: 0, items: 0, batches: 0 };
  const watched = (items: AsyncGenerator<never>, most = 1000) =>
    (async function* () {
      count.pages += 1;
      let inPage = 0;
      for await (const item of items as ReturnType<Db['query']>) {
        if (inPage === most) {
          count.pages += 1;
          inPage = 0;
        }
        inPage += 1;
        count.items += 1;
        yield item;
      }
    })();
  return {
    db: {
      ...db,
      query: (pk, after, most) => watched(db.query(pk, after) as never, most),
      latest: (pk, most, before) => watched(db.latest(pk, most, before) as never, most),
      getMany: (keys) => {
        count.batches += Math.ceil(keys.length / 100);
        return db.getMany(keys);
      },
    },
    taken: () => {
      const taken = count;
      count = { pages: 0, items: 0, batches: 0 };
      return taken;
    },
  };
}

describe('a page at a time', () => {
  const nextOf = (body: string) => /href="([^"]*)" rel="next"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
  const textsOf = (body: string) => [...body.matchAll(/texte numéro (\d+)</g)].map(([, n]) => Number(n));

  it('reads two pages of the store whatever the number of answers, and meets each text once', async () => {
    const watch = counting(createMemoryDb());
    city = createTestConsole({ db: watch.db });
    for (let n = 0; n < 1600; n += 1) await sheet(`r${n}`, mot(`texte numéro ${n}`));
    const seen: number[] = [];
    let path: string | undefined = `${TEXTS}?question=mot`;
    for (let views = 0; path !== undefined; views += 1) {
      await city.deps.shelf.ready();
      watch.taken();
      const { body }: { body: string } = await city.get(path);
      const { pages, batches } = watch.taken();
      // One more looks for tags that are counted.
      expect(pages).toBeLessThanOrEqual(3);
      expect(batches).toBeLessThanOrEqual(1);
      const texts = textsOf(body);
      expect(texts.length).toBeLessThanOrEqual(50);
      seen.push(...texts);
      path = nextOf(body);
      expect(views).toBeLessThan(60);
    }
    expect(seen.length).toBe(1600);
    expect(new Set(seen).size).toBe(1600);
  });

  it('a small survey is read whole, though it is spread over every shard', async () => {
    const watch = counting(createMemoryDb());
    city = createTestConsole({ db: watch.db });
    for (let n = 0; n < 45; n += 1) await sheet(`r${n}`, mot(`texte numéro ${n}`));
    await city.get('/console');
    watch.taken();
    const body = await page();
    expect(textsOf(body)).toHaveLength(45);
    expect(nextOf(body)).toBeUndefined();
    expect(watch.taken().items).toBeLessThanOrEqual(101);
  });

  it('a tag’s texts are read by their names: one batch, however rare they are', async () => {
    const watch = counting(createMemoryDb());
    city = createTestConsole({ db: watch.db });
    for (let n = 0; n < 400; n += 1) await sheet(`r${n}`, mot(`texte numéro ${n}`));
    for (let n = 0; n < 120; n += 1)
      await city.deps.tags.set(
        { survey: 'square', name: pseudonym(`r${n}`), question: 'mot' },
        { tags: n % 2 === 0 ? ['propreté', 'pair'] : ['propreté'], language: 'fr' },
        [],
      );
    const first = await page();
    expect(read(first)).toContain('propreté (120) pair (60)');
    let path = [...first.matchAll(/href="([^"]*etiquette=[^"]*)"/g)]
      .map(([, href = '']) => href.replaceAll('&amp;', '&'))
      .at(1) as string | undefined;
    const seen: number[] = [];
    while (path !== undefined) {
      watch.taken();
      const { body }: { body: string } = await city.get(path);
      const { pages, batches } = watch.taken();
      expect(pages).toBeLessThanOrEqual(2);
      expect(batches).toBe(1);
      seen.push(...textsOf(body));
      path = nextOf(body);
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => 2 * n));
  });
});
