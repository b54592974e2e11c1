/** Two entries of one person made one at the counter: what is shown first, what is refused, faults at every call. */
import { beforeEach, describe, expect, it } from 'vitest';
import { bothOf, tieResidents } from '../../../functions/runtime/tie.ts';
import { shardOf } from '../../../functions/store/table.ts';
import { create as createWebhook } from '../../../functions/webhook.ts';
import { FAULTS, type Faults, faultyDb } from '../../faults/faulty.ts';
import { createTestCity, text } from '../../support/city.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { createMemoryDb } from '../../support/memory-db.ts';

const [ANNA, OTHER] = ['+33639980001', '+33639980002'];
const TYPED = '06 39 98 00 02';

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});

const hashOf = (number: string): string => city.deps.hashes.address(`sms:${number}`);
const say = async (number: string, ...texts: string[]): Promise<void> => {
  for (const each of texts) await text(createWebhook(city.deps), number, each);
};
const itemOf = (number: string) => city.deps.turns.find(hashOf(number));
const path = (more = '') => `/console/habitants/${hashOf(ANNA)}/reunir${more}`;
const pair = () => path(`/${hashOf(OTHER)}`);
const confirm = async (preuve = 'piece') => {
  const avant = /name="avant" value="([^"]*)"/.exec((await city.get(pair())).body)?.[1] ?? '';
  return city.post(pair(), { preuve, avant });
};
const two = async (): Promise<void> => {
  await say(ANNA, 'CHENE', 'oui', '3', '4', 'SQUARE', '1', '3', '1', '2', 'trop sombre le soir');
  await say(OTHER, 'BAS', 'oui', '3', '2', 'SQUARE', '1', '1', '2', '5', 'un banc bleu');
};

it('from the number to one person: both are shown, nothing that they wrote, then everything is one', async () => {
  await two();
  expect((await city.get(`/console/habitants/${hashOf(ANNA)}`)).body).toContain(`href="${path()}"`);
  expect(await city.post(path(), { qui: TYPED })).toMatchObject({
    status: 303,
    headers: { location: pair() },
  });
  const { body } = await city.get(pair());
  for (const words of ['Chêne', 'Bas Clichy', 'finit par 01', 'finit par 02']) expect(body).toContain(words);
  expect(body).not.toMatch(/sombre|banc bleu|39980002/);
  const before = await itemOf(ANNA);
  expect(await confirm()).toMatchObject({
    status: 303,
    headers: { location: `/console/habitants/${hashOf(ANNA)}?fait=reuni` },
  });
  const item = await itemOf(OTHER);
  expect(item).toEqual(await itemOf(ANNA));
  expect(item?.hash).toBe(hashOf(ANNA));
  expect(item?.address, 'answered where they were').toBe(`sms:${ANNA}`);
  expect(item?.others.map(({ address }) => address)).toEqual([`sms:${OTHER}`]);
  expect(item?.session.lists).toEqual(['chene', 'bas']);
  expect(item?.session.age).toBe(before?.session.age);
  const sheets = [...city.db.items.values()].filter(({ pk }) => String(pk).startsWith('answers#square'));
  expect(sheets, 'one vote').toHaveLength(1);
  expect(item?.outbox, 'nothing is said').toEqual([]);
  const left = [...city.db.items.values()].filter(({ pk }) => pk === `t#${hashOf(OTHER)}`);
  expect(left.map(({ sk }) => sk)).toEqual(['turn']);
  // From either number, STOP is for both.
  await say(OTHER, 'STOP');
  expect((await itemOf(ANNA))?.session.consent).toBe('stopped');
});

it('a survey under way goes on, from the first or from the second', async () => {
  await say(ANNA, 'CHENE', 'oui', '3', '4');
  await say(OTHER, 'BAS', 'oui', '3', '4', 'SQUARE', '1', '3');
  await confirm();
  expect((await itemOf(ANNA))?.session.survey).toMatchObject({
    key: 'square',
    answers: { frequence: { v: 3 } },
  });
  await say(ANNA, '1');
  expect(Object.keys((await itemOf(ANNA))?.session.survey?.answers ?? {})).toHaveLength(2);
});

it('STOP on one is said beforehand, and is STOP on both', async () => {
  await two();
  await say(OTHER, 'STOP');
  expect((await city.get(pair())).body).toContain('Un STOP vaut pour les deux');
  await confirm();
  expect((await itemOf(ANNA))?.session.consent).toBe('stopped');
  for (const number of [ANNA, OTHER])
    expect(await city.deps.residents.isSuppressed(city.deps.hashes.suppression(`sms:${number}`))).toBe(true);
});

it('STOP said at the second after a crash in the middle holds for both when it is asked for again', async () => {
  await two();
  const hashes = { to: hashOf(ANNA), from: hashOf(OTHER) };
  const residents = {
    ...city.deps.residents,
    adopt: async (): Promise<void> => {
      throw new Error('killed');
    },
  };
  await expect(tieResidents({ ...city.deps, residents }, hashes, () => false)).rejects.toThrow('killed');
  await say(OTHER, 'STOP');
  expect((await itemOf(ANNA))?.session.consent).toBe('given');
  expect(await tieResidents(city.deps, hashes, () => false)).toBe('tied');
  expect((await itemOf(OTHER))?.hash).toBe(hashOf(ANNA));
  expect((await itemOf(ANNA))?.session.consent).toBe('stopped');
  for (const number of [ANNA, OTHER])
    expect(await city.deps.residents.isSuppressed(city.deps.hashes.suppression(`sms:${number}`))).toBe(true);
});

