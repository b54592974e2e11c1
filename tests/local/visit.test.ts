/**
 * J07 through a running host, with the handset's clock turned and the commands of staff: invited, answered, full, a place
 * given back, the next moves up, reminded the evening before, called off for rain; and another that takes place.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';
import { type SpawnedHost, spawnHost } from '../support/spawned-host.ts';

let folder: string;
let host: SpawnedHost;
const AMINA = '+33639982001';
const BRUNO = '+33639982002';
const CHLOE = '+33639982003';

/** Monday 4 January 2027, 10:00; the visit is on Saturday 16. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-visit-'));
  host = await spawnHost(folder);
  await turnTo('2027-01-04T10:00');
  for (const phone of [AMINA, BRUNO, CHLOE])
    for (const text of ['CHENE', 'oui', '1', '4']) await host.text(phone, text);
}, 60_000);
afterAll(async () => {
  await host?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Winter: Paris is an hour ahead of UTC. */
const turnTo = (at: string): Promise<unknown> =>
  host.clock({ set: new Date(Date.parse(`${at}:00Z`) - 3_600_000).toISOString() });

const run = (tool: 'visit' | 'announce', args: string[]) =>
  runCommand(`infra/${tool}.ts`, args, { env: { DATA_DIR: folder, TABLE: '' } });
async function staff(tool: 'visit' | 'announce', ...args: string[]): Promise<string> {
  const { code, output } = await run(tool, args);
  expect(code, output).toBe(0);
  return output;
}
async function refused(...args: string[]): Promise<string> {
  const { code, output } = await run('visit', args);
  expect(code, output).toBe(1);
  return output;
}

const heard = async (phone: string): Promise<string[]> =>
  (await host.thread(phone)).filter(({ direction }) => direction === 'out').map(({ text }) => text);
const last = async (phone: string): Promise<string> => (await heard(phone)).at(-1) ?? '';
const say = async (phone: string, text: string): Promise<string> =>
  (await host.text(phone, text))[0]?.text ?? '';

const WRITTEN = [
  ...['--de', 'agent@exemple', '--quartier', 'chene', '--heure', '10:00', '--hote', 'Mme la Maire'],
  ...['--lieu', 'square du Chêne Pointu;48.9101;2.5533', '--places', '3', '--arret', 'parking tour 4'],
];

it('from the invitation to the rain', { timeout: 240_000 }, async () => {
  expect(await staff('visit', 'nouvelle', ...WRITTEN, '--jour', '2027-01-16')).toContain(
    'V-2027-001  à valider',
  );
  await staff('visit', 'approuver', 'V-2027-001', '--de', 'chef@exemple');
  expect(await staff('visit', 'inviter', 'V-2027-001', '--de', 'agent@exemple')).toContain('A-2027-001');
  await staff('announce', 'approuver', 'A-2027-001', '--de', 'chef@exemple');
  await staff('announce', 'programmer', 'A-2027-001', '--de', 'agent@exemple');
  await turnTo('2027-01-04T10:10');
  const invited =
    'Ville de Clichy: visite de quartier avec Mme la Maire samedi 16 janvier 10h, RDV square du Chene Pointu. Vous venez? 1 oui 2 non 3 une question Fin: STOP';
  for (const phone of [AMINA, BRUNO, CHLOE]) expect(await last(phone)).toBe(invited);

  expect(await say(AMINA, '1')).toContain('Combien serez-vous');
  expect(await say(AMINA, 'moi + 2 enfants')).toBe(
    'Noté: 3 personnes. Un sujet à voir sur place? Écrivez-le, ou 0',
  );
  expect(await say(AMINA, 'les lumieres cassées du parking')).toContain('Code V-018');
  await say(BRUNO, 'oui');
  expect(await say(BRUNO, 'seul')).toContain("numéro 1 sur la liste d'attente");
  expect(await say(CHLOE, '2')).toContain('pas cette fois');
  expect(await staff('visit', 'inscrits', 'V-2027-001')).toContain('3 personnes sur 3 places, 1 en liste');
  expect(await staff('visit', 'voir', 'V-2027-001')).toContain('ne viennent pas: 1 personne');
  expect(await staff('visit', 'sujets', 'V-2027-001')).toContain(
    'P-1  2027-01-04  (fr) les lumieres cassées',
  );

  // Seven days before, and not to who waits or does not come.
  await turnTo('2027-01-09T18:10');
  expect(await last(AMINA)).toContain('samedi 16 janvier 10h, visite de quartier');
  expect(await last(BRUNO)).toContain("liste d'attente");
  expect(await last(CHLOE)).toContain('pas cette fois');

  // At 21:00 a place is given back: who moves up hears of it in the morning, once.
  await turnTo('2027-01-12T21:00');
  expect(await say(AMINA, 'VISITE NON')).toContain('vous ne venez pas');
  await turnTo('2027-01-13T08:00');
  expect(await last(BRUNO)).toContain("liste d'attente");
  await turnTo('2027-01-13T09:00');
  const free =
    "Ville de Clichy: une place s'est libérée! Visite de quartier samedi 16 janvier 10h, RDV square du Chene Pointu. Vous venez toujours? 1 oui 2 non";
  expect(await last(BRUNO)).toBe(free);
  await turnTo('2027-01-13T12:00');
  expect((await heard(BRUNO)).filter((text) => text === free)).toHaveLength(1);
  expect(await say(BRUNO, 'oui')).toContain('V-026');

  // The evening before at six, to who comes now; his subject is not among them.
  await turnTo('2027-01-15T18:10');
  expect(await last(BRUNO)).toBe(
    'Ville de Clichy: demain samedi 10h, visite de quartier, RDV square du Chene Pointu. 1 sujet au parcours. Vous venez toujours? 1 oui 2 non Fin: STOP',
  );
  expect(await last(AMINA)).toContain('vous ne venez pas');
  expect(await say(BRUNO, '1')).toContain('V-026');

  expect(
    await staff('visit', 'annuler', 'V-2027-001', '--de', 'agent@exemple', '--motif', 'pluie'),
  ).toContain("les inscrits, et eux seuls, l'apprennent vendredi 15 janvier 2027");
  await turnTo('2027-01-15T18:30');
  expect(await last(BRUNO)).toBe(
    "Ville de Clichy: visite de quartier samedi 16 janvier 10h: c'est annulé (pluie). A une prochaine fois! Fin: STOP",
  );
  expect(await last(AMINA)).toContain('vous ne venez pas');
  expect(await last(CHLOE)).toContain('pas cette fois');
  // Nothing more comes of it.
  await turnTo('2027-01-18T12:00');
  expect(await last(BRUNO)).toContain("c'est annulé");
  expect(await say(BRUNO, 'VISITE')).toContain('Pas de visite prévue');
  expect(await refused('presents', 'V-2027-001', '--de', 'agent@exemple', 'V-026')).toContain(
    "la visite V-2027-001 est annulée: elle n'a pas lieu",
  );
});

