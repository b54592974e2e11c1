/**
 * J07, J09, J14 and W07 as a person plays them: on the page of phones in a real browser, the clock turned by its own
 * field, staff at their commands. Each message is compared with participation.md 4; where ours say more (who writes, a
 * code, how to stop) this file holds what.
 */
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { localWorld } from '../../infra/local/city.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { launchBrowser } from '../../infra/survey/browser.ts';
import { runCommand } from '../support/command.ts';

/** Where a person finds pictures of it: SHOTS=/tmp/shots npm test -- … */
const SHOTS = process.env.SHOTS;
const LIMIT = { timeout: 300_000 };
const [SMS, WHATSAPP, SENIOR] = ['Téléphone 1', 'Téléphone 2', 'Téléphone 3'];
const AGENT = ['--de', 'agent@exemple'];
const CHEF = ['--de', 'chef@exemple'];

let folder: string;
let host: Host;
let browser: Browser;
let page: Page;
let faults: string[] = [];

/** Outside the 24 hours the city has one approved template for visits, and none for anything else (W07). */
const templates = [
  {
    purpose: 'visit' as const,
    category: 'UTILITY' as const,
    language: 'fr' as const,
    contentSid: `HX${'1'.repeat(32)}`,
    variables: { '1': 'text' as const },
  },
];

