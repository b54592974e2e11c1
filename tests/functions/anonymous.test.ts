/** Anonymous surveys: what is cut when they close, at every crash; what the export shows; what residents are told. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../conversations/moment.ts';
import { type Survey, surveyShelf } from '../../conversations/survey.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import type { Item } from '../../functions/store/db.ts';
import { create as createSweep } from '../../functions/sweep.ts';
import { localWorld } from '../../infra/local/city.ts';
import { Crash, FAULTS, type Faults, faultyDb } from '../faults/faulty.ts';
import { createTestCity, type TestCity } from '../support/city.ts';
import { exportOf } from '../support/exported.ts';
import { createMemoryDb, type MemoryDb } from '../support/memory-db.ts';

const { city: clichy, surveys } = localWorld();
const square: Survey = {
  ...(surveys.latest('square') as Survey),
  anonymous: true,
  opens: '2026-11-01',
  closes: '2026-11-24',
};
const world: World = { city: clichy, surveys: surveyShelf([square]) };
const [ANNA, BILAL, CHLOE] = ['sms:+33639980001', 'sms:+33639980002', 'sms:+33639980003'] as const;
/** Past the closing day, at the hour of the round. */
const NIGHT = new Date('2026-11-25T01:30:00.000Z');
const WORDS = ['parfois le dimanche', 'des toilettes', 'Merci au gardien', 'moins de bruit'];

let events = 0;
async function say({ deps, clock }: TestCity, address: string, ...texts: string[]): Promise<string> {
  let said = '';
  for (const text of texts) {
    const event = { type: 'said', id: `e${++events}`, channel: 'sms', text } as const;
    const taken = await takeTurn(deps, address, event, 'response');
    if (taken.kind !== 'older') said = taken.item.reply?.text ?? '';
    clock.now = new Date(clock.now.getTime() + 10_000);
  }
  return said;
}

let db: MemoryDb;
let city: TestCity;
beforeEach(async () => {
  db = createMemoryDb();
  city = createTestCity(db, { world });
  await say(city, ANNA, 'SQUARE A12', '1', '3 parfois le dimanche', '1 6', 'des toilettes', '2');
  await say(city, ANNA, 'Merci au gardien');
  await say(city, BILAL, 'SQUARE', '1', '4', '2', '3', 'moins de bruit');
});

const under = (begin: string): Item[] =>
  [...db.items.values()].filter(({ pk }) => String(pk).startsWith(begin));
const sheetItems = () => under('answers#square#');
const live = () => sheetItems().filter(({ gone }) => gone === undefined);
const pseudonymOf = async (address: string): Promise<string> => {
  const item = await city.deps.turns.find(city.deps.hashes.address(address));
  return city.deps.hashes.pseudonym(item?.session.id as string, 'square');
};
/** Everything that is stored of the answers, as one would search through it. */
const storedText = (): string => JSON.stringify([...live(), ...under('words#')]);
const byNature = (rows: Record<string, string>[]) => rows.map((row) => `${row.nature}: ${row.texte}`).sort();
const textsOf = async () => {
  const { texts, files } = await exportOf(city.deps);
  return (texts[files.find((name) => name.endsWith('_textes.csv')) as string] as string)
    .slice(1)
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(';'))
    .map(
      ([question, libelle, nature, texte, langue]) =>
        ({ question, libelle, nature, texte, langue }) as Record<string, string>,
    );
};

