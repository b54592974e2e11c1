/** J01, J03, J04, J05, J11 and J14 through `npm start` in a process of its own, as a handset sees them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHashes } from '../../functions/runtime/hashes.ts';
import { createDb } from '../../functions/store/db.ts';
import { createMarkStore } from '../../functions/store/marks.ts';
import { createResidentStore } from '../../functions/store/residents.ts';
import { createSheetStore } from '../../functions/store/sheets.ts';
import { createTagStore } from '../../functions/store/tags.ts';
import { createTurnStore } from '../../functions/store/turns.ts';
import { createWordsStore } from '../../functions/store/words.ts';
import { localWorld } from '../../infra/local/city.ts';
import { readSecrets } from '../../infra/local/folder.ts';
import { connectStore } from '../../infra/local/store.ts';
import { type SpawnedHost, spawnHost } from '../support/spawned-host.ts';

let folder: string;
let host: SpawnedHost;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-'));
  host = await spawnHost(folder);
});
afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true });
});

async function stores() {
  const secrets = await readSecrets(folder);
  const hashes = createHashes({
    address: secrets.addressKey,
    answers: secrets.answersKey,
    suppression: secrets.suppressionKey,
  });
  const { client, table, close } = connectStore(host.local.store);
  const db = createDb(client, table);
  return {
    hashes,
    turns: createTurnStore(db),
    sheets: createSheetStore(
      db,
      localWorld(),
      { words: createWordsStore(db), tags: createTagStore(db), marks: createMarkStore(db) },
      () => new Date(),
    ),
    db,
    close,
  };
}

/** The stored sheet of one resident. */
async function sheetOf(address: string) {
  const { hashes, turns, sheets, close } = await stores();
  const item = await turns.find(hashes.address(`sms:${address}`));
  const wanted = hashes.pseudonym(item?.session.id ?? '', 'square');
  for await (const { pseudonym, sheet } of sheets.all('square'))
    if (pseudonym === wanted) return close().then(() => sheet);
  return close().then(() => undefined);
}

const say = async (from: string, text: string): Promise<string> => {
  const replies = await host.text(from, text);
  expect(replies.length).toBeLessThanOrEqual(1);
  for (const reply of replies) expect(reply.parts, reply.text).toBe(1);
  return replies[0]?.text ?? '';
};

