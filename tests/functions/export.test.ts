/** The export of a survey: real stores on dynalite, sheets and conversations as they come, files read back. */
import { Readable } from 'node:stream';
import { waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import exceljs from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, AnswerSheet } from '../../conversations/events.ts';
import { MissingRevision, UnknownSurvey } from '../../functions/runtime/export-survey.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createDb } from '../../functions/store/db.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { createTestCity, type TestCity } from '../support/city.ts';
import { exportOf, readCsv, undo } from '../support/exported.ts';
import { twoRevisions } from '../support/two-revisions.ts';

let store: Store;
let city: TestCity;
beforeAll(async () => {
  store = await openStore();
  await waitUntilTableExists(
    { client: store.client, maxWaitTime: 10, minDelay: 1 },
    { TableName: store.table },
  );
});
afterAll(() => store.close());
beforeEach(() => {
  // Pages of two: an export reads many.
  const db = createDb(store.client, store.table, 2);
  city = createTestCity(db);
  return async () => {
    for await (const { pk, sk } of db.scan()) await db.delete({ pk: String(pk), sk: String(sk) });
  };
});

const ANNA = 'sms:+33639980001';
const BILAL = 'sms:+33639980002';
let events = 0;

async function say(address: string, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    const event = { type: 'said', id: `e${++events}`, channel: 'sms', text } as const;
    await takeTurn(city.deps, address, event, 'response');
    city.clock.now = new Date(city.clock.now.getTime() + 10_000);
  }
}

const sheet = (answers: Record<string, Answer>, more: Partial<AnswerSheet> = {}): AnswerSheet => ({
  survey: 'square',
  revision: 1,
  end: 'done',
  channel: 'sms',
  language: 'fr',
  mode: 'mot-clé',
  started: '2026-11-23T09:00:00.000Z',
  ended: '2026-11-23T09:03:10.000Z',
  reminders: 0,
  answers,
  ...more,
});
const record = (who: string, one: AnswerSheet, version = 1) =>
  city.deps.sheets.record(city.deps.hashes.pseudonym(who, one.survey), one, version);

const FACTS =
  'id_reponse;id_participant;sondage;version;canal;langue;mode;source;quartier;qpv;tranche_age;debut;fin;duree_s;termine;nb_relances';

