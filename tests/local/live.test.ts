/**
 * J09 through a running host, with the handset's clock turned and the commands of staff: invited, questions, a first name,
 * duplicates in one, votes, the link to who wants it, the answer to each asker once, and whether it was of use.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';
import { type SpawnedHost, spawnHost } from '../support/spawned-host.ts';

let folder: string;
let host: SpawnedHost;
const NADIA = '+33639983001';
const BRUNO = '+33639983002';
const CHLOE = '+33639983003';
const STRANGER = '+33639983004';

/** Monday 4 January 2027, 10:00; the live is on Thursday 7 at 19:00. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-live-'));
  host = await spawnHost(folder);
  await turnTo('2027-01-04T10:00');
  for (const phone of [NADIA, BRUNO, CHLOE])
    for (const text of ['CHENE', 'oui', '1', '4']) await host.text(phone, text);
}, 60_000);
afterAll(async () => {
  await host?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Winter: Paris is an hour ahead of UTC. */
const turnTo = (at: string): Promise<unknown> =>
  host.clock({ set: new Date(Date.parse(`${at}:00Z`) - 3_600_000).toISOString() });

async function run(
  tool: 'live' | 'announce' | 'qr',
  ...args: string[]
): Promise<{ code: number; output: string }> {
  const { code, output } = await runCommand(`infra/${tool}.ts`, args, {
    env: { DATA_DIR: folder, TABLE: '' },
  });
  return { code: code ?? 1, output };
}
async function staff(tool: 'live' | 'announce' | 'qr', ...args: string[]): Promise<string> {
  const { code, output } = await run(tool, ...args);
  expect(code, output).toBe(0);
  return output;
}
const refused = async (...args: string[]): Promise<string> => {
  const { code, output } = await run('live', ...args);
  expect(code, output).toBe(1);
  return output;
};

const heard = async (phone: string): Promise<string[]> =>
  (await host.thread(phone)).filter(({ direction }) => direction === 'out').map(({ text }) => text);
const last = async (phone: string): Promise<string> => (await heard(phone)).at(-1) ?? '';
const say = async (phone: string, text: string): Promise<string> =>
  (await host.text(phone, text))[0]?.text ?? '';

const AGENT = ['--de', 'agent@exemple'];
const CHEF = ['--de', 'chef@exemple'];
const WRITTEN = [
  ...AGENT,
  ...['--sujet', 'travaux du bas Clichy', '--quand', '2027-01-07T19:00', '--jusqua', '2027-01-07T12:00'],
  ...['--lien', 'fb.example/live', '--mot-cle', 'TRAVAUX'],
];
const L = 'L-2027-001';