/** Monday 4 January 2027, 10:00. */
beforeAll(async () => {
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-journeys-'));
  const world = localWorld();
  host = await startHost({ folder, port: 0, world: { ...world, city: { ...world.city, templates } } });
  await host.advanceTo(paris('2027-01-04T10:00'));
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${host.url}/handset`, { waitUntil: 'networkidle' });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await host?.close();
  await rm(folder, { recursive: true, force: true });
  expect(faults).toEqual([]);
});
beforeEach(() => {
  faults = [];
});

/** Winter: Paris is an hour ahead of UTC. */
const paris = (at: string): Date => new Date(Date.parse(`${at}:00Z`) - 3_600_000);
const phone = (name = '') => page.getByRole('region', { name, exact: true });
/** By the field of the page, in minutes. */
async function turnTo(at: string): Promise<void> {
  const minutes = Math.ceil((paris(at).getTime() - host.clock.now().getTime()) / 60_000);
  // The field takes three figures.
  const [days, rest] = [Math.floor(minutes / 1440), minutes % 1440];
  for (const [amount, unit] of [
    [days, 'jours'],
    [Math.floor(rest / 60), 'heures'],
    [rest % 60, 'minutes'],
  ] as const) {
    if (amount === 0) continue;
    await page.getByRole('spinbutton', { name: 'Avancer de' }).fill(String(amount));
    await page.getByRole('combobox', { name: 'Unité' }).selectOption(unit);
    const turned = page.waitForResponse(
      (response) => response.url().endsWith('/handset/clock') && response.request().method() === 'POST',
      { timeout: 120_000 },
    );
    await page.getByRole('button', { name: 'Avancer', exact: true }).click();
    expect((await turned).ok()).toBe(true);
  }
}

/** What the city says in the thread, as it is read there. */
const heard = (name = ''): Promise<string[]> =>
  phone(name).locator('.bubble.out .words-said').allInnerTexts();
const last = async (name = ''): Promise<string> => (await heard(name)).at(-1) ?? '';
const shows = (name = '', text = ''): Promise<void> =>
  expect.poll(() => last(name), { timeout: 20_000 }).toBe(text);

async function answered(name: string | undefined, act: () => Promise<void>): Promise<string> {
  const before = (await heard(name)).length;
  await act();
  await expect.poll(async () => (await heard(name)).length, { timeout: 20_000 }).toBeGreaterThan(before);
  return last(name);
}
const write = (name: string | undefined, text: string): Promise<string> =>
  answered(name, async () => {
    const field = phone(name).getByRole('textbox', { name: /^Message/ });
    await field.fill(text);
    await field.press('Enter');
  });
const tap = (name: string | undefined, label: string): Promise<string> =>
  answered(name, async () => {
    const last = phone(name).locator('.bubble.out').last();
    const menu = last.locator('.menu summary');
    if ((await menu.count()) > 0) await menu.click();
    await last.getByRole('button', { name: label, exact: true }).click();
  });
const buttons = (name = ''): Promise<string[]> =>
  phone(name).locator('.bubble.out').last().getByRole('button').allInnerTexts();
const shoot = async (name: string): Promise<void> => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
};

async function staff(tool: 'visit' | 'live' | 'announce', ...args: string[]): Promise<string> {
  const { code, output } = await runCommand(`infra/${tool}.ts`, args, {
    env: { DATA_DIR: folder, TABLE: '' },
  });
  expect(code, output).toBe(0);
  return output;
}
const announcementIn = (said: string): string => /A-2027-\d{3}/.exec(said)?.[0] ?? 'none';
const announce = async (id: string): Promise<void> => {
  await staff('announce', 'approuver', id, ...CHEF);
  await staff('announce', 'programmer', id, ...AGENT);
};
const plan = async (id: string, ...what: string[]): Promise<void> => {
  expect(await staff('visit', 'nouvelle', ...AGENT, ...what)).toContain(id);
  await staff('visit', 'approuver', id, ...CHEF);
  await announce(announcementIn(await staff('visit', 'inviter', id, ...AGENT)));
};

const INVITED =
  'Ville de Clichy: visite de quartier avec Mme la Maire samedi 16 janvier 10h, RDV square du Chene Pointu. Vous venez? 1 oui 2 non 3 une question Fin: STOP';

it('everybody joins by their first messages', LIMIT, async () => {
  for (const text of ['CHENE', 'oui', '1', '4']) await write(SMS, text);
  await write(WHATSAPP, 'CHENE A12');
  for (const label of ["Je m'inscris", 'Français', '25-59 ans']) await tap(WHATSAPP, label);
  await phone(SENIOR).getByRole('radio', { name: 'SMS' }).check();
  for (const text of ['AINES', 'oui']) await write(SENIOR, text);
  expect(await last(WHATSAPP)).toContain('Vous êtes inscrit: Chêne Pointu');
});

it(
  'J07 by SMS and W07 on WhatsApp, whose 24 hours are over: from the invitation to the report',
  LIMIT,
  async () => {
    // Two days after their last message.
    await turnTo('2027-01-06T10:00');
    await plan(
      'V-2027-001',
      ...['--quartier', 'chene', '--jour', '2027-01-16', '--heure', '10:00', '--hote', 'Mme la Maire'],
      ...['--lieu', 'square du Chêne Pointu;48.9101;2.5533', '--places', '30'],
    );
    await turnTo('2027-01-06T10:10');
    await shows(SMS, INVITED);
    // The template's own words stand around it at Meta; what fills it is the invitation without how to stop.
    await expect.poll(() => last(WHATSAPP), { timeout: 20_000 }).toContain('Vous venez?');
    expect(await phone(WHATSAPP).locator('.mark').count()).toBe(1);
    expect(await last(SENIOR)).toContain('Vous etes inscrit');

    expect(await write(SMS, '1')).toBe('Super! Combien serez-vous en tout? (ex: 2)');
    expect(await write(SMS, 'moi + 2 enfants')).toBe(
      'Noté: 3 personnes. Un sujet à voir sur place? Écrivez-le, ou 0',
    );
    expect(await write(SMS, 'les lumieres cassées du parking')).toBe(
      'Merci, ajouté au parcours. Code V-018. Rappel la veille. Annuler: VISITE NON',
    );

    expect(await write(WHATSAPP, 'Je viens')).toBe('Combien serez-vous?');
    expect(await buttons(WHATSAPP)).toEqual(['1', '2', '3 ou plus']);
    expect(await tap(WHATSAPP, '2')).toContain(
      "À samedi! Code V-026. Ajouter à l'agenda: clichy.example/v/V-2027-001.ics",
    );
    await phone(WHATSAPP).getByText('square du Chêne Pointu · 48,9101 ; 2,5533').waitFor();
    const calendar = await (await fetch(`${host.url}/v/V-2027-001.ics`)).text();
    expect(calendar).toMatch(/DTSTART:20270116T090000Z[\s\S]*GEO:48\.9101;2\.5533/);
    // Inside the 24 hours the question has its buttons.
    await write(WHATSAPP, 'VISITE NON');
    await write(WHATSAPP, 'VISITE');
    expect(await buttons(WHATSAPP)).toEqual(['Je viens', 'Pas cette fois', 'Poser une question']);
    expect(await tap(WHATSAPP, 'Je viens')).toBe('Combien serez-vous?');
    expect(await tap(WHATSAPP, '2')).toContain('À samedi!');
    await shoot('1-invited');

    await turnTo('2027-01-15T18:10');
    await shows(
      SMS,
      'Ville de Clichy: demain samedi 10h, visite de quartier, RDV square du Chene Pointu. Votre sujet est au parcours. Vous venez toujours? 1 oui 2 non Fin: STOP',
    );
    expect(await last(WHATSAPP)).toContain('demain samedi 10h, visite de quartier');
    // The invitation, the week before, the evening before.
    expect(await phone(WHATSAPP).locator('.mark').count()).toBe(3);
    expect(await write(SMS, '1')).toBe("Merci, c'est noté. Votre code: V-018. Annuler: VISITE NON");
    expect(await write(WHATSAPP, 'oui')).toContain("Merci, c'est noté.");
    await shoot('2-evening-before');

    await turnTo('2027-01-16T12:00');
    await staff('visit', 'presents', 'V-2027-001', ...AGENT, 'V-018=3');
    const report = 'Ville de Clichy: visite du 16 janvier: 31 demandes, 19 faites, 7 en cours';
    await staff('visit', 'bilan', 'V-2027-001', ...AGENT, '--texte', report);
    await staff('visit', 'approuver', 'V-2027-001', ...CHEF);
    await turnTo('2027-01-18T10:10');
    await shows(SMS, `${report} Fin: STOP`);
    // Who said that they would come and did not is not thanked for it.
    expect(await last(WHATSAPP)).toContain("Merci, c'est noté.");
    await shoot('3-report');
  },
);

it(
  'J14 in plain mode: one question a message, yes or no, and a call for who asks or says nothing',
  LIMIT,
  async () => {
    const silent = '+33639980009';
    await page.getByRole('button', { name: 'Ajouter un téléphone' }).click();
    await phone('Téléphone 4').getByRole('textbox', { name: 'Son numéro' }).fill(silent);
    for (const text of ['SENIORS', 'oui']) await write('Téléphone 4', text);
    await plan(
      'V-2027-002',
      ...['--quartier', 'aines', '--titre', 'Repas des aînés', '--jour', '2027-02-03', '--heure', '12:00'],
      ...[
        '--lieu',
        'maison des seniors;48.909;2.546',
        '--places',
        '40',
        '--hote',
        'Mme la Maire',
        '--transport',
      ],
    );
    await turnTo('2027-01-18T10:30');
    const invited =
      'Bonjour, ici la mairie de Clichy. Repas des ainés: mercredi 3 février à 12h, maison des seniors. Vous venez? Répondez OUI ou NON';
    await shows(SENIOR, invited);
    await shows('Téléphone 4', invited);
    expect(await write(SENIOR, 'OUI.')).toBe("Merci. Besoin d'un transport? Répondez OUI ou NON");
    expect(await write(SENIOR, 'non merci mademoiselle')).toBe(
      "C'est noté. Votre code: V-018. A bientot! Pour nous parler: 01 99 00 12 34, ou répondez RAPPEL",
    );
    expect(await write(SENIOR, 'rapel')).toBe(
      "D'accord. Une personne de la mairie vous appelle mardi 19 janvier entre 9h et 12h.",
    );
    // No answer: once more the next day, then a person calls.
    await turnTo('2027-01-19T12:00');
    expect((await heard('Téléphone 4')).filter((text) => text === invited)).toHaveLength(2);
    await turnTo('2027-01-21T12:00');
    expect((await heard('Téléphone 4')).filter((text) => text === invited)).toHaveLength(2);
    const calls: string[] = [];
    for await (const { why } of host.deps.residents.calls()) calls.push(why);
    expect(calls.sort()).toEqual(['asked', 'silence']);
    await shoot('4-plain');
    // Every message of it in one part, without a link.
    for (const text of await heard(SENIOR)) expect(text).not.toMatch(/https?:|\.example|Votez/);
    expect(
      await phone(SENIOR)
        .locator('.meta')
        .getByText(/· [2-9]\sparties/)
        .count(),
    ).toBe(0);
  },
);

it('J09 by SMS: a question, a first name, a vote, the link, the answer with its minute', LIMIT, async () => {
  const live = 'L-2027-001';
  await staff(
    'live',
    ...['nouvelle', ...AGENT, '--sujet', 'travaux du bas Clichy', '--lien', 'fb.example/live'],
    ...['--quand', '2027-01-28T19:00', '--jusqua', '2027-01-28T12:00', '--mot-cle', 'TRAVAUX'],
  );
  await staff('live', 'approuver', live, ...CHEF);
  const id = announcementIn(await staff('live', 'inviter', live, ...AGENT));
  await announce(id);
  await turnTo('2027-01-21T12:10');
  await shows(
    SMS,
    'Ville de Clichy: direct jeudi 28 19h, travaux du bas Clichy. Votre question? Écrivez-la ici avant jeudi 28 12h. Avoir le lien: OUI Fin: STOP',
  );
  expect(await write(SMS, 'Quand est ce que le Leclerc rouvre ?')).toBe(
    'Question recue: Q-1. On peut dire votre prénom en direct? 1 oui: écrivez-le 2 non, anonyme',
  );
  expect(await write(SMS, 'Nadia')).toBe(
    "Merci Nadia. Les 3 questions les plus demandées seront posées. Voter pour d'autres questions: tapez QUESTIONS",
  );
  // Another resident's, by the keyword.
  expect(await write('Téléphone 4', 'TRAVAUX')).toContain('travaux du bas Clichy');
  expect(await write('Téléphone 4', 'Le bus 601 passe-t-il le soir?')).toContain('Q-2');
  await write('Téléphone 4', 'NON');
  await staff('live', 'accepter', live, 'Q-1', ...AGENT, '--titre', 'Réouverture du Leclerc?');
  await staff('live', 'accepter', live, 'Q-2', ...AGENT, '--titre', 'Bus 601 le soir?');
  await turnTo('2027-01-21T12:15');
  expect(await write(SMS, 'QUESTIONS')).toBe('Votez (ex: 2): 1 Réouverture du Leclerc? 2 Bus 601 le soir?');
  expect(await write(SMS, '2')).toBe('Vote compté. Jeudi 28 18h45: on vous envoie le lien du direct.');
  await turnTo('2027-01-28T18:50');
  await shows(
    SMS,
    'Le direct commence à 19h: fb.example/live. Pas internet? La réponse à votre question arrive ici vendredi 29. Fin: STOP',
  );
  await shows('Téléphone 4', 'Le direct commence à 19h. La réponse à votre question arrive ici vendredi 29.');
  await staff('live', 'demarrer', live, ...AGENT);
  await turnTo('2027-01-28T20:05');
  await staff('live', 'terminer', live, ...AGENT, '--video', 'fb.example/v/1');
  const words = ['--texte', 'le 15 juin, après les travaux', '--minute', '12:40'];
  await staff('live', 'repondre', live, 'Q-1', ...AGENT, ...words);
  await staff('live', 'approuver', live, 'Q-1', ...CHEF);
  await turnTo('2027-01-29T09:00');
  await shows(
    SMS,
    'Q-1 Réouverture du Leclerc: le 15 juin, après les travaux. Revoir: minute 12:40 de la vidéo. fb.example/v/1 Réponse utile? 1 oui 2 non',
  );
  expect(await write(SMS, '1')).toBe("Merci, c'est noté.");
  await shoot('5-live');
});