describe('the files of a survey', () => {
  it('hold a finished conversation, column by column', async () => {
    await say(ANNA, 'CHENE A12', 'oui', '1', '4', 'SQUARE', '1', '3 parfois le dimanche', '1,3 et 6');
    await say(ANNA, 'des toilettes publiques', 'deux', "Il faut que le gardien reste jusqu'à 20h");
    const { files, rows, texts, answers } = await exportOf(city.deps);
    expect(files).toEqual([
      '2026-11_square_reponses.csv',
      '2026-11_square_codebook.csv',
      '2026-11_square_rappels.csv',
    ]);
    expect(rows).toBe(1);
    const text = texts['2026-11_square_reponses.csv'] as string;
    expect(text.split('\r\n')[0]).toBe(
      `\ufeff${FACTS};q1;q1_libelle;q1_commentaire;q1_brut;q2_jeux;q2_bancs;q2_eclairage;q2_fleurs;q2_sport;q2_autre;q2_autre_texte;q2_commentaire;q2_brut;q3;q3_commentaire;q3_brut;q4_texte;q4_langue_origine;q4_traduction;q4_incompris;poids`,
    );
    const resident = (await city.deps.turns.find(city.deps.hashes.address(ANNA)))?.session.id as string;
    expect(answers).toEqual([
      expect.objectContaining({
        id_reponse: expect.stringMatching(/^R-[a-z0-9]{10}$/),
        sondage: 'square',
        version: '1',
        canal: 'sms',
        langue: 'fr',
        quartier: 'Chêne Pointu',
        qpv: '',
        tranche_age: '25-59',
        debut: '23/11/2026 10:00',
        fin: '23/11/2026 10:01',
        duree_s: '60',
        termine: 'oui',
        nb_relances: '0',
        q1: '3',
        q1_libelle: 'parfois',
        q1_commentaire: 'parfois le dimanche',
        q1_brut: '3 parfois le dimanche',
        q2_jeux: '1',
        q2_bancs: '0',
        q2_eclairage: '1',
        q2_autre: '1',
        q2_autre_texte: 'des toilettes publiques',
        q3: '2',
        q3_brut: 'deux',
        q4_texte: "Il faut que le gardien reste jusqu'à 20h",
        q4_langue_origine: '',
        poids: '1',
      }),
    ]);
    expect(undo(answers[0]?.id_participant ?? '')).toBe(city.deps.hashes.pseudonym(resident, 'square'));
    expect(Object.values(texts).join('')).not.toContain('33639980001');
  });

  it('hold a survey nobody has answered', async () => {
    const { rows, answers, codebook, calls } = await exportOf(city.deps);
    expect([rows, answers, calls]).toEqual([0, [], []]);
    expect(codebook.find(({ variable }) => variable === 'q1')?.n_repondu).toBe('0');
  });

  it('are named by the month in Paris', async () => {
    city.clock.now = new Date('2026-12-31T23:30:00.000Z');
    expect((await exportOf(city.deps)).files[0]).toBe('2027-01_square_reponses.csv');
  });

  it('line up in a spreadsheet', async () => {
    await record('a', sheet({ mot: { v: 'un; "deux"\r\ntrois,\nquatre', t: 1 } }, { source: '=A1;B1' }));
    await record('b', sheet({ frequence: { v: 2, t: 1 }, mot: { v: 'شكرا; 😀', t: 1 } }));
    const { texts } = await exportOf(city.deps);
    for (const text of Object.values(texts)) {
      const expected = readCsv(text.slice(1));
      const parserOptions = { delimiter: ';', quote: '"', escape: '"' };
      const page = await new exceljs.Workbook().csv.read(Readable.from([text]), {
        parserOptions,
        map: (value) => value,
      });
      const cells = expected.map((cellsOf, row) =>
        cellsOf.map((_, column) => page.getRow(row + 1).getCell(column + 1).text),
      );
      expect(cells).toEqual(expected);
    }
  });

  it.each([
    ['a formula', '=1+1'],
    ['a link', '=HYPERLINK("http://x.example";"y")'],
    ['a phone number', '+33639980003'],
    ['an at sign', '@x'],
    ['a minus', '-x'],
    ['a text that looks like a code', '-1'],
    ['a tab', '\t=1'],
    ['a tab alone', '\tx'],
    ['a carriage return', '\rx'],
    ['a line feed', '\n=1'],
    ['a full-width equals sign', '＝1'],
    ['a full-width plus', '＋1'],
    ['leading spaces', '   =1'],
    ['a no-break space', '\u00a0@x'],
    ['a mark of direction', '\u200f=1'],
    ['an apostrophe of its own', "'=1"],
    ['two apostrophes', "''+1"],
  ])('make %s inert, and it can be told what was written', async (_what, hostile) => {
    const answers = {
      frequence: { v: 1, c: hostile, r: hostile, t: 1 },
      priorites: { v: [6], o: hostile, t: 1 },
      mot: { v: hostile, l: 'fr', x: [hostile], t: 1 },
    };
    await record('a', sheet(answers, { source: hostile, quartier: hostile }));
    const { answers: rows } = await exportOf(city.deps);
    const names = ['q1_commentaire', 'q1_brut', 'q2_autre_texte', 'q4_texte', 'q4_incompris'];
    for (const name of [...names, 'source', 'quartier']) {
      expect(rows[0]?.[name]).toBe(`'${hostile}`);
      expect(undo(rows[0]?.[name] ?? '')).toBe(hostile);
    }
  });

  it.each([
    ['quotes', '"a";b'],
    ['line breaks', 'un\ndeux\r\ntrois\rquatre\n=1'],
    ['emoji', '👨‍👩‍👧 😀'],
    ['Arabic', 'نعم، شكرا'],
    ['an apostrophe', "'bonjour'"],
    ['a sign inside', 'a=1'],
  ])('leave %s as written', async (_what, text) => {
    await record('a', sheet({ mot: { v: text, t: 1 } }));
    expect((await exportOf(city.deps)).answers[0]?.q4_texte).toBe(text);
  });

  it('say why an answer is missing', async () => {
    const all: Record<string, Answer> = {
      frequence: { m: 'skip', t: 1 },
      priorites: { m: 'unknown', x: ['nickel', '=7'], t: 1 },
      mot: { m: 'erased', t: 1 },
    };
    const gaps: [string, Partial<AnswerSheet>, string[]][] = [
      ['finished', {}, ['-1', '-3', '-3', '-2', '-5', 'oui']],
      ['expired', { end: 'expired' }, ['-1', '-3', '-3', '-4', '-5', 'non']],
      ['stopped', { end: 'stopped' }, ['-1', '-3', '-3', '-4', '-5', 'non']],
      ['erased', { end: 'erased' }, ['-1', '-3', '-3', '-4', '-5', 'non']],
    ];
    for (const [who, more] of gaps) await record(who, sheet(all, { source: who, ...more }));
    const { answers, codebook } = await exportOf(city.deps);
    for (const [who, , expected] of gaps) {
      const row = answers.find(({ source }) => source === who) ?? {};
      const { q1, q2_jeux, q2_autre, q3, q4_texte, termine, ...rest } = row;
      expect([who, q1, q2_jeux, q2_autre, q3, q4_texte, termine]).toEqual([who, ...expected]);
      expect(rest).toMatchObject({ q1_libelle: '', q1_brut: '', q2_brut: 'nickel | =7', q4_incompris: '' });
    }
    expect(codebook.find(({ variable }) => variable === 'q3')).toMatchObject({
      question_fr: 'Le soir, vous sentez-vous en sécurité au square?',
      question_en: 'In the evening, do you feel safe at the square?',
      type: 'échelle',
      codes: '1|2|3|4|5|-1|-2|-3|-4|-5',
      libelles: expect.stringMatching(/^pas du tout\|2\|3\|4\|tout à fait\|passé\|non posé\|/),
      condition: '',
      n_repondu: '0',
      n_non_pose: '1',
      n_abandon: '3',
    });
  });

  it('explain every column', async () => {
    const { texts, codebook } = await exportOf(city.deps);
    const header = (texts['2026-11_square_reponses.csv'] as string).slice(1).split('\r\n')[0]?.split(';');
    expect(codebook.map(({ variable }) => variable)).toEqual(header);
    expect(codebook.every(({ question_fr, type }) => question_fr && type)).toBe(true);
  });

  it('name the surveys there are', async () => {
    const refused = exportOf(city.deps, 'squar');
    await expect(refused).rejects.toBeInstanceOf(UnknownSurvey);
    await expect(refused).rejects.toMatchObject({ survey: 'squar', known: ['square', 'repas'] });
  });

  it('are refused where a revision has no definition', async () => {
    await record('a', sheet({}, { revision: 7 }));
    const refused = exportOf(city.deps);
    await expect(refused).rejects.toBeInstanceOf(MissingRevision);
    await expect(refused).rejects.toMatchObject({ survey: 'square', revision: 7 });
  });
});