it('moved, then held: who was there gets the report', { timeout: 240_000 }, async () => {
  expect(
    await staff(
      'visit',
      'nouvelle',
      '--de',
      'agent@exemple',
      '--repeter',
      'V-2027-001',
      '--jour',
      '2027-01-23',
      '--places',
      '10',
    ),
  ).toContain('V-2027-002');
  await staff('visit', 'approuver', 'V-2027-002', '--de', 'chef@exemple');
  // Without an invitation, the word alone does it.
  await turnTo('2027-01-18T12:05');
  expect(await say(CHLOE, 'VISITE')).toContain('samedi 23 janvier 10h');
  await say(CHLOE, '1');
  await say(CHLOE, '2');
  expect(await say(CHLOE, '0')).toContain('Code V-018');
  await say(AMINA, 'visite 1');
  expect(await say(AMINA, 'un banc cassé')).toContain('V-026');

  await staff('visit', 'deplacer', 'V-2027-002', '--de', 'agent@exemple', '--heure', '14:30');
  await turnTo('2027-01-18T12:20');
  expect(await last(CHLOE)).toBe(
    'Ville de Clichy: changement! Visite de quartier: samedi 23 janvier 14h30, RDV square du Chene Pointu. Vous venez toujours? 1 oui 2 non Fin: STOP',
  );
  expect(await last(BRUNO)).not.toContain('changement');
  expect(await say(CHLOE, 'oui')).toContain('V-018');
  const calendar = await fetch(`${host.local.url}/v/V-2027-002.ics`);
  expect(calendar.headers.get('content-type')).toContain('text/calendar');
  const entry = await calendar.text();
  expect(entry).toContain('DTSTART:20270123T133000Z');
  expect(entry).not.toMatch(/3363998|V-0\d\d/);

  const sheet = path.join(folder, 'feuille.html');
  await staff('visit', 'feuille', 'V-2027-002', '--sortie', sheet);
  const page = await readFile(sheet, 'utf8');
  expect(page).toMatch(/P-2 \(V-026\): <bdi[^>]*>un banc cassé<\/bdi>/);
  expect(page).not.toMatch(/3363998|resident/);

  await turnTo('2027-01-23T17:00');
  expect(await staff('visit', 'presents', 'V-2027-002', '--de', 'agent@exemple', 'V-018=2')).toContain(
    '2 personnes sur place',
  );
  await staff(
    'visit',
    'bilan',
    'V-2027-002',
    '--de',
    'agent@exemple',
    '--texte',
    'Ville de Clichy: merci d’être venus, 1 banc réparé',
  );
  await staff('visit', 'approuver', 'V-2027-002', '--de', 'chef@exemple');
  // Two days after is a Monday.
  await turnTo('2027-01-25T10:30');
  expect(await last(CHLOE)).toContain('1 banc réparé');
  expect(await last(AMINA)).not.toContain('banc réparé');
  expect(await staff('visit', 'couverture')).toContain('chene  dernière: 2027-01-23');

  // Erased, she is on no list any more.
  await say(CHLOE, 'EFFACER');
  expect(await say(CHLOE, '1')).toContain("C'est effacé");
  expect(await staff('visit', 'inscrits', 'V-2027-002')).not.toContain('V-018');
});

