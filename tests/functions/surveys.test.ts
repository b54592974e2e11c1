/** Saved surveys: the log on dynalite and in memory, and the shelf that an instance keeps of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newSession, type Session } from '../../conversations/session.ts';
import type { Survey } from '../../conversations/survey.ts';
import { createLog } from '../../functions/runtime/log.ts';
import { createLiveShelf } from '../../functions/runtime/shelf.ts';
import { createDb, type Db } from '../../functions/store/db.ts';
import { createLiveStore } from '../../functions/store/lives.ts';
import { createSurveyLog } from '../../functions/store/survey-log.ts';
import { createSurveyStore } from '../../functions/store/surveys.ts';
import { keys, SURVEYS } from '../../functions/store/table.ts';
import { localWorld } from '../../infra/local/city.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { liveUnderTest } from '../support/lives.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const { surveys: shipped } = localWorld();
const square = shipped.latest('square') as Survey;
const NOW = new Date('2026-11-23T09:00:00.000Z');
const now = () => NOW;
const place = { city: localWorld().city, today: '2026-11-23' };
/** A survey of its own key; `more` tells one draft from the next. */
const draft = (key: string, more: Partial<Survey> = {}): Survey => ({
  ...square,
  key,
  keywords: [key.toUpperCase()],
  ...more,
});

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

