/**
 * One resident, several addresses (J15): everything is carried over, one vote a survey, STOP and EFFACER on one are so
 * on all; with every fault at every call of the step that ties them.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { create as createWebhook } from '../../functions/webhook.ts';
import { FAULTS, type Faults, faultyDb } from '../faults/faulty.ts';
import { createTestCity, freshSid, readTwiml, signed, type TestCity, text } from '../support/city.ts';
import { inboundForm } from '../support/inbound.ts';
import { createMemoryDb, type MemoryDb } from '../support/memory-db.ts';

const PHONE = '+33639980001';
const WHATSAPP = '+33639980002';

let db: MemoryDb;
let city: TestCity;
beforeEach(() => {
  db = createMemoryDb();
  city = createTestCity(db);
});

const sms = async (said: string): Promise<string> => {
  city.clock.now = new Date(city.clock.now.getTime() + 20_000);
  return (await text(createWebhook(city.deps), PHONE, said)).reply?.text ?? '';
};
const whatsapp = async (said: string, sid = freshSid(), deps = city.deps) => {
  const form = inboundForm('whatsapp', WHATSAPP, said, sid);
  const answer = await createWebhook(deps)(signed('/webhooks/twilio', form));
  return { status: answer.status, text: readTwiml(answer)?.text ?? '' };
};
const itemOf = (address: string) => city.deps.turns.find(city.deps.hashes.address(address));
const sheets = (): string[] =>
  [...db.items.values()]
    .filter(({ pk }) => String(pk).startsWith('answers#square'))
    .map(({ sk }) => String(sk));
/** What is owed to an address through the API. */
const owed = async (address: string): Promise<string> => (await itemOf(address))?.reply?.text ?? '';

async function joined(): Promise<string> {
  for (const said of ['CHENE', 'oui', '1', '4', 'SQUARE', '1', '3', '1 6', 'des toilettes']) await sms(said);
  const offered = await sms('WHATSAPP');
  const code = /LIEN%20(\d{8})/.exec(offered)?.[1];
  expect(code, offered).toBeDefined();
  return code as string;
}

describe('a second address', () => {
  it('goes on where the first was, and the survey is voted once', async () => {
    const code = await joined();
    city.clock.now = new Date(city.clock.now.getTime() + 60_000);
    await whatsapp(`LIEN ${code}`);
    expect(await owed(`whatsapp:${WHATSAPP}`)).toContain('question 3/4');
    for (const said of ['1', '2', 'voilà']) await whatsapp(said);
    const item = await itemOf(`sms:${PHONE}`);
    expect(item?.address).toBe(`whatsapp:${WHATSAPP}`);
    expect(item?.others).toEqual([{ address: `sms:${PHONE}` }]);
    expect(item?.session).toMatchObject({ lists: ['chene'], ended: { square: { end: 'done' } } });
    expect(sheets()).toHaveLength(1);
    expect(await sms('SQUARE')).toContain('déjà');
    expect(sheets()).toHaveLength(1);
  });

  it('that had a life of its own brings it along, and its vote counts no second time', async () => {
    for (const said of ['CHENE', 'oui', '1', '4', 'SQUARE', '1', '3', '1', '2', 'rien']) await sms(said);
    for (const said of ['BAS', 'oui', '1', '4', 'SQUARE', '1', '1', '2', '5', 'autre']) await whatsapp(said);
    expect(sheets()).toHaveLength(2);
    const offered = await sms('WHATSAPP');
    await whatsapp(`lien ${/LIEN%20(\d{8})/.exec(offered)?.[1]}`);
    expect(sheets()).toHaveLength(1);
    const item = await itemOf(`whatsapp:${WHATSAPP}`);
    expect(item?.session.lists).toEqual(['chene', 'bas']);
    // Proofs of both, under one resident; nothing is left under the second address but the way there.
    const under = [...db.items.values()].filter(
      ({ pk }) => pk === `t#${city.deps.hashes.address(`whatsapp:${WHATSAPP}`)}`,
    );
    expect(under.map(({ sk }) => sk)).toEqual(['turn']);
    const proofs = [...db.items.values()].filter(
      ({ pk, sk }) => pk === `t#${item?.hash}` && String(sk).startsWith('consent#'),
    );
    expect(proofs).toHaveLength(2);
  });

  it('STOP on one is STOP on both, and only who says so comes back', async () => {
    const code = await joined();
    await whatsapp(`LIEN ${code}`);
    await whatsapp('STOP');
    expect((await itemOf(`sms:${PHONE}`))?.session.consent).toBe('stopped');
    expect(await sms('3')).toBe('');
    const suppressed = [...db.items.values()].filter(
      ({ pk, state }) => String(pk).startsWith('suppressed#') && state === 'on',
    );
    expect(suppressed).toHaveLength(2);
    expect(await sms('REPRENDRE')).toContain('Bon retour');
  });

  it('EFFACER on one leaves nothing of either', async () => {
    const code = await joined();
    await whatsapp(`LIEN ${code}`);
    await whatsapp('EFFACER');
    await whatsapp('1');
    const left = JSON.stringify([...db.items.values()]);
    for (const number of [PHONE, WHATSAPP, '639980001', '639980002', 'toilettes'])
      expect(left).not.toContain(number);
    // Each is somebody new from now on.
    expect(await sms('CHENE')).toContain('répondez OUI');
    expect((await itemOf(`sms:${PHONE}`))?.others).toEqual([]);
  });
});