it('from the invitation to the answer', { timeout: 240_000 }, async () => {
  expect(await staff('live', 'nouvelle', ...WRITTEN)).toContain(`${L}  à valider`);
  expect(await refused('approuver', L, ...AGENT)).toContain('une autre personne doit le valider');
  await staff('live', 'approuver', L, ...CHEF);
  // A poster that opens it, in the language of its reader.
  await staff('qr', '--live', L, '--langue', 'tr', '--code', 'A12', '--out', path.join(folder, 'out'));
  const poster = await readFile(path.join(folder, 'out', `affiche-${L}-tr-sms-A12.html`), 'utf8');
  expect(poster).toContain('TRAVAUX A12 TR');
  expect(poster).toContain('travaux du bas Clichy');

  await staff('live', 'inviter', L, ...AGENT);
  await staff('announce', 'approuver', 'A-2027-001', ...CHEF);
  await staff('announce', 'programmer', 'A-2027-001', ...AGENT);
  await turnTo('2027-01-04T10:10');
  const invited =
    'Ville de Clichy: direct jeudi 7 19h, travaux du bas Clichy. Votre question? Écrivez-la ici avant jeudi 7 12h. Avoir le lien: OUI Fin: STOP';
  for (const phone of [NADIA, BRUNO, CHLOE]) expect(await last(phone)).toBe(invited);

  expect(await say(NADIA, 'Quand est ce que le Leclerc rouvre ?')).toContain('Question recue: Q-1.');
  expect(await say(NADIA, 'Nadia')).toContain('Merci Nadia.');
  expect(await say(BRUNO, 'le leclerc il rouvre quand')).toContain('Q-2');
  expect(await say(BRUNO, '2')).toContain('Merci. Les 3 questions');
  // Not on any list, by the keyword of a poster.
  expect(await say(STRANGER, 'TRAVAUX A12')).toContain('Votre question?');
  expect(await say(STRANGER, 'combien gagne le maire')).toContain('Q-3');
  expect(await say(STRANGER, 'non')).toContain('Merci.');
  expect(await say(CHLOE, 'QUESTIONS')).toContain('Pas encore de question');

  expect(await staff('live', 'questions', L, '--etat', 'nouvelle')).toMatch(
    /Q-1 {2}nouvelle {2}1 vote {2}\(fr, Nadia\) Quand est ce que[\s\S]*Q-2 {2}nouvelle {2}1 vote {2}\(fr\) le leclerc/,
  );
  expect(await refused('accepter', L, 'Q-9', ...AGENT, '--titre', 'x')).toContain("Q-9 n'a pas été posée");
  await staff('live', 'accepter', L, 'Q-1', ...AGENT, '--titre', 'Réouverture du Leclerc?');
  await staff('live', 'grouper', L, 'Q-1', 'Q-2', ...AGENT);
  expect(await staff('live', 'refuser', L, 'Q-3', ...AGENT, '--motif', 'sujet hors du direct')).toContain(
    "Votre question Q-3 n'est pas retenue: sujet hors du direct",
  );
  // Nothing goes out before another person has read it.
  await turnTo('2027-01-04T10:30');
  expect(await last(STRANGER)).toContain('Merci.');
  expect(await refused('approuver', L, 'Q-3', ...AGENT)).toContain('une autre personne doit le valider');
  await staff('live', 'approuver', L, 'Q-3', ...CHEF);
  await turnTo('2027-01-04T10:40');
  expect(await last(STRANGER)).toBe(
    "Votre question Q-3 n'est pas retenue: sujet hors du direct. Parler à quelqu'un: RAPPEL",
  );

  expect(await say(CHLOE, 'QUESTIONS')).toBe('Votez (ex: 2): 1 Réouverture du Leclerc?');
  expect(await say(CHLOE, '1')).toBe('Vote compté. Jeudi 7 18h45: on vous envoie le lien du direct.');
  await say(CHLOE, '1');
  expect(await staff('live', 'questions', L)).toMatch(/Q-1 {2}acceptée, place 1 {2}3 votes/);

  const screen = path.join(folder, 'ecran.html');
  await staff('live', 'ecran', L, '--sortie', screen);
  const page = await readFile(screen, 'utf8');
  expect(page).toContain('Réouverture du Leclerc?');
  expect(page).toContain('3 votes');
  expect(page).toContain('\u2068Nadia\u2069 et 1 autre personne');
  expect(page).not.toMatch(/3363998|gagne|resident/);

  // The link, to those who want it and not to who said no.
  expect(await say(BRUNO, 'TRAVAUX')).toContain('Avoir le lien: OUI');
  expect(await say(BRUNO, '2')).toContain("D'accord, pas de lien");
  await turnTo('2027-01-07T18:40');
  expect(await last(NADIA)).not.toContain('Le direct commence');
  await turnTo('2027-01-07T18:50');
  const link =
    'Le direct commence à 19h: fb.example/live. Pas internet? La réponse à votre question arrive ici vendredi 8. Fin: STOP';
  expect(await last(NADIA)).toBe(link);
  expect(await last(CHLOE)).toBe(link);
  expect(await last(STRANGER)).toContain('Le direct commence');
  expect(await last(BRUNO)).toContain("D'accord, pas de lien");

  await staff('live', 'demarrer', L, ...AGENT);
  await turnTo('2027-01-07T19:20');
  await staff('live', 'posee', L, 'Q-1', ...AGENT);
  await turnTo('2027-01-07T20:05');
  await staff('live', 'terminer', L, ...AGENT, '--video', 'fb.example/v/1');
  expect(await staff('live', 'sans-reponse', L)).toContain('Q-1  posée');
  expect(
    await staff(
      'live',
      'repondre',
      L,
      'Q-1',
      ...AGENT,
      '--texte',
      'le 15 juin, après les travaux',
      '--minute',
      '12:40',
    ),
  ).toContain('1 SMS; une autre personne valide');
  await staff('live', 'approuver', L, 'Q-1', ...CHEF);
  // In the evening nothing goes out any more.
  await turnTo('2027-01-08T08:00');
  expect(await last(NADIA)).toBe(link);
  await turnTo('2027-01-08T09:00');
  const answer =
    'Q-1, Q-2 Réouverture du Leclerc: le 15 juin, après les travaux. Revoir: minute 12:40 de la vidéo. fb.example/v/1 Réponse utile? 1 oui 2 non';
  expect(await last(NADIA)).toBe(answer);
  expect(await last(BRUNO)).toBe(answer);
  expect(await last(CHLOE)).toBe(link);
  expect(await say(NADIA, '1')).toBe("Merci, c'est noté.");
  expect(await say(BRUNO, 'non')).toContain('Un mot sur ce qui manque?');
  expect(await say(BRUNO, 'les horaires')).toBe("Merci, c'est noté.");
  await turnTo('2027-01-12T12:00');
  for (const phone of [NADIA, BRUNO])
    expect((await heard(phone)).filter((text) => text === answer)).toHaveLength(1);
  expect(await staff('live', 'sans-reponse')).toContain('chaque question a une réponse ou un motif');
  expect(await staff('live', 'bilan', L)).toMatch(
    /questions: 3 [\s\S]*ont posé une question: 3; ont voté: 1; voulaient le lien: 3[\s\S]*réponse utile: 1 oui, 1 non/,
  );
});

