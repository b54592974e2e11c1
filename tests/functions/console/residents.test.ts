/** Residents: found by what they say at the counter, shown, corrected, stopped, erased; nothing tells their number. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../conversations/session.ts';
import { create as createPages } from '../../../functions/pages.ts';
import { enrolContact } from '../../../functions/runtime/enrol.ts';
import { create as createWebhook } from '../../../functions/webhook.ts';
import { text } from '../../support/city.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';

const ANNA = '+33639980001';
const TYPED = '06 39 98 00 01';
const SCRIPT = '<script>alert(1)</script> il fait noir';

let city: TestConsole;
let say: (...texts: string[]) => Promise<void>;
let hash: string;
beforeEach(async () => {
  city = createTestConsole();
  const webhook = createWebhook(city.deps);
  say = async (...texts) => {
    for (const each of texts) await text(webhook, ANNA, each);
  };
  hash = city.deps.hashes.address(`sms:${ANNA}`);
});

const join = () => say('CHENE', 'oui', '3', '4');
const page = (act = '') => `/console/habitants/${hash}${act}`;
const read = (body: string): string => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const session = async (): Promise<Session | undefined> => (await city.deps.turns.find(hash))?.session;
const search = (qui: string) => city.post('/console/habitants', { qui });
const form = async (path: string): Promise<string> =>
  /name="avant" value="([^"]*)"/.exec((await city.get(path)).body)?.[1] ?? '';

describe('a search', () => {
  it.each([TYPED, '+33639980001', '0033 6 39 98 00 01', '06.39.98.00.01'])(
    'finds %s, and its address tells nothing',
    async (typed) => {
      await join();
      const { status, headers } = await search(typed);
      expect(status).toBe(303);
      expect(headers?.location).toBe(page());
      expect(JSON.stringify(await city.audit())).not.toMatch(/39980001|39 98/);
    },
  );

  it.each([
    ['06 39 98 00 02', 'Nous ne gardons rien de ce numéro. Vérifiez-le'],
    ['06 39', 'pas un numéro de téléphone complet'],
    ['Dupont', 'pas un numéro de téléphone complet'],
    ['', 'pas un numéro de téléphone complet'],
    ['E-1234567', 'Aucun effacement ne porte ce numéro'],
    ['https://voix.clichy.example/d/abcd1234', 'n’ouvre plus rien'],
  ])('for %j says why there is nobody, and keeps what was typed', async (typed, words) => {
    await join();
    const { status, body } = await search(typed);
    expect(status).toBe(422);
    expect(body).toContain(words);
    expect(body).toContain(`value="${typed}"`);
  });

  it('by WhatsApp and SMS that nobody has tied shows both', async () => {
    await join();
    const { deps } = city;
    const whatsapp = `whatsapp:${ANNA}` as const;
    const item = await deps.turns.load(deps.hashes.address(whatsapp), whatsapp, deps.freshId);
    await deps.turns.save(item, { session: item.session, event: 'm1', now: deps.now() });
    const { status, body } = await search(TYPED);
    expect(status).toBe(200);
    expect(body).toContain('Deux fiches');
    expect(body).toContain(`/console/habitants/${item.hash}`);
  });
});

it('shows what is held: how they agreed word for word, lists, what they wrote, harmless', async () => {
  await join();
  await say(SCRIPT);
  const { status, body } = await city.get(page());
  expect(status).toBe(200);
  expect(body).not.toContain('<script>alert');
  expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt; il fait noir');
  const said = read(body);
  const proofs: string[] = [];
  for await (const item of city.deps.residents.held(hash))
    if (String(item.sk).startsWith('consent#')) proofs.push(String(item.text));
  expect(proofs).toHaveLength(1);
  expect(body).toContain((proofs[0] as string).replaceAll("'", '&#39;'));
  for (const words of ['inscrit', 'SMS, finit par 01', 'Turc', 'Chêne Pointu', '25-59'])
    expect(said).toContain(words);
  expect(body).not.toContain('39980001');
  const looked = (await city.audit()).filter(({ what }) => what === 'fiche d’habitant consultée');
  expect(looked).toHaveLength(1);
  expect(said).toContain(`Référence au journal ${looked[0]?.about}`);
  expect(looked[0]?.about).not.toContain(hash.slice(0, 8));
});

it('a paper signed at a stall is shown as it was noted', async () => {
  await enrolContact(city.deps, ANNA, {
    type: 'enrolled',
    id: 'i123456789',
    list: 'aines',
    proof: { what: 'Bulletin n° 7 <b>signé</b>', on: '2026-09-05', by: 'accueil' },
  });
  const said = read((await city.get(page())).body);
  expect(said).toContain('Bulletin n° 7 &lt;b&gt;signé&lt;/b&gt;');
  expect(said).toContain('Accord du 05/09/2026');
  expect(said).toContain('Recueilli par accueil');
});

describe('somebody else’s address', () => {
  const acts = ['', '/corriger', '/stop', '/copie', '/effacer'];
  it.each(acts)('%j of nobody is not there', async (act) => {
    await join();
    expect((await city.get(`/console/habitants/${'x'.repeat(22)}${act}`)).status).toBe(404);
    expect((await city.get(`/console/habitants/${encodeURIComponent(`${hash}#`)}${act}`)).status).toBe(404);
  });
  it.each(['/corriger', '/stop', '/retirer', '/copie', '/effacer'])(
    '%j of nobody changes nothing',
    async (act) => {
      await join();
      const before = JSON.stringify([...city.db.items]);
      const { status } = await city.post(`/console/habitants/${'x'.repeat(22)}${act}`, {
        mot: 'EFFACER',
        liste: 'chene',
      });
      expect(status).toBe(404);
      expect(JSON.stringify([...city.db.items])).toBe(before);
    },
  );
  it('is shown to no other role', async () => {
    await join();
    for (const role of ['service', 'facilitator', 'relay', 'provider', 'read-only'] as const) {
      city.as(agentOf(role));
      expect((await city.get(page())).status, role).toBe(403);
      expect((await city.post(page('/effacer'), { mot: 'EFFACER' })).status, role).toBe(403);
    }
    expect((await session())?.consent).toBe('given');
  });
});

describe('correcting', () => {
  it('takes effect in the next message, without one now', async () => {
    await join();
    const avant = await form(page('/corriger'));
    const { status, headers } = await city.post(page('/corriger'), {
      avant,
      langue: 'fr',
      quartier: '',
      age: '60+',
    });
    expect([status, headers?.location]).toEqual([303, `${page()}?fait=corrige`]);
    expect(await session()).toMatchObject({ language: 'fr', age: '60+', lists: ['chene'] });
    expect(await session()).not.toHaveProperty('quartier');
    expect((await city.deps.turns.find(hash))?.outbox).toEqual([]);
  });
  it('over what somebody corrected meanwhile is shown again, with what was typed', async () => {
    await join();
    const avant = await form(page('/corriger'));
    await city.post(page('/corriger'), { avant, langue: 'en', quartier: 'chene', age: '60+' });
    const late = await city.post(page('/corriger'), { avant, langue: 'ar', quartier: 'haut', age: '' });
    expect(late.status).toBe(409);
    expect(late.body).toMatch(/<option value="ar" selected/);
    expect(await session()).toMatchObject({ language: 'en', quartier: 'chene', age: '60+' });
    const again = /name="avant" value="([^"]*)"/.exec(late.body)?.[1] ?? '';
    expect(
      (await city.post(page('/corriger'), { avant: again, langue: 'ar', quartier: 'haut', age: '' })).status,
    ).toBe(303);
    expect(await session()).toMatchObject({ language: 'ar', quartier: 'haut' });
  });
  it.each([
    [{ langue: 'klingon' }, 'Choisissez une langue'],
    [{ quartier: 'atlantide' }, 'Choisissez un quartier'],
    [{ age: '11-14' }, 'Choisissez une tranche'],
  ])('to %j is refused', async (wrong, words) => {
    await join();
    const avant = await form(page('/corriger'));
    const before = await session();
    const { status, body } = await city.post(page('/corriger'), {
      avant,
      langue: 'fr',
      quartier: 'chene',
      age: '',
      ...wrong,
    });
    expect(status).toBe(422);
    expect(body).toContain(words);
    expect(await session()).toEqual(before);
  });
});

it('STOP at the counter stops as their own does, and says nothing', async () => {
  await join();
  expect((await city.post(page('/stop'))).headers?.location).toBe(`${page()}?fait=stop`);
  expect(await session()).toMatchObject({ consent: 'stopped' });
  expect(await city.deps.lists.count('chene')).toBe(0);
  expect(await city.deps.residents.isSuppressed(city.deps.hashes.suppression(`sms:${ANNA}`))).toBe(true);
  const { body } = await city.get(page());
  expect(body).toContain('STOP demandé à la mairie par la personne');
  // Again: only the audit log grows.
  const items = city.db.items.size;
  await city.post(page('/stop'));
  expect(city.db.items.size).toBe(items + 1);
  await say('REPRENDRE');
  expect(await session()).toMatchObject({ consent: 'given' });
});

it('off a list: the paper of before does not bring them back', async () => {
  await join();
  expect((await city.post(page('/retirer'), { liste: 'haut', pourquoi: 'asked' })).status).toBe(404);
  expect((await city.post(page('/retirer'), { liste: 'chene', pourquoi: 'asked' })).status).toBe(303);
  expect(await session()).toMatchObject({ lists: [], left: { chene: '2026-11-23' } });
});

it('a copy of their data opens for a day, with the code that was given', async () => {
  await join();
  const { body } = await city.post(page('/copie'));
  const address = /href="(https:[^"]*\/d\/[\w-]+)"/.exec(body)?.[1] as string;
  const path = new URL(address).pathname;
  const pages = createPages(city.deps);
  const ask = (to: string) => pages({ method: 'GET', path: to, query: '', headers: {}, body: '' });
  expect((await ask(path)).body).toContain('639980001');
  expect(JSON.parse((await ask(`${path}.json`)).body)).toMatchObject({ address: `sms:${ANNA}` });
  expect((await search(address)).headers?.location).toBe(page());
  city.clock.now = new Date('2026-11-24T09:00:01Z');
  expect((await ask(path)).status).toBe(404);
});

describe('erasing', () => {
  it('wants the word, then leaves the proof and nothing else', async () => {
    await join();
    await say(SCRIPT, 'SQUARE', 'oui');
    const unconfirmed = await city.post(page('/effacer'), { mot: 'effacer' });
    expect(unconfirmed.status).toBe(422);
    expect(unconfirmed.body).toContain('value="effacer"');
    expect((await session())?.id).not.toBe('');
    const { status, headers } = await city.post(page('/effacer'), { mot: 'EFFACER' });
    expect(status).toBe(303);
    const location = headers?.location as string;
    expect(location).toMatch(/^\/console\/habitants\/effacement\/E-\d{7}\?fait=efface$/);
    const proof = /E-\d{7}/.exec(location)?.[0] as string;
    expect((await city.get(location)).body).toContain('L’effacement est fait');
    expect((await search(proof)).headers?.location).toBe(`/console/habitants/effacement/${proof}`);
    // All that is left under their number: a tombstone that knows nobody.
    const left = [...city.db.items.values()].filter(({ pk }) => String(pk).includes(hash));
    expect(left.map(({ sk }) => sk)).toEqual(['turn']);
    expect(JSON.stringify([...city.db.items])).not.toMatch(/39980001|il fait noir|sms:/);
    expect((await city.audit()).map(({ what, about }) => [what, about])).toContainEqual([
      'habitant effacé',
      proof,
    ]);
    expect(JSON.stringify(await city.audit())).not.toContain(hash);
    expect((await city.get(page())).status).toBe(404);
    const again = await search(TYPED);
    expect(again.body).toContain('il a dit STOP ou EFFACER');
    expect(await city.deps.lists.count('chene')).toBe(0);
  });
  it('a proof that nobody was given is not there', async () => {
    expect((await city.get('/console/habitants/effacement/E-0000000')).status).toBe(404);
  });
});
