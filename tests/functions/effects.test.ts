/** Effects in the store: carried out twice they change nothing more, and no word outlives its message. */
import { describe, expect, it } from 'vitest';
import type { AnswerSheet, StoredEffect } from '../../conversations/events.ts';
import { carryOut } from '../../functions/store/effects.ts';
import { createLedger } from '../../functions/store/ledger.ts';
import { createLinkStore } from '../../functions/store/links.ts';
import { createLiveRows } from '../../functions/store/live-rows.ts';
import { createMarkStore } from '../../functions/store/marks.ts';
import { createResidentStore } from '../../functions/store/residents.ts';
import { createRsvpStore } from '../../functions/store/rsvps.ts';
import { createSeatStore } from '../../functions/store/seats.ts';
import { createSheetStore } from '../../functions/store/sheets.ts';
import { createTagStore } from '../../functions/store/tags.ts';
import type { Pending } from '../../functions/store/turn-item.ts';
import { createVisitStore } from '../../functions/store/visits.ts';
import { createWordsStore } from '../../functions/store/words.ts';
import { localWorld } from '../../infra/local/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const AT = '2026-11-23T09:00:00.000Z';

function store() {
  const db = createMemoryDb();
  const [visits, seats] = [createVisitStore(db), createSeatStore(db)];
  const stores = {
    residents: createResidentStore(db, 90),
    sheets: createSheetStore(
      db,
      localWorld(),
      { words: createWordsStore(db), tags: createTagStore(db), marks: createMarkStore(db) },
      () => new Date(),
    ),
    links: createLinkStore(db),
    ledger: createLedger(db, 90),
    rsvps: createRsvpStore(db, { visits, seats, messageDays: 90 }),
    liveRows: createLiveRows(db, 90),
    pseudonym: (resident: string, survey: string) => `${resident}-${survey}`,
    linkHash: (code: string) => `h${code}`,
    forget: async () => {},
  };
  let version = 0;
  /** Every turn is carried out twice, as after a crash. */
  const turn = async (event: string, ...effects: StoredEffect[]): Promise<void> => {
    version += 1;
    const pending: Pending = {
      effects,
      version,
      event,
      at: AT,
      resident: 'r1',
      suppression: 's',
      language: 'fr',
    };
    await carryOut(stores, 'hash', pending);
    const once = JSON.stringify([...db.items]);
    await carryOut(stores, 'hash', pending);
    expect(JSON.stringify([...db.items])).toBe(once);
  };
  const sks = (): string[] => [...db.items.values()].map(({ sk }) => String(sk)).sort();
  return { db, turn, sks, ...stores };
}

const sheet = (end: AnswerSheet['end'], answers: AnswerSheet['answers']): AnswerSheet => ({
  survey: 'square',
  revision: 1,
  end,
  channel: 'messenger',
  language: 'fr',
  mode: 'push',
  started: AT,
  reminders: 0,
  answers,
});

describe('what came with a message', () => {
  const photo = { kind: 'photo' as const, type: 'image/jpeg', url: 'https://example.invalid/1' };

  it('is noted file by file, and goes with the message that is taken back', async () => {
    const { turn, sks, db } = store();
    await turn(
      'e1',
      { type: 'keep', text: 'un banc', why: 'no-question' },
      { type: 'attach', media: [photo, photo], why: 'message' },
    );
    await turn('e10', { type: 'attach', media: [photo], why: 'answer', survey: 'square', question: 'mot' });
    expect(sks()).toEqual(['kept#e1', 'media#e1#0', 'media#e1#1', 'media#e10#0']);
    expect([...db.items.values()].find(({ sk }) => sk === 'media#e10#0')).toMatchObject({
      kind: 'photo',
      url: photo.url,
      why: 'answer',
      survey: 'square',
      question: 'mot',
    });
    await turn('e2', { type: 'unkeep', event: 'e1', surveys: [] });
    expect(sks()).toEqual(['media#e10#0']);
  });
});

describe('a message taken back', () => {
  it('takes its answers from the sheet, and what was added to one later', async () => {
    const { turn, sheets } = store();
    const answers = {
      frequence: { v: 3, t: 1, e: ['e1'] },
      mot: { v: 'un mot', t: 2, e: ['e2'] },
    };
    await turn('e2', { type: 'record', sheet: sheet('done', answers) });
    await turn('e3', { type: 'append', survey: 'square', question: 'mot', text: 'et un autre' });
    expect((await sheets.find('square', 'r1-square'))?.answers.mot).toEqual({
      v: 'un mot et un autre',
      t: 2,
      e: ['e2', 'e3'],
    });
    await turn('e4', { type: 'unkeep', event: 'e3', surveys: ['square', 'never-stored'] });
    expect((await sheets.find('square', 'r1-square'))?.answers).toEqual({
      frequence: answers.frequence,
      mot: { m: 'erased', t: 2 },
    });
    await turn('e5', { type: 'amend', survey: 'square', question: 'mot', answer: { v: 'autre', t: 9 } });
    expect((await sheets.find('square', 'r1-square'))?.answers.mot?.v).toBe('autre');
  });
});

describe('the sheets of a second address', () => {
  const of = async (own: AnswerSheet['end'] | undefined, theirs: AnswerSheet['end']) => {
    const { turn, sheets } = store();
    // The other address has taken more turns than this one.
    await sheets.record('r2-square', sheet(theirs, { frequence: { v: 2, t: 1 } }), 40);
    if (own) await turn('e1', { type: 'record', sheet: sheet(own, { frequence: { v: 1, t: 1 } }) });
    await turn('e2', { type: 'adopt', from: 'r2', surveys: ['square'] });
    expect(await sheets.find('square', 'r2-square')).toBeUndefined();
    await turn('e3', { type: 'amend', survey: 'square', question: 'mot', answer: { v: 'mot', t: 9 } });
    const kept = await sheets.find('square', 'r1-square');
    expect(kept?.answers.mot?.v).toBe('mot');
    return kept?.answers.frequence?.v;
  };

  it.each([
    ['become the resident’s', undefined, 'done', 2],
    ['go where the resident’s own is finished', 'done', 'done', 1],
    ['count where only they are finished', 'expired', 'done', 2],
    ['go where neither is', 'expired', 'expired', 1],
  ] as const)('%s', async (_, own, theirs, expected) => {
    expect(await of(own, theirs)).toBe(expected);
  });
});

describe('one kind of message', () => {
  it('is stopped with the text that was said as its proof', async () => {
    const { turn, db } = store();
    await turn('e1', { type: 'mute', kind: 'visit', text: "C'est fait", version: '2026-11' });
    await turn('e2', { type: 'unmute', kind: 'visit', text: "C'est noté", version: '2026-11' });
    expect([...db.items.values()].map(({ sk, kind, about, text }) => [sk, kind, about, text])).toEqual([
      ['consent#e1', 'muted', 'visit', "C'est fait"],
      ['consent#e2', 'unmuted', 'visit', "C'est noté"],
    ]);
  });
});

describe('a code', () => {
  it('is kept as a hash, and opens the resident who was given it', async () => {
    const { turn, links, sks } = store();
    await turn('e1', { type: 'link', code: '48213097' });
    expect(sks()).toEqual(['link']);
    expect(await links.claim('h48213097', 'other', new Date(AT))).toBe('hash');
  });
});