describe('a code', () => {
  it('works once, for one address, for a quarter of an hour', async () => {
    const code = await joined();
    city.clock.now = new Date(city.clock.now.getTime() + 16 * 60_000);
    expect((await whatsapp(`LIEN ${code}`)).text).toContain('trop vieux');
    const again = /LIEN%20(\d{8})/.exec(await sms('WHATSAPP'))?.[1];
    await whatsapp(`LIEN ${again}`);
    const other = inboundForm('whatsapp', '+33639980003', `LIEN ${again}`, freshSid());
    const answer = await createWebhook(city.deps)(signed('/webhooks/twilio', other));
    expect(readTwiml(answer)?.text).toContain('inconnu');
    expect((await itemOf('whatsapp:+33639980003'))?.hash).not.toBe((await itemOf(`sms:${PHONE}`))?.hash);
  });

  it("that two residents were given by chance is nobody's", async () => {
    const now = city.deps.now();
    expect(await city.deps.links.offer('x', 'one', now)).toBe(true);
    expect(await city.deps.links.offer('x', 'one', now)).toBe(true);
    expect(await city.deps.links.offer('x', 'two', now)).toBe(false);
    expect(await city.deps.links.claim('x', 'three', now)).toBeUndefined();
  });

  it('that is guessed opens nothing', async () => {
    await joined();
    for (let guess = 0; guess < 30; guess += 1) await whatsapp(`LIEN ${String(10_000_000 + guess * 7919)}`);
    expect((await itemOf(`whatsapp:${WHATSAPP}`))?.hash).not.toBe((await itemOf(`sms:${PHONE}`))?.hash);
  });
});

describe('faults while an address is tied', () => {
  it('at every call, singly and in pairs, with retries: tied once, one vote, nothing lost', {
    timeout: 300_000,
  }, async () => {
    const run = async (plan: Faults['plan']): Promise<number> => {
      db = createMemoryDb();
      city = createTestCity(db);
      const code = await joined();
      const faults: Faults = { count: 0, plan };
      const sid = freshSid();
      let status = 500;
      for (let attempt = 0; attempt <= 5 && status >= 500; attempt += 1) {
        const instance = { dead: false };
        const fresh = createTestCity(faultyDb(db, faults, instance), { queue: city.deps.queue });
        fresh.deps.now = city.deps.now;
        status = await whatsapp(`LIEN ${code}`, sid, fresh.deps).then(
          (answer) => (instance.dead ? 500 : answer.status),
          () => 500,
        );
      }
      const { create } = await import('../../functions/converse.ts');
      for (const message of city.queue.splice(0)) await create(city.deps)(message).catch(() => undefined);
      const [one, two] = [await itemOf(`sms:${PHONE}`), await itemOf(`whatsapp:${WHATSAPP}`)];
      expect(two?.hash, JSON.stringify([...plan])).toBe(one?.hash);
      expect(one?.session.survey).toMatchObject({ at: 'securite', answers: { frequence: { v: 3 } } });
      expect(one?.session.lists).toEqual(['chene']);
      return faults.count;
    };
    const calls = await run(new Map());
    const singles = Array.from({ length: calls }, (_, at) =>
      FAULTS.map((fault) => [at, fault] as const),
    ).flat();
    const pairs = singles.flatMap((one, index) =>
      singles
        .slice(index + 1)
        .filter(([at]) => at > one[0])
        .map((two) => [one, two]),
    );
    let cases = 0;
    for (const plan of [...singles.map((one) => [one]), ...pairs]) {
      await run(new Map(plan));
      cases += 1;
    }
    console.log(`faults, linking: ${cases} cases at ${calls} calls, 0 violations`);
    expect(cases).toBeGreaterThan(300);
  });
});