it('moved, called off, stopped and erased', { timeout: 240_000 }, async () => {
  const second = 'L-2027-002';
  const more = WRITTEN.map((each) =>
    each === 'TRAVAUX'
      ? 'ECOLE'
      : each === 'travaux du bas Clichy'
        ? 'les écoles'
        : each.replace('01-07', '01-14'),
  );
  await staff('live', 'nouvelle', ...more);
  await staff('live', 'approuver', second, ...CHEF);
  await turnTo('2027-01-12T12:10');
  for (const phone of [NADIA, BRUNO, CHLOE]) expect(await say(phone, 'ECOLE')).toContain('les écoles');
  expect(await say(NADIA, 'et la cantine de Jaurès?')).toContain('Q-4');
  await say(NADIA, 'Nadia');
  await say(BRUNO, 'oui');
  await say(CHLOE, 'oui');
  await say(CHLOE, 'STOP LIVE');

  // On a Sunday evening: the link goes out on Saturday.
  expect(
    await staff(
      'live',
      'modifier',
      second,
      ...AGENT,
      '--quand',
      '2027-01-17T18:00',
      '--jusqua',
      '2027-01-17T12:00',
    ),
  ).toContain('le lien partira samedi 16 janvier à 19:00');
  // The host looks for what another process has changed every two seconds.
  await turnTo('2027-01-12T12:11');
  expect(await say(BRUNO, 'QUESTIONS')).toContain('Pas de direct prévu');
  await staff('live', 'approuver', second, ...CHEF);
  await turnTo('2027-01-12T12:30');
  expect(await last(NADIA)).toBe(
    'Ville de Clichy: changement! Direct dimanche 17 18h, les écoles. Vos questions: ici avant dimanche 17 12h. Fin: STOP',
  );
  await turnTo('2027-01-16T19:10');
  expect(await last(BRUNO)).toContain("Le direct, c'est dimanche 17 18h: fb.example/live.");
  expect(await last(CHLOE)).not.toContain('dimanche');

  await say(NADIA, 'EFFACER');
  expect(await say(NADIA, '1')).toContain("C'est effacé");
  expect(await staff('live', 'questions', second)).toContain('pas encore de question');
  await staff('live', 'annuler', second, ...AGENT, '--motif', 'la salle est fermée');
  await turnTo('2027-01-16T19:20');
  expect(await last(BRUNO)).toBe(
    'Ville de Clichy: le direct de dimanche 17 18h est annulé (la salle est fermée). Sujet: les écoles. Fin: STOP',
  );
  expect(await last(CHLOE)).not.toContain('annulé');
  expect(await say(BRUNO, 'ECOLE')).toContain('annulé');
});