describe('journeys', () => {
  it('J01: joins the list of a quartier, the proof is kept', async () => {
    const from = '+33639980101';
    expect(await say(from, 'chêne A12')).toBe(
      'Ville de Clichy-sous-Bois. Bonjour! Infos et avis du quartier Chene Pointu. SMS non surtaxé, 2 par mois au plus. Pour vous inscrire: répondez OUI',
    );
    expect(await say(from, 'Oui !!')).toContain('1 Francais 2 English 3 Türkce 4 Arabi');
    expect(await say(from, '1')).toContain('Votre age?');
    expect(await say(from, '4')).toContain('Vous etes inscrit: Chene Pointu');
    const { hashes, turns, db, close } = await stores();
    const hash = hashes.address(`sms:${from}`);
    expect((await turns.find(hash))?.session).toMatchObject({
      lists: ['chene'],
      source: 'A12',
      language: 'fr',
      age: '25-59',
      consent: 'given',
    });
    const kept = [];
    for await (const item of db.query(`t#${hash}`)) kept.push(item);
    const consent = kept.find((item) => String(item.sk).startsWith('consent#'));
    expect(consent).toMatchObject({ kind: 'given', version: '2026-11', source: 'A12', list: 'chene' });
    expect(consent?.text).toContain('Pour vous inscrire: répondez OUI');
    expect(
      Math.abs(Date.parse(String(consent?.at)) - Date.parse(await host.clock({ advance: 'PT0S' }))),
    ).toBeLessThan(60_000);
    expect(kept.some((item) => item.sk === 'list#chene' && item.ls === hash)).toBe(true);
    await close();
  });

  it('J03: answers four questions', async () => {
    const from = '+33639980103';
    const script = ['SQUARE', '1', '3 parfois le dimanche', '1,3 et 6', 'des toilettes publiques', 'deux'];
    for (const said of script) await say(from, said);
    expect(await say(from, "Il faut que le gardien reste jusqu'à 20h")).toContain(
      'Merci! 4/4 recu. Résultats envoyés ici avant le 30 juin',
    );
    expect((await sheetOf(from))?.answers).toMatchObject({
      frequence: { v: 3, c: 'parfois le dimanche' },
      priorites: { v: [1, 3, 6], o: 'des toilettes publiques' },
      securite: { v: 2, r: 'deux' },
      mot: { v: "Il faut que le gardien reste jusqu'à 20h" },
    });
  });

  it('J04: three replies that are not understood, and on', async () => {
    const from = '+33639980104';
    await say(from, 'SQUARE');
    await say(from, '1');
    expect(await say(from, 'nickel')).toContain("Je n'ai pas compris.");
    expect(await say(from, '7')).toBe(
      "7 n'est pas dans la liste. Tapez 1, 2, 3 ou 4. (0 = passer, AIDE = parler à quelqu'un)",
    );
    expect(await say(from, 'c koi ce truc')).toMatch(
      /^On passe\. RAPPEL=appel\. 2\/4 Que faut-il en premier\?/,
    );
    await say(from, '2');
    await say(from, '0');
    await say(from, 'rien');
    expect((await sheetOf(from))?.answers).toMatchObject({
      frequence: { m: 'unknown', x: ['nickel', '7', 'c koi ce truc'] },
      priorites: { v: [2] },
      securite: { m: 'skip' },
      mot: { m: 'skip' },
    });
  });

  it('J11: AIDE, STOP, silence, REPRENDRE', async () => {
    const from = '+33639980111';
    for (const said of ['CHENE', 'oui', '1', '4']) await say(from, said);
    expect(await say(from, 'AIDE')).toMatch(
      /^Commandes: .*RAPPEL \(un agent vous appelle\), STOP\. Mairie: /,
    );
    expect(await say(from, 'Stop')).toContain("C'est fait: vous ne recevrez plus de message.");
    expect(await say(from, 'SQUARE')).toBe('');
    expect(await say(from, 'stop')).toBe('');
    expect(await say(from, 'reprendre')).toContain('Bon retour! Vous etes de nouveau inscrit: Chene Pointu.');
  });

  it('J05: one reminder in permitted hours through the API, and resumed two days later', async () => {
    const from = '+33639980105';
    for (const said of ['SQUARE', '1', '4', '2 4']) await say(from, said);
    await host.clock({ advance: 'PT20H' });
    await host.clock({ advance: 'P2D' });
    const thread = await host.thread(from);
    const reminders = thread.filter(({ text }) => text.startsWith('Il reste 2 questions sur le square. 3/4'));
    expect(reminders).toHaveLength(1);
    expect(reminders[0]).toMatchObject({ direction: 'out', parts: 1, state: 'delivered' });
    const hour = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Paris',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
    });
    const [weekday = '', time = ''] = hour.format(new Date(reminders[0]?.time ?? 0)).split(/, | /);
    expect(weekday).not.toBe('Sun');
    expect(time >= '08:30' && time < '20:00').toBe(true);
    expect(await say(from, 'slt dsl g t occupé. 4')).toBe(
      'Merci, on reprend. 4/4 Un mot à ajouter? (0 = non)',
    );
    expect(await say(from, '0')).toContain('Merci! 4/4 recu.');
    expect(await sheetOf(from)).toMatchObject({ reminders: 1, end: 'done', answers: { securite: { v: 4 } } });
  });

  it('J14: seniors are asked in plain words; who stays silent after the one reminder goes on the call list', async () => {
    const [answers, silent] = ['+33639980114', '+33639980115'];
    const called = async (address: string) => {
      const { hashes, db, close } = await stores();
      const found: string[] = [];
      for await (const call of createResidentStore(db, 90).calls())
        if (call.hash === hashes.address(`sms:${address}`)) found.push(call.why);
      return close().then(() => found);
    };
    const question =
      'Bonjour, ici la mairie de Clichy. Repas des ainés le 3 juin à midi, maison des seniors. Vous venez? Répondez OUI ou NON';
    for (const from of [answers, silent]) {
      expect(await say(from, 'AINES')).toContain('Nos messages: Ainés.');
      expect(await say(from, 'oui')).toContain('Vous etes inscrit: Ainés. Pour nous parler:');
      expect(await say(from, 'REPAS')).toBe(question);
    }
    expect(await say(answers, 'OUI.')).toBe("Merci. Besoin d'un transport? Répondez OUI ou NON");
    expect(await say(answers, 'non merci mademoiselle')).toBe(
      "C'est noté. A bientot! Pour nous parler: 01 99 00 12 34, ou répondez RAPPEL",
    );
    expect(await say(answers, 'rapel')).toMatch(
      /^D'accord\. Une personne de la mairie vous appelle \S+ \d+ \S+ entre 9h et 12h\.$/,
    );
    expect(await called(answers)).toEqual(['asked']);
    await host.clock({ advance: 'P2D' });
    await host.clock({ advance: 'P3D' });
    const reminders = (await host.thread(silent)).filter(({ text }) => text.includes('Nous attendons'));
    expect(reminders).toMatchObject([
      {
        text: 'Bonjour, ici la mairie de Clichy. Nous attendons votre réponse. Vous venez? Répondez OUI ou NON',
        direction: 'out',
        parts: 1,
        state: 'delivered',
      },
    ]);
    expect(await called(silent)).toEqual(['silence']);
    expect((await host.thread(answers)).filter(({ text }) => text.includes('Nous attendons'))).toEqual([]);
  });

  it('the clock never goes back, and what cannot be read is refused in words', async () => {
    await expect(host.clock({ set: '2020-01-01T00:00:00Z' })).rejects.toThrow(/400/);
    await expect(host.clock({ advance: 'demain' })).rejects.toThrow(/400/);
  });
});
