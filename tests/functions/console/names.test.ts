/** Agents by their names: kept at sign-in, read once a page, told apart where two are called alike. */
import { beforeEach, expect, it, vi } from 'vitest';
import { keepAgentName } from '../../../functions/store/agent-names.ts';
import { createAuditStore } from '../../../functions/store/audit.ts';
import { keys } from '../../../functions/store/table.ts';
import { createTestConsole, type TestConsole } from '../../support/console.ts';

const JOURNAL = '/console/journal';
const [FIRST, SECOND] = ['lou@exemple.fr', 'lou.bis@exemple.fr'];

let city: TestConsole;
beforeEach(() => {
  city = createTestConsole();
});
const named = (id: string, name: string, now = city.clock.now) => keepAgentName(city.db, { id, name }, now);
const did = (who: string, about?: string, what = 'annonce écrite') =>
  createAuditStore(city.db).note(
    { at: city.clock.now.toISOString(), who, what, ...(about && { about }) },
    city.deps.freshId(),
  );
const looksAt = async (path: string): Promise<{ body: string; looks: string[] }> => {
  // What every instance reads once.
  await city.get(path);
  const looks: string[] = [];
  const { db } = city;
  const spies = (['getMany', 'get', 'latest', 'query'] as const).map((name) => {
    const real = db[name].bind(db) as (...asked: unknown[]) => unknown;
    return vi.spyOn(db, name).mockImplementation(((...asked: unknown[]) => {
      looks.push(name);
      return real(...asked);
    }) as never);
  });
  const { body } = await city.get(path);
  for (const spy of spies) spy.mockRestore();
  return { body, looks };
};

it('a name is written where it changed or a week has gone, and lives a year from then', async () => {
  let writes = 0;
  const { put } = city.db;
  city.db.put = (...asked) => {
    writes += 1;
    return put(...asked);
  };
  const day = (days: number) => new Date(city.clock.now.getTime() + days * 86_400_000);
  await named(FIRST, 'Lou Petit');
  await named(FIRST, 'Lou Petit', day(6));
  expect(writes).toBe(1);
  await named(FIRST, 'Lou Petit', day(8));
  expect(writes).toBe(2);
  await named(FIRST, 'Lou Martin', day(9));
  expect(writes).toBe(3);
  const kept = await city.db.get(keys.agentName(FIRST));
  expect(kept).toMatchObject({ name: 'Lou Martin', ttl: Math.floor(day(9 + 365).getTime() / 1000) });
});

it('a page of the journal says names, in one call besides its own; unknown ids stay, and commands', async () => {
  await named(FIRST, 'Lou <b>Petit</b>');
  for (let times = 0; times < 40; times += 1)
    await did([FIRST, 'ancien@exemple.fr', 'commande'][times % 3] as string);
  const { body, looks } = await looksAt(JOURNAL);
  expect(looks).toEqual(['latest', 'getMany']);
  expect(body).toContain(`<bdi title="${FIRST}">Lou &lt;b&gt;Petit&lt;/b&gt;</bdi>`);
  expect(body).not.toContain(`<bdi>${FIRST}</bdi>`);
  expect(body).toContain('<bdi>ancien@exemple.fr</bdi>');
  expect(body).toContain('<bdi>commande</bdi>');
});

it('two who bear one name are told apart by their addresses', async () => {
  await named(FIRST, 'Lou Petit');
  await named(SECOND, 'Lou Petit');
  await did(FIRST);
  expect((await city.get(JOURNAL)).body).not.toContain(`(<bdi>${FIRST}</bdi>)`);
  await did(SECOND);
  const { body } = await city.get(JOURNAL);
  for (const id of [FIRST, SECOND]) expect(body).toContain(`(<bdi>${id}</bdi>)`);
});