describe.each<[string, () => Db]>([
  ['dynalite', () => createDb(store.client, store.table, 2)],
  ['memory', createMemoryDb],
])('the log on %s', (_, make) => {
  let db: Db;
  beforeEach(async () => {
    db = make();
    for await (const { pk, sk } of db.query(SURVEYS)) await db.delete({ pk: String(pk), sk: String(sk) });
  });
  const open = (on = db) => createSurveyStore(on, shipped.every(), now);

  it('numbers the revisions of each key, those that come with the app included', async () => {
    const surveys = open();
    const results = [
      await surveys.save(draft('parc'), place),
      await surveys.save({ ...square, closes: '2027-07-31' }, place),
      await surveys.save(draft('parc', { closes: '2027-07-31', revision: 9 }), place),
    ];
    expect(results.map((each) => typeof each === 'object' && 'saved' in each && each.saved.revision)).toEqual(
      [1, 2, 2],
    );
    expect((await surveys.all()).map(({ key, revision }) => `${key} ${revision}`)).toEqual([
      'parc 1',
      'square 2',
      'parc 2',
    ]);
    expect(await surveys.get('parc', 2)).toEqual(draft('parc', { closes: '2027-07-31', revision: 2 }));
    expect((await surveys.get('square', 1))?.closes).toBe(square.closes);
    expect(await surveys.get('parc', 3)).toBeUndefined();
  });

  it('is refused where another revision has come after the one it was made from', async () => {
    const surveys = open();
    const made = draft('parc', { closes: '2027-07-31' });
    await surveys.save(draft('parc'), place);
    expect(await surveys.save(made, { ...place, onto: 0 })).toEqual({
      refused: [expect.objectContaining({ rule: 'overtaken' })],
    });
    expect(await surveys.save(made, { ...place, onto: 1 })).toMatchObject({ saved: { revision: 2 } });
  });

  it('saves nothing where nothing changed', async () => {
    const surveys = open();
    expect(await surveys.save(square, place)).toBe('unchanged');
    await surveys.save(draft('parc'), place);
    expect(await surveys.save(draft('parc', { revision: 5 }), place)).toBe('unchanged');
    expect(await surveys.all()).toHaveLength(1);
  });

  it.each<[string, Partial<Survey>, string]>([
    ['has the keyword of another', { keywords: ['SQUARE'] }, 'taken-keyword'],
    ['has been anonymous and is to be so no more', { closes: '2027-07-31' }, 'anonymous-for-good'],
    ['is closed, anonymous, and is to be opened again', { anonymous: true }, 'anonymous-closed'],
  ])('refuses what %s', async (_what, more, rule) => {
    const surveys = open();
    const first = draft('parc', { anonymous: true, opens: '2026-09-01', closes: '2026-11-22' });
    expect(await surveys.save(first, place)).toMatchObject({ saved: { revision: 1 } });
    const result = await surveys.save(draft('parc', more), place);
    expect(result).toEqual({ refused: expect.arrayContaining([expect.objectContaining({ rule })]) });
    expect(await surveys.all()).toHaveLength(1);
  });

  it('says what the lint says all the same, and which revision was the latest', async () => {
    const surveys = open();
    const long = {
      ...square,
      questions: [...square.questions, ...['a', 'b'].map((id) => ({ ...square.questions[3], id }))],
    };
    expect(await surveys.save(long, place)).toMatchObject({
      saved: { revision: 2 },
      findings: expect.arrayContaining([expect.objectContaining({ severity: 'warning' })]),
      before: { revision: 1 },
    });
  });

  it.each([
    ['no survey', 'un texte'],
    ['a field nobody knows', { ...square, couleur: 'bleu' }],
    ['a question without a text', { ...square, questions: [{ id: 'a', type: 'text' }] }],
  ])('does not take %s', async (_what, data) => {
    await expect(open().save(data, place)).rejects.toThrow('is not valid');
    expect(await open().all()).toEqual([]);
  });

  it('says what is too large, and how much', async () => {
    const large = draft('parc', { intro: { ...square.intro, fr: 'é'.repeat(200_000) } });
    const message = expect.stringMatching(/^le sondage fait 4\d{5} octets, 390000 au plus/);
    expect(await open().save(large, place)).toEqual({ refused: [expect.objectContaining({ message })] });
    expect(await open().all()).toEqual([]);
  });

  it('refuses the keyword of a live that is on, until it is over', async () => {
    const lives = createLiveStore(db);
    const act = { by: 'agent@exemple', what: 'nouveau', at: NOW };
    const made = await lives.create((number) => ({ ...liveUnderTest(), number }), act);
    const taken = draft('parc', { keywords: ['TRAVAUX'] });
    expect(await open().save(taken, place)).toMatchObject({
      refused: [expect.objectContaining({ rule: 'taken-keyword', severity: 'error' })],
    });
    expect(await open().all()).toEqual([]);
    const { number } = made.thing;
    await lives.write(number, made, { ...made.thing, state: 'ended' }, { ...act, what: 'terminer' });
    expect(await open().save(taken, place)).toMatchObject({ saved: { revision: 1 } });
    await db.delete(keys.live(number));
  });

  it('gives ten savers at one instant ten numbers', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        open().save(draft('parc', { closes: `2027-07-${10 + index}` }), place),
      ),
    );
    const numbers = results.map((each) => typeof each === 'object' && 'saved' in each && each.saved.revision);
    expect(numbers.sort((a, b) => Number(a) - Number(b))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const kept = await open().all();
    expect(new Set(kept.map(({ closes }) => closes)).size).toBe(10);
    expect(kept.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('leaves the number alone of a revision that it cannot read', async () => {
    await db.put({
      pk: SURVEYS,
      sk: '00000001',
      name: 'parc.r1',
      at: NOW.toISOString(),
      survey: JSON.stringify({ ...draft('parc'), questions: [{ id: 'a', type: 'hologramme' }] }),
    });
    expect(await open().all()).toEqual([]);
    expect(await open().save(draft('parc'), place)).toMatchObject({ saved: { revision: 2 } });
  });

  it('reads on where a reader stopped', async () => {
    const surveys = open();
    for (const day of [10, 11, 12, 13, 14])
      await surveys.save(draft('parc', { closes: `2027-07-${day}` }), place);
    const read: string[] = [];
    for await (const { number, name, survey } of createSurveyLog(db).since(2))
      read.push(`${number} ${name} ${survey?.closes}`);
    expect(read).toEqual(['3 parc.r3 2027-07-12', '4 parc.r4 2027-07-13', '5 parc.r5 2027-07-14']);
  });
});

describe('the shelf of an instance', () => {
  /** A store whose queries are counted and can be made to fail. */
  function around() {
    const db = createMemoryDb();
    const clock = { now: NOW };
    const lines: string[] = [];
    const state = { queries: 0, down: false };
    const surveys = createSurveyStore(db, shipped.every(), now);
    const shelf = createLiveShelf({
      shipped,
      saved: {
        async *since(number) {
          state.queries += 1;
          if (state.down) throw new Error('the store is down');
          yield* createSurveyLog(db).since(number);
        },
      },
      now: () => clock.now,
      log: createLog((line) => lines.push(line)),
    });
    const wait = (seconds: number) => {
      clock.now = new Date(clock.now.getTime() + seconds * 1000);
    };
    return { db, surveys, shelf, state, lines, wait };
  }
  const inRevision = (key: string, revision: number): Session => ({
    ...newSession('r-1'),
    survey: {
      key,
      revision,
      channel: 'sms',
      mode: 'mot-clé',
      started: NOW.toISOString(),
      last: NOW.toISOString(),
      at: 'frequence',
      reminders: 0,
      answers: {},
    },
  });

  it('reads once a minute, however many turns there are', async () => {
    const { shelf, surveys, state, wait } = around();
    await Promise.all(Array.from({ length: 5 }, () => shelf.ready()));
    for (let turn = 0; turn < 100; turn += 1) await shelf.ready(inRevision('square', 1));
    expect(state.queries).toBe(1);
    await surveys.save(draft('parc'), place);
    wait(59);
    await shelf.ready();
    expect(shelf.current().latest('parc')).toBeUndefined();
    wait(1);
    await shelf.ready();
    expect(state.queries).toBe(2);
    expect(shelf.current().latest('parc')?.revision).toBe(1);
    expect(shelf.current().latest('square')?.revision).toBe(1);
  });

  it('reads again where the clock was turned back', async () => {
    const { shelf, state, wait } = around();
    await shelf.ready();
    wait(-3600);
    await shelf.ready();
    expect(state.queries).toBe(2);
  });

  it('is another shelf after news, and the same without', async () => {
    const { shelf, surveys, wait } = around();
    await shelf.ready();
    const before = shelf.current();
    wait(60);
    await shelf.ready();
    expect(shelf.current()).toBe(before);
    await surveys.save(draft('parc'), place);
    await shelf.refresh();
    expect(shelf.current()).not.toBe(before);
  });

  it('goes on with what it knows where the store fails, and tries again a minute later', async () => {
    const { shelf, surveys, state, lines, wait } = around();
    await surveys.save(draft('parc'), place);
    await shelf.ready();
    state.down = true;
    wait(60);
    for (let turn = 0; turn < 10; turn += 1) await shelf.ready();
    expect(shelf.current().latest('parc')?.revision).toBe(1);
    expect(state.queries).toBe(2);
    expect(lines.filter((line) => line.includes('surveys-unrefreshed'))).toHaveLength(1);
    state.down = false;
    await surveys.save(draft('parc', { closes: '2027-07-31' }), place);
    wait(60);
    await shelf.ready();
    expect(shelf.current().latest('parc')?.revision).toBe(2);
  });

  it('fails the turn where nothing was ever read, and then reads it', async () => {
    const { shelf, surveys, state } = around();
    await surveys.save(draft('parc'), place);
    state.down = true;
    await expect(shelf.ready()).rejects.toThrow('the store is down');
    state.down = false;
    await shelf.ready();
    expect(shelf.current().latest('parc')?.revision).toBe(1);
  });

  it('looks at once for the revision that a resident stands in, and fails the turn rather than end it', async () => {
    const { shelf, surveys, state } = around();
    await shelf.ready();
    await surveys.save({ ...square, closes: '2027-07-31' }, place);
    state.down = true;
    await expect(shelf.ready(inRevision('square', 2))).rejects.toThrow('the store is down');
    await shelf.ready(inRevision('square', 1));
    state.down = false;
    await shelf.ready(inRevision('square', 2));
    expect(shelf.current().get('square', 2)).toBeDefined();
    const amend = { survey: 'square', revision: 3, question: 'mot', started: NOW.toISOString() };
    await surveys.save({ ...square, closes: '2027-08-31' }, place);
    await shelf.ready({ ...newSession('r-2'), amend });
    expect(shelf.current().get('square', 3)).toBeDefined();
  });

  it('holds the others where one cannot be read, and says which', async () => {
    const { db, shelf, surveys, lines } = around();
    const at = NOW.toISOString();
    await db.put({ pk: SURVEYS, sk: '00000001', name: 'vieux.r1', at, survey: '{"key":"vieux"}' });
    await surveys.save(draft('parc'), place);
    await shelf.ready();
    expect(shelf.current().latest('parc')?.revision).toBe(1);
    expect(lines.join()).toContain('vieux.r1');
  });
});
