/** Sessions by the clock: how long one lives, what keeps it alive, what ends it for good. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Agent } from '../../../../functions/console/agent.ts';
import { type Sessions, sessions } from '../../../../functions/console/sign-in/session.ts';
import type { Request } from '../../../../functions/runtime/http.ts';
import { keys } from '../../../../functions/store/table.ts';
import { createMemoryDb, type MemoryDb } from '../../../support/memory-db.ts';

const AGENT: Agent = { id: 'relais-tr@exemple.fr', name: 'Deniz Kaya', role: 'relay', language: 'tr' };
const START = new Date('2026-11-25T08:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const later = (ms: number): Date => new Date(START.getTime() + ms);

let db: MemoryDb;
let open: Sessions;
beforeEach(() => {
  db = createMemoryDb();
  open = sessions({ db, publicUrl: 'https://voix.clichy.example' });
});

const asked = (cookie?: string): Request => ({
  method: 'GET',
  path: '/console',
  query: '',
  headers: cookie === undefined ? {} : { cookie },
  body: '',
});
const begin = async (): Promise<string> =>
  (await open.begin(asked(), AGENT, START)).cookie.split(';')[0] as string;
const item = async (cookie: string) =>
  db.get(
    keys.consoleSession(
      createHash('sha256')
        .update(cookie.split('=')[1] as string)
        .digest('base64url'),
    ),
  );

describe('a session', () => {
  it('says whose it is, from any instance', async () => {
    const cookie = await begin();
    const elsewhere = sessions({ db, publicUrl: 'https://voix.clichy.example' });
    expect(await elsewhere.of(asked(`theme=1; ${cookie}`), START)).toEqual({
      agent: AGENT,
      csrf: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it('has a token of its own, from which its id cannot be told', async () => {
    const [one, other] = [await begin(), await begin()];
    const tokens = await Promise.all(
      [one, other].map(async (each) => (await open.of(asked(each), START))?.csrf),
    );
    expect(new Set([...tokens, one.split('=')[1], other.split('=')[1]]).size).toBe(4);
  });

  it.each([
    ['just within half an hour', 30 * MINUTE - 1, true],
    ['half an hour after the last page', 30 * MINUTE, false],
  ])('%s', async (_label, ms, lives) => {
    const cookie = await begin();
    expect((await open.of(asked(cookie), later(ms))) !== undefined).toBe(lives);
    expect((await item(cookie)) !== undefined).toBe(lives);
  });

  it('lives on with its pages, but twelve hours at most', async () => {
    const cookie = await begin();
    for (let ms = 20 * MINUTE; ms < 12 * HOUR; ms += 20 * MINUTE)
      expect(await open.of(asked(cookie), later(ms))).toBeDefined();
    expect(await open.of(asked(cookie), later(12 * HOUR - 1))).toBeDefined();
    expect(await open.of(asked(cookie), later(12 * HOUR))).toBeUndefined();
    expect(db.items.size).toBe(0);
  });

  it('is written at most once a minute, and lets DynamoDB forget it at its end', async () => {
    const cookie = await begin();
    const before = await item(cookie);
    expect(before?.ttl).toBe(later(30 * MINUTE).getTime() / 1000);
    await open.of(asked(cookie), later(MINUTE - 1));
    expect(await item(cookie)).toEqual(before);
    await open.of(asked(cookie), later(MINUTE));
    expect(await item(cookie)).toMatchObject({
      begun: START.toISOString(),
      seen: later(MINUTE).toISOString(),
      ttl: later(31 * MINUTE).getTime() / 1000,
    });
  });

  it('that has ended is not begun again by a page that was asked for at the same time', async () => {
    const cookie = await begin();
    const { update } = db;
    db.update = async (...about) => {
      await open.end(asked(cookie));
      return update(...about);
    };
    expect(await open.of(asked(cookie), later(2 * MINUTE))).toBeUndefined();
    expect(db.items.size).toBe(0);
  });

  it('ends in the store, with every copy of its cookie', async () => {
    const cookie = await begin();
    expect(await open.end(asked(cookie))).toEqual({
      cookie: '__Host-pv=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
    });
    expect(await open.of(asked(cookie), START)).toBeUndefined();
    expect(db.items.size).toBe(0);
  });
});

describe('is no session', () => {
  it.each([
    ['none', () => undefined],
    ['a forged id', () => `__Host-pv=${'A'.repeat(43)}`],
    ['an id of another length', (cookie: string) => `${cookie}A`],
    ['what is no id', () => '__Host-pv=../../t%23'],
    [
      'the hash that the store knows',
      (cookie: string) =>
        `__Host-pv=${createHash('sha256')
          .update(cookie.split('=')[1] as string)
          .digest('base64url')}`,
    ],
    ['the name without its prefix', (cookie: string) => cookie.replace('__Host-', '')],
    [
      'two of one name, of which one is planted',
      (cookie: string) => `__Host-pv=${'A'.repeat(43)}; ${cookie}`,
    ],
  ])('%s', async (_label, change: (cookie: string) => string | undefined) => {
    const cookie = await begin();
    expect(await open.of(asked(change(cookie)), START)).toBeUndefined();
    expect(await open.of(asked(cookie), START)).toBeDefined();
  });
});

it('a planted id is not taken over, and the session that the browser had ends', async () => {
  const old = await begin();
  const { cookie } = await open.begin(asked(old), AGENT, START);
  expect(cookie.split(';')[0]).not.toBe(old);
  expect(await open.of(asked(old), START)).toBeUndefined();
  expect(await open.of(asked(cookie.split(';')[0]), START)).toBeDefined();
});

it.each([
  ['https://voix.clichy.example', /^__Host-pv=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/],
  ['http://127.0.0.1:8787', /^pv=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/],
])('the cookie at %s', async (publicUrl, form) => {
  expect((await sessions({ db, publicUrl }).begin(asked(), AGENT, START)).cookie).toMatch(form);
});
