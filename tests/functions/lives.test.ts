/** Lives in the store: what residents do counts once whatever is repeated, goes with them, and is listed for staff. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { group } from '../../conversations/live-board.ts';
import type { LiveDone } from '../../conversations/live-done.ts';
import { type MemberDeps, membersOf } from '../../functions/runtime/announced-to.ts';
import { createLiveRows, type LiveRowStore } from '../../functions/store/live-rows.ts';
import { createLiveStore } from '../../functions/store/lives.ts';
import { createResidentStore } from '../../functions/store/residents.ts';
import type { Pending } from '../../functions/store/turn-item.ts';
import { boardOf, CHIEF, liveUnderTest } from '../support/lives.ts';
import { createMemoryDb, type MemoryDb } from '../support/memory-db.ts';

const L = 'L-2026-001';
const NOW = new Date('2026-11-24T10:00:00Z');
const UNTIL = NOW.getTime() / 1000 + 86_400;

let db: MemoryDb;
let rows: LiveRowStore;
let version = 0;
beforeEach(() => {
  db = createMemoryDb();
  rows = createLiveRows(db, 90);
  version = 0;
});

const turn = (n: number): Pending => ({
  effects: [],
  version: n,
  event: `m${n}`,
  at: NOW.toISOString(),
  resident: 'r',
  suppression: 's',
  language: 'fr',
});
const does = (hash: string, done: LiveDone, n = ++version): Promise<void> =>
  rows.note(hash, L, done, UNTIL, turn(n));
const all = async <T>(found: AsyncGenerator<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const each of found) list.push(each);
  return list;
};
const votes = async () =>
  (await all(rows.votes(1))).map(({ question, voter }) => `${voter} ${question}`).sort();

it('a vote counts once a person and question, taken back or not, whatever is carried out again and late', async () => {
  const act = fc.record({
    hash: fc.constantFrom('a1', 'b2', 'c3'),
    question: fc.constantFrom(77, 78),
    yes: fc.boolean(),
    again: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 15 }), async (acts) => {
      db.items.clear();
      const last = new Map<string, boolean>();
      const late: [string, LiveDone, number][] = [];
      for (const [index, { hash, question, yes, again }] of acts.entries()) {
        const done: LiveDone = { do: yes ? 'vote' : 'unvote', question };
        for (let time = 0; time <= again; time += 1) await does(hash, done, index + 1);
        late.push([hash, done, index + 1]);
        // A copy of an earlier turn of the same resident comes late.
        const old = late[again];
        if (old && old[0] === hash) await does(...old);
        last.set(`${hash} ${question}`, yes);
      }
      expect(await votes()).toEqual(
        [...last]
          .filter(([, yes]) => yes)
          .map(([name]) => name)
          .sort(),
      );
    }),
    { numRuns: 200 },
  );
});

describe('what a resident leaves with a live', () => {
  it('is listed for staff with the first name that may be said, as long as that is kept', async () => {
    await does('b2', { do: 'ask', question: 78, text: 'et le bus?' });
    await does('a1', { do: 'ask', question: 77, text: 'le Leclerc?' });
    await does('a1', { do: 'name', question: 77, name: 'Nadia' });
    await does('b2', { do: 'name', question: 78, name: 'Bruno' });
    await does('b2', { do: 'name', question: 78 });
    expect(await rows.questions(1, NOW)).toMatchObject([
      { number: 77, hash: 'a1', text: 'le Leclerc?', name: 'Nadia', language: 'fr' },
      { number: 78, hash: 'b2' },
    ]);
    expect((await rows.questions(1, NOW))[1]).not.toHaveProperty('name');
    const later = new Date(NOW.getTime() + 2 * 86_400_000);
    expect((await rows.questions(1, later))[0]).not.toHaveProperty('name');
    expect(await rows.questions(1, new Date(NOW.getTime() + 91 * 86_400_000))).toEqual([]);
    expect(await rows.questions(2, NOW)).toEqual([]);
  });

  it('goes when the message is taken back, and all of it when they are erased', async () => {
    const residents = createResidentStore(db, 90);
    await does('a1', { do: 'ask', question: 77, text: 'le Leclerc?' });
    await does('a1', { do: 'name', question: 77, name: 'Nadia' });
    await does('a1', { do: 'ask', question: 78, text: 'et le bus?' });
    await residents.unkeep('a1', 'm1', async () => {});
    expect((await rows.questions(1, NOW)).map(({ number }) => number)).toEqual([78]);
    expect(JSON.stringify([...db.items.values()])).not.toMatch(/Leclerc|Nadia/);
    for (const done of [{ do: 'vote', question: 78 }, { do: 'follow' }] as LiveDone[]) await does('a1', done);
    await residents.erase('a1', 'E-1', turn(99), async () => {});
    expect([await rows.questions(1, NOW), await votes(), await rows.followers(1, '', 9)]).toEqual([
      [],
      [],
      [],
    ]);
    expect(JSON.stringify([...db.items.values()])).not.toContain('bus');
  });

  it('is one where two addresses are: one vote, and what is said from now on counts', async () => {
    const residents = createResidentStore(db, 90);
    await does('a1', { do: 'vote', question: 77 }, 3);
    await does('b2', { do: 'vote', question: 77 }, 50);
    await does('b2', { do: 'ask', question: 80, text: 'la piscine?' }, 51);
    await does('b2', { do: 'follow' }, 52);
    await residents.adopt('b2', 'a1');
    expect(await votes()).toEqual(['a1 77']);
    expect(await rows.questions(1, NOW)).toMatchObject([{ number: 80, hash: 'a1' }]);
    expect(await rows.followers(1, '', 9)).toEqual(['a1']);
    // The version of the other address was higher.
    await does('a1', { do: 'leave' }, 4);
    await does('a1', { do: 'unvote', question: 77 }, 5);
    expect([await rows.followers(1, '', 9), await votes()]).toEqual([[], []]);
  });
});

describe('whom a message of a live is for', () => {
  const hashes = Array.from({ length: 40 }, (_, index) => `${(index % 16).toString(16)}hash${index}`);
  const pages = async (who: string): Promise<string[]> => {
    const deps = { lives: createLiveStore(db), liveRows: rows } as unknown as MemberDeps;
    const found: string[] = [];
    for (;;) {
      const page = await membersOf(deps, `@${L}@${who}`, '0', { after: found.at(-1) ?? '', most: 7 });
      found.push(...page);
      if (page.length < 7) return found;
    }
  };

  it('is everyone who wants the link, once, page by page; no other shard takes them again', async () => {
    for (const hash of hashes) await does(hash, { do: 'follow' });
    await does(hashes[3] as string, { do: 'leave' });
    const found = await pages('interested');
    expect(found).toHaveLength(39);
    expect(new Set(found)).toEqual(new Set(hashes.filter((hash) => hash !== hashes[3])));
    const deps = { lives: createLiveStore(db), liveRows: rows } as unknown as MemberDeps;
    expect(await membersOf(deps, `@${L}@interested`, '5', { after: '', most: 100 })).toEqual([]);
  });

  it('is each asker of a group once, also who asked twice', async () => {
    const lives = createLiveStore(db);
    const acted = group(boardOf(3), 501, [502], CHIEF);
    if ('refused' in acted) throw new Error(acted.refused);
    expect(await lives.writeBoard(1, await lives.board(1), acted.board)).toBe(true);
    for (const [index, hash] of hashes.slice(0, 20).entries())
      await does(hash, { do: 'ask', question: index === 0 ? 503 : index % 2 ? 501 : 502, text: 'x' });
    await does(hashes[1] as string, { do: 'ask', question: 502, text: 'x' });
    await does(hashes[30] as string, { do: 'follow' });
    expect((await pages('asked#501')).sort()).toEqual(hashes.slice(1, 20).sort());
    expect(await pages('asked#503')).toEqual([hashes[0]]);
    expect(await pages('concerned')).toHaveLength(21);
    expect(await pages('nobody')).toEqual([]);
  });
});

it('of two people who moderate at once one is told to look again; lives are staged with their boards', async () => {
  const lives = createLiveStore(db);
  const act = { by: 'agent@exemple', what: 'nouvelle', at: NOW };
  await lives.create(() => liveUnderTest({ state: 'draft' }), act);
  await lives.create((number) => liveUnderTest({ number, id: 'L-2026-002' }), act);
  const before = await lives.board(2);
  const won = await Promise.all([1, 2].map((count) => lives.writeBoard(2, before, boardOf(count))));
  expect(won.filter(Boolean)).toHaveLength(1);
  const staged = await lives.staged(NOW);
  expect(staged.map(({ live }) => live.id)).toEqual(['L-2026-002']);
  expect(staged[0]?.board.questions.length).toBeGreaterThan(0);
  expect(await lives.staged(new Date('2027-03-01T10:00:00Z'))).toEqual([]);
});