it('EFFACER afterwards leaves nothing of either', async () => {
  await two();
  await confirm();
  await say(OTHER, 'EFFACER', '1');
  const left = JSON.stringify(
    [...city.db.items.values()].filter(({ pk }) => !String(pk).startsWith('audit')),
  );
  for (const word of ['39980001', '39980002', 'sombre', 'banc bleu']) expect(left).not.toContain(word);
});

describe('is refused', () => {
  it('without a proof', async () => {
    await two();
    const { status, body } = await confirm('');
    expect(status).toBe(422);
    expect(body).toContain('Choisissez comment vous le savez');
    expect((await itemOf(OTHER))?.hash).toBe(hashOf(OTHER));
  });

  it('where one said STOP since it was read', async () => {
    await two();
    const avant = /name="avant" value="([^"]*)"/.exec((await city.get(pair())).body)?.[1] as string;
    await say(OTHER, 'STOP');
    const { status, body } = await city.post(pair(), { preuve: 'piece', avant });
    expect(status).toBe(409);
    expect(body).toContain('a changé pendant que vous lisiez');
    expect(body).toContain('Un STOP vaut pour les deux');
    expect((await itemOf(OTHER))?.hash).toBe(hashOf(OTHER));
  });

  it.each([
    ['06 39 98 00 09', 'Nous ne gardons rien de ce numéro'],
    ['06 39 98 00 01', 'déjà sur cette fiche'],
    ['06 39', 'pas un numéro de téléphone complet'],
  ])('for %j, with what was typed', async (qui, words) => {
    await two();
    const { status, body } = await city.post(path(), { qui });
    expect(status).toBe(422);
    expect(body).toContain(words);
    expect(body).toContain(`value="${qui}"`);
  });

  it('for who is erased, is the same, or is tied already', async () => {
    await two();
    expect((await city.get(path(`/${hashOf(ANNA)}`))).status).toBe(404);
    expect((await city.get(path('/nobody'))).status).toBe(404);
    await confirm();
    expect((await city.get(pair())).status).toBe(404);
    expect((await city.post(pair(), { preuve: 'piece', avant: 'given|given' })).status).toBe(404);
    expect((await city.post(path(), { qui: TYPED })).body).toContain('déjà sur cette fiche');
  });

  it.each(['service', 'facilitator', 'relay', 'provider', 'read-only'] as const)('to %s', async (role) => {
    await two();
    city.as(agentOf(role));
    for (const target of [path(), pair()]) {
      expect((await city.get(target)).status).toBe(403);
      expect((await city.post(target, { preuve: 'piece', qui: TYPED })).status).toBe(403);
    }
  });
});

it('the log keeps who and how it was known, and no number', async () => {
  await two();
  await confirm('ecrit');
  const all = await city.audit();
  const noted = all.map(({ what }) => what);
  expect(noted).toContain('fiches réunies (demande écrite et signée)');
  expect(noted).toContain('fiche réunie à une autre');
  expect(JSON.stringify(all)).not.toMatch(/3998000/);
});

it('faults at every call: asked for again it is done once, one vote, nothing lost', {
  timeout: 300_000,
}, async () => {
  const run = async (plan: Faults['plan']): Promise<number> => {
    const db = createMemoryDb();
    city = createTestConsole({ db });
    await two();
    const faults: Faults = { count: 0, plan };
    const hashes = { to: hashOf(ANNA), from: hashOf(OTHER) };
    for (let attempt = 0; attempt <= 5; attempt += 1) {
      const instance = { dead: false };
      const { deps } = createTestCity(faultyDb(db, faults, instance));
      deps.now = city.deps.now;
      const done = await tieResidents(deps, hashes, () => false).catch(() => undefined);
      if (done && !instance.dead) break;
    }
    // What a turn could not carry out at once is in its item, and is carried out by the next.
    await say(ANNA, 'INFO');
    const said = JSON.stringify([...plan]);
    expect(await bothOf(city.deps, hashes.to, hashes.from), said).toBeUndefined();
    const item = await itemOf(OTHER);
    expect(item?.hash, said).toBe(hashes.to);
    expect(item?.session.lists, said).toEqual(['chene', 'bas']);
    expect(
      item?.others.map(({ address }) => address),
      said,
    ).toEqual([`sms:${OTHER}`]);
    const kept = [...db.items.values()];
    expect(
      kept.filter(({ pk }) => String(pk).startsWith('answers#square')),
      said,
    ).toHaveLength(1);
    const proofs = kept.filter(({ pk, sk }) => pk === `t#${hashes.to}` && String(sk).startsWith('consent#'));
    expect(proofs, said).toHaveLength(2);
    for (const list of ['chene', 'bas']) {
      const members: string[] = [];
      for await (const hash of city.deps.lists.members(list, { shard: shardOf(hashes.to) }))
        members.push(hash);
      expect(members, said).toContain(hashes.to);
    }
    return faults.count;
  };
  const calls = await run(new Map());
  expect(calls).toBeGreaterThan(5);
  for (let at = 0; at < calls; at += 1) for (const fault of FAULTS) await run(new Map([[at, fault]]));
});