describe('open sessions', () => {
  it('are rows as far as they go', async () => {
    await say(ANNA, 'SQUARE', '1', '2');
    await say(BILAL, 'SQUARE');
    const { answers, rows } = await exportOf(city.deps);
    expect(rows).toBe(1);
    expect(answers[0]).toMatchObject({ q1: '2', q2_jeux: '-4', q3: '-4', q4_texte: '-4', termine: 'non' });
    expect(answers[0]).toMatchObject({ fin: '', duree_s: '', poids: '1', langue: 'fr', mode: 'mot-clé' });
  });

  it('stand instead of the sheet of an earlier time', async () => {
    await say(ANNA, 'SQUARE', '1', '2', '1');
    city.clock.now = new Date('2026-12-02T09:00:00.000Z');
    await say(ANNA, 'bonjour', 'SQUARE');
    const expired = await exportOf(city.deps);
    expect(expired.answers).toEqual([expect.objectContaining({ q1: '2', q2_jeux: '1', q3: '-4' })]);
    await say(ANNA, '1', '4');
    const { answers } = await exportOf(city.deps);
    expect(answers).toEqual([expect.objectContaining({ q1: '4', q2_jeux: '1', debut: '02/12/2026 10:00' })]);
    expect(answers[0]?.id_participant).toBe(expired.answers[0]?.id_participant);
    expect(answers[0]?.id_reponse).not.toBe(expired.answers[0]?.id_reponse);
  });
});

