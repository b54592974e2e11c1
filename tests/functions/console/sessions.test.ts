/** Who is signed in, listed and ended by who may. */
import { beforeEach, expect, it } from 'vitest';
import { createConsoleSessionStore } from '../../../functions/store/console-sessions.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';

const PATH = '/console/reglages/sessions';
const LEFT = agentOf('officer', { id: 'partie@exemple.fr', name: 'Lou <b>Petit</b>' });

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});
const store = () => createConsoleSessionStore(city.db);
const signedIn = (id: string, agent = LEFT) => store().begin(id, agent, city.clock.now);

it('lists them by agent with when they began, and ends all of one agent’s alone; it is noted', async () => {
  await signedIn('one');
  await signedIn('two');
  await signedIn('other', agentOf('service', { id: 'partie@exemple.fr.autre' }));
  const { body } = await city.get(PATH);
  expect(body).toContain('Lou &lt;b&gt;Petit');
  expect(body.split('partie@exemple.fr.autre').length).toBeGreaterThan(1);
  expect(body.split('depuis ').length).toBe(1 + 3);
  const answer = await city.post(`${PATH}/fermer`, { agent: LEFT.id });
  expect(answer).toMatchObject({ status: 303, headers: { location: `${PATH}?fait=fermees` } });
  const still = (id: string) => store().find(id, city.clock.now);
  expect([await still('one'), await still('two')]).toEqual([undefined, undefined]);
  expect(await still('other')).toMatchObject({ role: 'service' });
  expect((await city.audit())[0]).toMatchObject({ what: 'sessions fermées', about: LEFT.id });
  const again = await city.post(`${PATH}/fermer`, { agent: LEFT.id });
  expect(again.status).toBe(422);
  expect(again.body).toContain('n’a plus de session ouverte');
});

it('those that ended by themselves are not shown', async () => {
  await signedIn('one');
  city.clock.now = new Date(city.clock.now.getTime() + 31 * 60_000);
  expect((await city.get(PATH)).body).not.toContain(LEFT.id);
});

it('one that began before sessions were listed is listed and ended once it was seen', async () => {
  await signedIn('one');
  for (const item of city.db.items.values()) {
    delete item.lp;
    delete item.ls;
  }
  expect((await city.get(PATH)).body).not.toContain(LEFT.id);
  city.clock.now = new Date(city.clock.now.getTime() + 61_000);
  expect(await store().find('one', city.clock.now)).toMatchObject({ id: LEFT.id });
  expect((await city.get(PATH)).body).toContain(LEFT.id);
  expect((await city.post(`${PATH}/fermer`, { agent: LEFT.id })).status).toBe(303);
  expect(await store().find('one', city.clock.now)).toBeUndefined();
});

it('a page holds fifty, in two looks at the store', async () => {
  for (let made = 0; made < 60; made += 1)
    await signedIn(`id-${made}`, agentOf('service', { id: `a${String(made).padStart(2, '0')}@exemple.fr` }));
  let looks = 0;
  const { listedAfter, getMany } = city.db;
  city.db.listedAfter = (pk, after) => {
    looks += 1;
    return listedAfter(pk, after);
  };
  city.db.getMany = (keys) => {
    looks += 1;
    return getMany(keys);
  };
  const { body } = await city.get(PATH);
  expect(looks).toBe(2);
  const next = /href="(\/console\/reglages\/sessions\?apres=[^"]+)"/.exec(body)?.[1] ?? '';
  const rest = (await city.get(next)).body;
  expect([body, rest].map((each) => each.split('Fermer toutes').length - 1)).toEqual([50, 10]);
});

it('who may not change settings sees neither the page nor the way to it', async () => {
  city.as(agentOf('service'));
  expect((await city.get(PATH)).status).toBe(403);
  expect((await city.post(`${PATH}/fermer`, { agent: LEFT.id })).status).toBe(403);
  city.as(agentOf('officer'));
  expect((await city.get('/console/reglages')).body).toContain(PATH);
});
