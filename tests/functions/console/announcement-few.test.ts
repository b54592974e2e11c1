/** Who sees no resident is told nothing of few of them in what became of an announcement. */
import { expect, it } from 'vitest';
import { isOfFew } from '../../../conversations/audience.ts';
import { createFan } from '../../broadcast/fan.ts';
import { agentOf, createTestConsole } from '../../support/console.ts';

const AT = '/console/annonces/A-2026-001';

it('who sees no resident is told no count of few of them; to be told and silent are two filters', async () => {
  const fan = createFan();
  const city = createTestConsole({ db: fan.db });
  Object.defineProperty(city.clock, 'now', { get: () => fan.clock.now });
  for (let phone = 1; phone <= 12; phone += 1)
    await fan.joined(phone, phone <= 2 ? { muted: ['visit'] } : {});
  await fan.planned({ audience: { lists: ['chene'] } });
  await fan.run(4);
  const exact = (await city.get(AT)).body;
  expect(exact).toContain('2 ne veulent pas');
  city.as(agentOf('provider'));
  for (const path of [AT, `${AT}/bilan`, `${AT}/avancement`]) {
    const { body } = await city.get(path);
    expect(body, path).toContain('&lt; 5</p><p>retenues');
    // Of 12: 2 are held, and 10 sent would say so.
    expect(body, path).not.toMatch(
      /ne veulent pas|>(?:2|10)<|\b10 (?:SMS|parties|envoyées|remises|personnes)/,
    );
  }
  const csv = (await city.get(`${AT}/bilan.csv`)).body;
  expect(csv).not.toMatch(/;10;|ne veulent pas|parties payées/);
  expect(csv).not.toMatch(/retenues;[^\n]*;2;/);
  expect(isOfFew(3, { told: 'A-2026-001', and: 'silent' })).toBe(true);
});