describe('when an anonymous survey has closed', () => {
  it('nothing ties the answers to who gave them, and no text to its answers', async () => {
    const pseudonyms = [await pseudonymOf(ANNA), await pseudonymOf(BILAL)];
    city.clock.now = NIGHT;
    await createSweep(city.deps)();
    expect(live()).toHaveLength(2);
    const text = storedText();
    for (const secret of [...pseudonyms, 'A12', '2026-11-23T']) expect(text).not.toContain(secret);
    const answers = live().flatMap((item) => Object.values(item.answers as Record<string, string>));
    for (const answer of answers)
      expect(
        Object.keys(JSON.parse(answer)).filter((each) => !['v', 'm', 't', 'f', 'd'].includes(each)),
      ).toEqual([]);
    expect(answers.every((answer) => JSON.parse(answer).t === 0)).toBe(true);
    for (const words of WORDS) {
      expect(JSON.stringify(live())).not.toContain(words);
      expect(under('words#').filter((item) => JSON.stringify(item).includes(words)).length).toBeGreaterThan(
        0,
      );
    }
    // The marks left behind hold nothing but that there was something.
    for (const item of sheetItems().filter(({ gone }) => gone !== undefined))
      expect(Object.keys(item).sort()).toEqual(['gone', 'n', 'pk', 'sk', 'ttl']);
  });

  it('the export has the same counts and the same texts before and after', async () => {
    const shown = async () => {
      const { answers } = await exportOf(city.deps);
      return answers.map(({ id_reponse: _, ...row }) => JSON.stringify(row)).sort();
    };
    const before = { rows: await shown(), texts: byNature(await textsOf()) };
    city.clock.now = NIGHT;
    await createSweep(city.deps)();
    expect({ rows: await shown(), texts: byNature(await textsOf()) }).toEqual(before);
    expect(before.texts).toEqual(
      [
        'brut: 1 6',
        'brut: 3 parfois le dimanche',
        'commentaire: parfois le dimanche',
        'autre: des toilettes',
        'texte: Merci au gardien',
        'texte: moins de bruit',
      ].sort(),
    );
    const { answers, texts, files } = await exportOf(city.deps);
    const rows = texts[files.find((name) => name.endsWith('_reponses.csv')) as string] as string;
    for (const words of WORDS) expect(rows).not.toContain(words);
    expect(
      answers.map(({ id_participant, source, duree_s, debut }) => [id_participant, source, duree_s, debut]),
    ).toEqual([1, 2].map(() => ['', '', '', '23/11/2026']));
    expect(new Set(answers.map(({ id_reponse }) => id_reponse)).size).toBe(2);
  });

  it('shows no id of a row before it has closed', async () => {
    const { answers } = await exportOf(city.deps);
    expect(answers.map(({ id_reponse, id_participant }) => [id_reponse, id_participant])).toEqual([
      ['', ''],
      ['', ''],
    ]);
  });

  it('who is still in it is cut once their session has ended', async () => {
    city.clock.now = new Date('2026-11-24T10:00:00.000Z');
    await say(city, CHLOE, 'SQUARE', '1', '2');
    city.clock.now = NIGHT;
    await createSweep(city.deps)();
    expect(live()).toHaveLength(2);
    expect(await say(city, CHLOE, '1')).toContain('Ce sondage est fini');
    await createSweep(city.deps)();
    expect(live()).toHaveLength(3);
    expect(live().every(({ sk }) => String(sk).startsWith('1-'))).toBe(true);
  });

  it('a second round changes nothing, and words go when answers do', async () => {
    city.clock.now = NIGHT;
    await createSweep(city.deps)();
    const after = storedText();
    await createSweep(city.deps)();
    expect(storedText()).toBe(after);
    city.clock.now = new Date('2040-01-01T01:30:00.000Z');
    await createSweep(city.deps)();
    expect(under('words#')).toEqual([]);
    expect(live()).toHaveLength(2);
  });

  it.each([
    ['the turn that recorded it', 'bonsoir'],
    ['an erasure', 'EFFACER'],
    ['a correction', 'MODIF 1'],
  ])('is not brought back by %s', async (_what, word) => {
    city.clock.now = NIGHT;
    // The round without what comes before it: turns whose effects are not known to be carried out.
    for (const address of [ANNA, BILAL])
      await city.deps.sheets.anonymise('square', await pseudonymOf(address), city.deps.freshId);
    const after = storedText();
    for (const address of [ANNA, BILAL]) {
      await say(city, address, word);
      await say(city, address, '1');
      await say(city, address, '2');
    }
    expect(storedText()).toBe(after);
    expect((await exportOf(city.deps)).rows).toBe(2);
  });
});