describe('the call list', () => {
  it('is the one file with numbers, inert, without those who are gone', async () => {
    await say(ANNA, 'CHENE', 'oui', '1', '4', 'RAPPEL');
    await say(BILAL, 'RAPPEL', 'EFFACER', '1');
    const { calls, texts } = await exportOf(city.deps);
    expect(calls).toEqual([
      {
        date: '23/11/2026 10:00',
        rappel_promis: '24/11/2026 9h-12h',
        langue: 'fr',
        quartier: 'Chêne Pointu',
        telephone: "'+33639980001",
        motif: 'a demandé à être rappelé',
      },
    ]);
    const [answers, codebook] = Object.values(texts);
    expect(`${answers}${codebook}`).not.toContain('3363998');
  });

  it('drops what has outlived its time before it is swept', async () => {
    await say(ANNA, 'CHENE', 'oui', '1', '4', 'RAPPEL');
    city.clock.now = new Date('2027-02-22T09:00:00.000Z');
    expect((await exportOf(city.deps)).calls).toEqual([]);
  });
});

describe('a survey of two revisions', () => {
  beforeEach(() => {
    city.deps.world = twoRevisions;
  });
  const of = (answers: Record<string, Answer>, more: Partial<AnswerSheet> = {}) =>
    sheet(answers, { survey: 'parc', ...more });

  it('has one set of columns, by the ids of questions and options', async () => {
    await record(
      'first',
      of({
        frequence: { v: 2, t: 1 },
        priorites: { v: [1, 3], o: 'un banc', t: 2 },
        note: { v: 9, t: 3 },
        ancien: { v: 'avant', t: 4 },
      }),
    );
    await record(
      'second',
      of(
        {
          frequence: { v: 1, t: 1 },
          priorites: { v: [3], t: 2 },
          note: { v: 4, t: 3 },
          temperature: { v: -4.5, t: 4 },
          venir: { v: false, t: 5 },
        },
        { revision: 2 },
      ),
    );
    const { answers, codebook } = await exportOf(city.deps, 'parc');
    const byRevision = (revision: string) => answers.find(({ version }) => version === revision);
    // r1: jour, semaine, jamais; r2: jamais, jour, mois, and semaine keeps a code after them.
    expect(byRevision('1')).toMatchObject({ q1: '4', q1_libelle: 'chaque semaine' });
    expect(byRevision('2')).toMatchObject({ q1: '1', q1_libelle: 'jamais' });
    // Nobody offered "jeux" to who answered r1, nor "autre" to who answered r2.
    expect(byRevision('1')).toMatchObject({ q2_bancs: '1', q2_fleurs: '0', q2_jeux: '-2', q2_autre: '1' });
    expect(byRevision('2')).toMatchObject({ q2_bancs: '0', q2_fleurs: '0', q2_jeux: '1', q2_autre: '-2' });
    // Another scale is another question, and what the latest revision dropped comes after it.
    expect(byRevision('1')).toMatchObject({ q3: '-2', q4: '-2', q5: '-2', q6: '9', q7_texte: 'avant' });
    expect(byRevision('2')).toMatchObject({ q3: '4', q4: '-4,5', q5: '0', q6: '-2', q7_texte: '-2' });
    const book = Object.fromEntries(codebook.map((row) => [row.variable, row]));
    expect(book.q1?.libelles).toMatch(/^jamais\|tous les jours\|chaque mois\|chaque semaine\|passé/);
    expect(book.q7_texte?.question_fr).toBe('Avant? (question retirée après la révision 1)');
  });

  it('is refused where a revision was changed after it was sent out', async () => {
    await record('a', of({ frequence: { v: 8, t: 1 } }));
    await expect(exportOf(city.deps, 'parc')).rejects.toMatchObject({
      name: 'ChangedRevision',
      ...{ survey: 'parc', revision: 1, question: 'frequence' },
    });
  });
});