it('the 31st for 30 places waits, and moves up when one of them cancels', { timeout: 240_000 }, async () => {
  const again = ['--repeter', 'V-2027-002', '--jour', '2027-02-06', '--places', '30'];
  await staff('visit', 'nouvelle', '--de', 'agent@exemple', ...again);
  await staff('visit', 'approuver', 'V-2027-003', '--de', 'chef@exemple');
  await turnTo('2027-01-25T10:40');
  const phones = Array.from({ length: 31 }, (_, at) => `+336399841${String(at).padStart(2, '0')}`);
  const late = phones.pop() as string;
  // All at once: who met too many others is heard again a little later.
  await Promise.all(phones.map((phone) => host.text(phone, 'VISITE 1')));
  await turnTo('2027-01-25T10:45');
  const seated = await Promise.all(phones.map(last));
  expect(seated.filter((text) => text.startsWith('Noté: 1 personne.'))).toHaveLength(30);
  expect(await say(late, 'VISITE 1')).toBe(
    "C'est complet: vous etes numéro 1 sur la liste d'attente. On vous écrit si une place se libère. Annuler: VISITE NON",
  );
  expect(await staff('visit', 'inscrits', 'V-2027-003')).toContain('30 personnes sur 30 places, 1 en liste');

  // The sender takes so many a second: minutes pass until all have it.
  const reminded = async (): Promise<string[]> =>
    (await Promise.all(phones.map(last))).filter((text) =>
      text.includes('Vous venez toujours? 1 oui 2 non Fin: STOP'),
    );
  for (let minute = 10; minute < 60 && (await reminded()).length < 30; minute += 1)
    await turnTo(`2027-01-30T18:${minute}`);
  expect(await reminded()).toHaveLength(30);
  // On a Saturday night one gives the place back; Monday at 8:30 is the next permitted minute.
  await turnTo('2027-01-30T21:00');
  expect(await say(phones[7] as string, 'VISITE NON')).toContain('vous ne venez pas');
  expect(await staff('visit', 'inscrits', 'V-2027-003')).toContain('30 personnes sur 30 places, 0 en liste');
  for (const quiet of ['2027-01-31T12:00', '2027-02-01T08:20']) {
    await turnTo(quiet);
    expect(await last(late)).toContain("liste d'attente");
  }
  await turnTo('2027-02-01T08:40');
  const free =
    "Ville de Clichy: une place s'est libérée! Visite de quartier samedi 6 février 14h30, RDV square du Chene Pointu. Vous venez toujours? 1 oui 2 non";
  expect(await last(late)).toBe(free);
  // Nobody is left to move up: the place stays free, and nothing is said twice.
  await say(phones[8] as string, 'VISITE NON');
  await turnTo('2027-02-01T12:00');
  const all = await Promise.all([...phones, late].map(heard));
  expect(all.flat().filter((text) => text === free)).toHaveLength(1);
  // The week's reminder to the thirty, an answer to the two who left, and to the 31st just what was promised.
  const answered = phones.map((_, at) => (at === 7 || at === 8 ? 3 : 2));
  expect(all.map((texts) => texts.length)).toEqual([...answered, 2]);
  expect(await staff('visit', 'inscrits', 'V-2027-003')).toContain('29 personnes sur 30 places, 0 en liste');
});

it('a year in which every quartier is visited is drafted once', { timeout: 120_000 }, async () => {
  const year = ['programme', '--de', 'agent@exemple', '--sans', 'ville'] as const;
  expect(await staff('visit', ...year, '--essai')).toContain("essai: rien n'a été écrit (3 à prévoir)");
  const drafted = await staff('visit', ...year);
  expect(drafted.match(/V-2027-00\d {2}à valider/g)).toHaveLength(3);
  expect(drafted).toMatch(/haut[\s\S]*bas[\s\S]*temple/);
  expect(drafted).toContain('lieu à préciser');
  expect(await staff('visit', ...year)).toBe('rien à ajouter: chaque quartier a une visite en un an\n');
  expect(await staff('visit', 'couverture')).toMatch(/ville .*À PRÉVOIR/);
  expect(await refused('approuver', 'V-2027-004', '--de', 'chef@exemple')).toContain(
    'le lieu est à préciser',
  );
  expect(await refused('programme', '--de', 'agent@exemple', '--sans', 'lune')).toContain('reçu « lune »');
  // Drafts are not for residents.
  expect(await say(BRUNO, 'VISITE')).toContain('samedi 6 février');
});
