/** Settings: what the city's file says, and how its channels stand; nothing secret. */
import { expect, it } from 'vitest';
import type { City } from '../../../conversations/city.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { TOKEN } from '../../support/city.ts';
import { agentOf, createTestConsole } from '../../support/console.ts';

const read = (body: string): string => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const withCity = (more: Partial<City>) => {
  const world = localWorld();
  return createTestConsole({ over: { world: { ...world, city: { ...world.city, ...more } } } });
};

it('says what stands in the city’s file, and where to change it', async () => {
  const console = withCity({
    prices: [
      { channel: 'sms', provider: 'twilio', euros: 0.0725, from: '2026-09-01', source: 'Marché <2026>' },
    ],
    limits: { ...localWorld().city.limits, begunPerDay: { 'twilio-whatsapp': 1000 } },
  });
  const { body } = await console.get('/console/reglages');
  const said = read(body);
  expect(said).toContain('SMS par Twilio 0,0725 € 01/09/2026 Marché &lt;2026&gt;');
  expect(said).toContain('WhatsApp par Twilio ouvert 1 000 personnes par 24 heures');
  expect(said).toContain('Chêne Pointu CHENE');
  expect(said).toContain('exemple.json');
  expect(said).toMatch(/jusqu’au 31 décembre 20\d\d/);
  expect(body).not.toContain('<form method="post" action="/console/reglages');
  expect(body).not.toContain(TOKEN);
});

it('says that a price is only a guess, and that templates are missing', async () => {
  const said = read((await withCity({ prices: [], templates: [] }).get('/console/reglages')).body);
  expect(said).toContain('Aucun prix daté pour les SMS : une partie est comptée 0,08 €');
  expect(said).toContain('Aucun modèle approuvé');
});

it('says which channel is stopped, since when and by which code', async () => {
  const console = createTestConsole();
  await console.deps.channels.stop('twilio-sms', '20003');
  const said = read((await console.get('/console/reglages')).body);
  expect(said).toContain('SMS par Twilio 38123 numéro court arrêté');
  expect(said).toMatch(/depuis lun\. 23 nov\.,? .*\(code 20003\)/);
});

it('is shown to officers alone', async () => {
  const console = createTestConsole();
  for (const role of ['service', 'facilitator', 'relay', 'provider', 'read-only'] as const) {
    console.as(agentOf(role));
    expect((await console.get('/console/reglages')).status, role).toBe(403);
  }
});
