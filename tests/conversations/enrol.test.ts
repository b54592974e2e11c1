/** What staff may do with lists, and what they may not: `conversations/enrol.ts`. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../conversations/engine.ts';
import type { Enrolled } from '../../conversations/enrol.ts';
import type { Event } from '../../conversations/events.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { localWorld } from '../../infra/local/city.ts';

const take = createEngine(localWorld());
const NOW = new Date('2026-11-25T09:00:00.000Z');
let ids = 0;

const enrolled = (list: string, more: Partial<Enrolled> = {}): Event => ({
  type: 'enrolled',
  id: `e${++ids}`,
  list,
  proof: { what: 'Bulletin signé à la fête', on: '2026-09-05', by: 'accueil' },
  ...more,
});
const removed = (list?: string, on = '2026-11-25'): Event => ({
  type: 'removed',
  id: `d${++ids}`,
  why: 'asked',
  on,
  ...(list && { list }),
});
const said = (text: string): Event => ({ type: 'said', id: `s${++ids}`, channel: 'sms', text });

function played(events: Event[], session: Session = newSession('r-1')) {
  const effects = [];
  let current = session;
  for (const event of events) {
    const turn = take(current, event, NOW);
    current = turn.session;
    effects.push(...turn.effects);
  }
  return { session: current, effects };
}

describe('a contact that staff put on a list', () => {
  it('is on it with the proof, and is told nothing', () => {
    const { session, effects } = played([
      enrolled('delegues', { language: 'tr', age: '15-17', quartier: 'chene', plain: true }),
    ]);
    expect(session).toEqual({
      ...newSession('r-1'),
      consent: 'given',
      lists: ['delegues'],
      language: 'tr',
      age: '15-17',
      quartier: 'chene',
      plain: 'on',
      source: 'import',
    });
    expect(effects).toEqual([
      {
        type: 'consent',
        kind: 'given',
        text: 'Bulletin signé à la fête',
        version: localWorld().city.consentVersion,
        list: 'delegues',
        source: 'import',
        on: '2026-09-05',
        by: 'accueil',
      },
      { type: 'subscribe', list: 'delegues' },
    ]);
  });

  it('lives in the quartier whose list it is, unless the file says another', () => {
    expect(played([enrolled('bas')]).session.quartier).toBe('bas');
    expect(played([enrolled('bas', { quartier: 'haut' })]).session.quartier).toBe('haut');
    // A list that is no place.
    expect(played([enrolled('aines')]).session.quartier).toBeUndefined();
  });

  it('keeps what they have said of themselves', () => {
    const joined = played([said('CHENE'), said('oui'), said('3'), said('4')]).session;
    const { session, effects } = played(
      [enrolled('delegues', { language: 'fr', age: '60+', quartier: 'bas' })],
      joined,
    );
    expect(session).toEqual({ ...joined, lists: ['chene', 'delegues'] });
    expect(joined).toMatchObject({ language: 'tr', age: '25-59', quartier: 'chene' });
    expect(effects).toHaveLength(2);
  });

  it('keeps the survey and the question they were at', () => {
    const open = played([said('SQUARE'), said('1'), said('2')]).session;
    const { session } = played([enrolled('delegues')], open);
    expect(session.survey).toEqual(open.survey);
    expect(session.due).toBe(open.due);
  });

  it('who said STOP stays stopped, on no list', () => {
    const stopped = played([enrolled('aines'), said('STOP')]).session;
    const { session, effects } = played([enrolled('delegues'), enrolled('aines')], stopped);
    expect(session).toEqual(stopped);
    expect(effects).toEqual([]);
  });

  it('a second time changes nothing', () => {
    const once = played([enrolled('aines', { language: 'fr' })]).session;
    const twice = played([enrolled('aines', { language: 'ar', age: '60+' })], once);
    expect(twice).toEqual({ session: once, effects: [] });
  });
});

describe('a contact that was taken off', () => {
  it('leaves that list, or all', () => {
    const two = [enrolled('aines'), enrolled('delegues')];
    const one = played([...two, removed('aines')]);
    expect(one.session).toMatchObject({
      consent: 'given',
      lists: ['delegues'],
      left: { aines: '2026-11-25' },
    });
    expect(one.effects.at(-1)).toEqual({ type: 'unsubscribe', list: 'aines' });
    const none = played([...two, removed()]);
    expect(none.session.lists).toEqual([]);
    expect(none.effects.slice(-2)).toEqual([
      { type: 'unsubscribe', list: 'aines' },
      { type: 'unsubscribe', list: 'delegues' },
    ]);
    expect(played([...two, removed('haut')]).effects).toHaveLength(4);
  });

  it('comes back with a later proof or their own word, not with the same paper', () => {
    const off = played([enrolled('aines'), removed('aines')]).session;
    expect(played([enrolled('aines')], off).session.lists).toEqual([]);
    const later = enrolled('aines', { proof: { what: 'Appel', on: '2026-11-26' } });
    expect(played([later], off).session.lists).toEqual(['aines']);
    expect(played([said('AINES'), said('oui')], off).session.lists).toEqual(['aines']);
  });

  it('by a resume is not put back on what they were taken off', () => {
    const { session } = played([
      enrolled('aines'),
      enrolled('haut'),
      removed('aines'),
      said('STOP'),
      said('REPRENDRE'),
    ]);
    expect(session).toMatchObject({ consent: 'given', lists: ['haut'] });
  });
});

it('lists come to the same in any order, however often each file is imported', () => {
  const lists = ['aines', 'haut', 'delegues', 'conseil'];
  const some = fc.array(fc.constantFrom(...lists), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(some, (order) => {
      const { session, effects } = played(order.map((list) => enrolled(list)));
      const wanted = [...new Set(order)].sort();
      expect([...session.lists].sort()).toEqual(wanted);
      expect(effects.filter(({ type }) => type === 'consent')).toHaveLength(wanted.length);
      expect(effects.some(({ type }) => type === 'say')).toBe(false);
    }),
  );
});

it('never does anybody who said STOP hear of it, whatever staff do', () => {
  const doing = fc.array(
    fc.oneof(
      fc.constantFrom('aines', 'haut', 'delegues').map((list) => () => enrolled(list)),
      fc.constantFrom('aines', undefined).map((list) => () => removed(list)),
    ),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(doing, doing, (before, then) => {
      const { session } = played([...before.map((make) => make()), said('STOP')]);
      const { session: last, effects } = played(
        then.map((make) => make()),
        session,
      );
      expect(last.consent).toBe('stopped');
      expect(effects.filter(({ type }) => type !== 'unsubscribe')).toEqual([]);
    }),
  );
});
