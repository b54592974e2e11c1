/**
 * An invitation to a survey through a running host, by SMS and on WhatsApp: tried out, sent, answered, reminded of,
 * reported; the third message of the week held and listed; one cancelled on the way.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';
import { type Item, type SpawnedHost, spawnHost } from '../support/spawned-host.ts';

let folder: string;
let host: SpawnedHost;
const [AMINA, BRUNO, CHLOE, DIDIER, EVE, FARID] = [1, 2, 3, 4, 5, 6].map((n) => `+3363998300${n}`) as [
  ...[string, string, string, string, string, string],
];
const FR = 'Ville de Clichy: votre avis sur le futur square du Chêne Pointu';

/** Winter: Paris is an hour ahead of UTC. */
const turnTo = (at: string): Promise<unknown> =>
  host.clock({ set: new Date(Date.parse(`${at}:00Z`) - 3_600_000).toISOString() });

/** Monday 11 January 2027, 10:00. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-announcement-'));
  host = await spawnHost(path.join(folder, 'data'));
  await turnTo('2027-01-11T10:00');
  for (const phone of [AMINA, BRUNO, CHLOE])
    for (const text of ['CHENE', 'oui', '1', '4']) await host.text(phone, text);
  for (const text of ['CHENE', 'oui', '1', '4']) await write(DIDIER, text);
}, 60_000);
afterAll(async () => {
  await host?.stop();
  await rm(folder, { recursive: true, force: true });
});

const write = async (from: string, text: string): Promise<void> => {
  const answer = await fetch(`${host.url}/handset/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'whatsapp', from, text }),
  });
  expect(answer.ok).toBe(true);
};
const out = (thread: Item[]): string[] =>
  thread.filter(({ direction }) => direction === 'out').map(({ text }) => text);
const onWhatsapp = async (address: string): Promise<string[]> => {
  const query = new URLSearchParams({ channel: 'whatsapp', address });
  return out((await (await fetch(`${host.url}/handset/messages?${query}`)).json()) as Item[]);
};
const heard = async (phone: string): Promise<string[]> => out(await host.thread(phone));
const say = async (phone: string, text: string): Promise<string> =>
  (await host.text(phone, text))[0]?.text ?? '';

async function run(
  tool: 'announce' | 'contacts',
  args: string[],
): Promise<{ code: number | null; output: string }> {
  const env = { DATA_DIR: path.join(folder, 'data'), TABLE: '' };
  const { code, output } = await runCommand(`infra/${tool}.ts`, args, { env });
  expect(output).not.toMatch(/\bat file:/);
  // No number of a resident's, nor of staff's.
  expect(output).not.toMatch(/3998300/);
  return { code, output };
}
const staff = async (...args: string[]): Promise<string> => {
  const { code, output } = await run('announce', args);
  expect(code, output).toBe(0);
  return output;
};
const refused = async (...args: string[]): Promise<string> => {
  const { code, output } = await run('announce', args);
  expect(code, output).toBe(1);
  return output;
};
async function sent(kind: string, text: string, ...more: string[]): Promise<string> {
  const id = (
    await staff('nouvelle', '--de', 'agent@exemple', '--genre', kind, '--texte', text, ...more)
  ).slice(0, 10);
  await staff('approuver', id, '--de', 'chef@exemple');
  await staff('programmer', id, '--de', 'agent@exemple');
  return id;
}

it('tried out, sent, answered, reminded of and reported', { timeout: 300_000 }, async () => {
  // On the list for tests, with the paper that says so.
  const list = [
    'list',
    'add',
    'essais',
    '--nom',
    'Essais',
    '--but',
    'Recevoir les essais',
    '--base',
    'consentement',
  ];
  expect((await run('contacts', [...list, '--par', 'concertation'])).code).toBe(0);
  await writeFile(path.join(folder, 'c.csv'), `Téléphone\n${EVE}\n`);
  const proof = ['--preuve', 'Accord écrit', '--le', '05/01/2027', '--par', 'concertation'];
  await run('contacts', ['import', path.join(folder, 'c.csv'), '--liste', 'essais', ...proof]);

  const first = (
    await staff(
      'nouvelle',
      '--de',
      'agent@exemple',
      '--genre',
      'sondage',
      '--sondage',
      'square',
      '--texte',
      FR,
    )
  ).slice(0, 10);
  expect(await refused('essai', first, '--a', AMINA, '--de', 'agent@exemple')).toContain('liste « essais »');
  expect(await refused('essai', first, '--a', FARID, '--de', 'agent@exemple')).toContain('liste « essais »');
  expect(await refused('essai', first, '--a', '12', '--de', 'agent@exemple')).toContain(
    'numéro de téléphone',
  );
  expect(await staff('essai', first, '--a', EVE, '--de', 'agent@exemple')).toContain('dans les deux minutes');
  await host.clock({ advance: 'PT2M' });
  expect((await heard(EVE)).at(-1)).toMatch(/^\[essai\] Ville de Clichy: votre avis.* 1 oui 2 plus tard/);
  expect(await heard(AMINA)).toHaveLength(4);

  await staff('approuver', first, '--de', 'chef@exemple');
  await staff('programmer', first, '--de', 'agent@exemple');
  await host.clock({ advance: 'PT10M' });
  const asked = (await heard(AMINA)).at(-1) ?? '';
  expect(asked).toMatch(/^Ville de Clichy: votre avis sur le futur square du Chene Pointu Fin: STOP/);
  expect(asked).toMatch(/On commence\? 1 oui 2 plus tard 3 non merci$/);
  expect((await onWhatsapp(DIDIER)).at(-1)).toContain(FR);
  expect(await heard(EVE)).toHaveLength(1);

  // The reply goes on with the survey, on both.
  expect(await say(AMINA, '1')).toContain('1/4');
  for (const text of ['1', '1 3', '4']) await say(AMINA, text);
  expect(await say(AMINA, '0')).toContain('Merci! 4/4');
  // Buttons come by the API, a moment behind the response.
  await write(DIDIER, 'oui');
  await expect.poll(async () => (await onWhatsapp(DIDIER)).at(-1)).toContain('1/4');
  await write(DIDIER, '3');
  await expect.poll(async () => (await onWhatsapp(DIDIER)).at(-1)).toContain('2/4');
  await say(CHLOE, 'STOP');
  await host.clock({ advance: 'PT15M' });

  const shown = await staff('voir', first);
  expect(shown).toContain('terminée');
  expect(shown).toMatch(/avancement: 4 personnes: 4 remises/);
  expect(shown).toContain('par canal: 3 SMS, 1 WhatsApp');
  expect(shown).toContain('ensuite: 2 ont écrit, 1 ont dit STOP, 1 ont fini le sondage');
  const csv = path.join(folder, 'bilan.csv');
  const report = await staff('bilan', first, '--csv', csv);
  expect(report).toMatch(/SMS, fr: 3 personnes, 3 parties \(3 remises\).*2 ont écrit|SMS, fr: 3 personnes/);
  expect(report).toMatch(/prévu à la programmation: 4 personnes/);
  expect(await refused('bilan', first, '--csv', csv)).toContain('il existe déjà');
  const written = await readFile(csv, 'utf8');
  expect(written.startsWith('\ufeffannonce;rubrique;canal;langue;détail;nombre;euros\r\n')).toBe(true);
  expect(written).toContain(`${first};ensuite;;;ont fini le sondage;1;\r\n`);
  expect(written).not.toMatch(/3998300/);

  // Bruno alone is silent: Amina has answered, Didier has begun, Chloé has stopped.
  const reminder = (
    await staff('relance', first, '--de', 'agent@exemple', '--texte', `${FR}: encore quelques jours`)
  ).slice(0, 10);
  expect(await refused('relance', first, '--de', 'agent@exemple')).toContain(
    `a déjà sa relance: ${reminder}`,
  );
  expect(await staff('voir', reminder)).toContain(`habitants qui ont reçu ${first} et n'y ont pas répondu`);
  expect(await staff('compter', reminder)).toContain('total: moins de 5 personnes');
  await staff('approuver', reminder, '--de', 'chef@exemple');
  await staff('programmer', reminder, '--de', 'agent@exemple');
  const before = await Promise.all([AMINA, BRUNO, CHLOE].map(heard));
  await host.clock({ advance: 'PT10M' });
  const after = await Promise.all([AMINA, BRUNO, CHLOE].map(heard));
  expect(after.map((all, index) => all.length - (before[index]?.length ?? 0))).toEqual([0, 1, 0]);
  await host.clock({ advance: 'PT15M' });
  expect(await refused('relance', reminder, '--de', 'agent@exemple')).toContain('elle-même la relance');

  // Bruno's week is full.
  const third = await sent('info', 'Ville de Clichy: la piscine rouvre mardi');
  expect(await refused('relance', third, '--de', 'agent@exemple')).toContain("n'attend pas de réponse");
  await host.clock({ advance: 'PT10M' });
  const held = await staff('retenus', third);
  expect(held).toMatch(/1 personne: ont eu leur compte de messages de la semaine/);
  expect(held.split('\n').filter((line) => line.startsWith('  '))).toHaveLength(1);
});