describe('what residents are told', () => {
  it('MODIF works until the last evening, and then says the truth', async () => {
    expect(await say(city, ANNA, 'MODIF 3')).toContain('en sécurité');
    expect(await say(city, ANNA, '4')).toContain('corrigé');
    await say(city, BILAL, 'MODIF 3');
    city.clock.now = new Date('2026-11-25T00:30:00.000+01:00');
    expect(await say(city, ANNA, 'MODIF 3')).toContain('ne sont plus liées à vous');
    // Asked on the evening before: no answer is taken.
    const asked = await say(city, BILAL, '5');
    expect(asked).not.toContain('corrigé');
    expect(await say(city, BILAL, 'SQUARE')).not.toContain('MODIF');
  });

  it('MES DONNEES says that the answers cannot be found any more', async () => {
    const { heldBy } = await import('../../functions/runtime/held.ts');
    const { copyPage } = await import('../../functions/pages/copy.tsx');
    const pageOf = async () => {
      await say(city, ANNA, 'MES DONNEES');
      const held = await heldBy(city.deps, `e${events}`);
      return copyPage(city.deps.world, held, 'fr', `e${events}`);
    };
    expect(await pageOf()).toContain('Merci au gardien');
    city.clock.now = NIGHT;
    await createSweep(city.deps)();
    const page = await pageOf();
    expect(page).not.toContain('Merci au gardien');
    expect(page).toContain('vos réponses ne peuvent plus être retrouvées');
  });
});

describe('a crash while it is cut', () => {
  const answersShown = async () => {
    const { answers } = await exportOf(city.deps);
    const texts = byNature(await textsOf());
    return JSON.stringify([answers.map(({ id_reponse: _, ...row }) => JSON.stringify(row)).sort(), texts]);
  };

  it('at every call, of every kind: no answer lost, none twice, no word lost or twice', async () => {
    const good = await answersShown();
    const start = structuredClone([...db.items]);
    const pseudonyms = [await pseudonymOf(ANNA), await pseudonymOf(BILAL)];
    const attempt = async (faults: Faults): Promise<void> => {
      const instance = { dead: false };
      const other = createTestCity(faultyDb(db, faults, instance), { world });
      for (const pseudonym of pseudonyms)
        try {
          await other.deps.sheets.anonymise('square', pseudonym, () => `secret${++events}aaaaaaaa`);
        } catch (error) {
          if (error instanceof Crash) return;
        }
    };
    city.clock.now = NIGHT;
    const calm: Faults = { count: 0, plan: new Map() };
    await attempt(calm);
    expect(calm.count).toBeGreaterThan(10);
    const wrong: string[] = [];
    let cases = 0;
    for (let at = 0; at < calm.count; at += 1)
      for (const fault of FAULTS)
        for (const second of [undefined, ...FAULTS]) {
          db.items.clear();
          for (const [key, item] of structuredClone(start)) db.items.set(key, item);
          await attempt({ count: 0, plan: new Map([[at, fault]]) });
          const between = await answersShown();
          // The next night's round breaks too, early.
          if (second) await attempt({ count: 0, plan: new Map([[at % 5, second]]) });
          await attempt({ count: 0, plan: new Map() });
          cases += 1;
          const after = await answersShown();
          const done = live().every(({ sk, cut }) => String(sk).startsWith('1-') && cut === undefined);
          if (between !== good || after !== good || !done) wrong.push(`${fault} at ${at}, then ${second}`);
        }
    expect(wrong).toEqual([]);
    console.log(`faults, anonymous: ${cases} cases at ${calm.count} calls, 0 violations`);
  });
});
