/**
 * Two hundred residents answer a survey of twelve questions on three channels in five languages, as a town does: all at
 * once, each in their own way. What is stored and exported is held against a reckoning by hand that knows nothing of
 * our formulas (issue 6, must show 3).
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { sms } from '../../conversations/shape.ts';
import { create as createRemind } from '../../functions/remind.ts';
import { exportOf, type Rows, undo } from '../support/exported.ts';
import { LANGUAGES, twelve } from '../support/twelve.ts';
import { type Life, live, type Talk } from './life.ts';
import { addressOf, createTown, type Message, type Received, type Town } from './phone.ts';
import { plans, RESIDENTS } from './plans.ts';
import { CODED, rowOf } from './rows.ts';
import { ORDER, wayOf } from './way.ts';

interface Resident {
  life: Life;
  talk: Talk<void>;
  name: string;
  next?: Message;
}

const MINUTE = 60_000;
let town: Town;
let residents: Resident[];
let sent = 0;
/** Two messages to one question of theirs, or none. */
const wrong: string[] = [];
let longest = { parts: 0, text: '' };
let first: Awaited<ReturnType<typeof exportOf>>;

const nameOf = ({ plan }: Life): string =>
  plan.channel === 'messenger'
    ? String(700_000 + plan.index)
    : `+3363998${String(plan.index).padStart(4, '0')}`;

const settled = (talk: Talk<void>, reply?: Received): Message | undefined => {
  const step = reply ? talk.next(reply) : talk.next();
  return step.done ? undefined : step.value;
};

async function speak(resident: Resident): Promise<void> {
  const { life, name, next } = resident;
  if (!next) return;
  const { channel } = life.plan;
  const inbox = town.inbox(addressOf(channel, name));
  const before = inbox.length;
  await town.send(channel, name, next);
  sent += 1;
  if (inbox.length !== before + 1)
    wrong.push(`resident ${life.plan.index}: ${inbox.length - before} replies to ${JSON.stringify(next)}`);
  const reply = inbox.at(-1) as Received;
  if (channel === 'sms' && life.plan.tongue === 'fr') {
    const { parts } = sms(reply.text);
    if (parts > longest.parts) longest = { parts, text: reply.text };
  }
  resident.next = settled(resident.talk, reply);
}

/** Time passes; what is due goes out. */
async function pass(minutes: number): Promise<void> {
  town.city.clock.now = new Date(town.city.clock.now.getTime() + minutes * MINUTE);
  await createRemind(town.city.deps)();
  await town.deliverAll();
}

beforeAll(async () => {
  town = createTown();
  residents = plans().map((plan) => {
    const seen = { asked: 0, checked: 0, refused: 0, again: 0, tapped: 0, corrected: 0, amended: 0 };
    const life: Life = { plan, given: {}, began: false, seen };
    const talk = live(life);
    const next = settled(talk);
    return { life, talk, name: nameOf(life), ...(next && { next }) };
  });
  // Everyone says one thing, then three minutes pass: longer than what still joins the answer before.
  while (residents.some(({ next }) => next)) {
    for (const resident of residents) await speak(resident);
    await pass(3);
  }
  first = await exportOf(town.city.deps, twelve.key);
}, 120_000);

const began = (): Life[] => residents.map(({ life }) => life).filter((life) => life.began);

/** The rows of the export by resident. */
async function byResident(answers: Rows): Promise<Map<Life, Rows[number]>> {
  const { deps } = town.city;
  const found = new Map<Life, Rows[number]>();
  for (const { life, name } of residents) {
    const item = await deps.turns.find(deps.hashes.address(addressOf(life.plan.channel, name)));
    const pseudonym = item && deps.hashes.pseudonym(item.session.id, twelve.key);
    const row = answers.find((each) => undo(each.id_participant ?? '') === pseudonym);
    if (row) found.set(life, row);
  }
  return found;
}

async function holds(answers: Rows): Promise<void> {
  const rows = await byResident(answers);
  const indexes = (lives: Iterable<Life>): number[] => [...lives].map(({ plan }) => plan.index);
  expect(indexes(rows.keys())).toEqual(indexes(began()));
  for (const [life, row] of rows) {
    const wanted = rowOf(life);
    const got = Object.fromEntries(
      Object.keys(wanted).map((name) => [name, undo(row[name] ?? '(no column)')]),
    );
    expect(got, `resident ${life.plan.index} (${life.plan.channel}, ${life.plan.tongue})`).toEqual(wanted);
  }
}

describe('two hundred residents', () => {
  it('are enough: every channel in every language, every way to answer, every way to end', () => {
    expect(residents).toHaveLength(RESIDENTS);
    const lives = residents.map(({ life }) => life);
    const count = (of: (life: Life) => unknown): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const life of lives) counts[String(of(life))] = (counts[String(of(life))] ?? 0) + 1;
      return counts;
    };
    const where = count(({ plan }) => `${plan.channel} ${plan.tongue}`);
    expect(Object.keys(where)).toHaveLength(3 * LANGUAGES.length);
    const ends = count(({ end }) => end);
    expect(Object.keys(ends).sort()).toEqual(['declined', 'done', 'looking', 'open', 'stopped']);
    const seen = (key: keyof Life['seen']): number => lives.reduce((sum, life) => sum + life.seen[key], 0);
    const counts = Object.fromEntries(
      (['asked', 'checked', 'refused', 'again', 'tapped', 'corrected', 'amended'] as const).map((key) => [
        key,
        seen(key),
      ]),
    );
    for (const [key, number] of Object.entries(counts)) expect(number, key).toBeGreaterThan(10);
    for (const id of ORDER) {
      const outcomes = lives.map(({ given }) => given[id]);
      const told = (what: 'v' | 'skip' | 'unknown'): number =>
        outcomes.filter((each) => each && ('v' in each ? what === 'v' : each.m === what)).length;
      expect(told('v'), id).toBeGreaterThan(10);
      if (id !== 'foyer' && id !== 'pourquoi' && id !== 'lieu')
        expect(told('unknown'), id).toBeGreaterThan(0);
    }
    console.info(JSON.stringify({ sent, ends, counts, longest, where }));
  });

  it('each get one reply to each message', () => {
    expect(wrong).toEqual([]);
  });

  it('have in the store what they meant, and what they did not say', async () => {
    const { deps } = town.city;
    for (const { life, name } of residents) {
      const item = await deps.turns.find(deps.hashes.address(addressOf(life.plan.channel, name)));
      const session = item?.session;
      const sheet =
        session && (await deps.sheets.find(twelve.key, deps.hashes.pseudonym(session.id, twelve.key)));
      const about = `resident ${life.plan.index}`;
      if (life.end === 'open' || life.end === 'looking') expect(session?.survey?.key, about).toBe(twelve.key);
      else expect(sheet?.end, about).toBe(life.end === 'declined' ? undefined : life.end);
      const { counts } = wayOf(life.given);
      const stored = sheet?.answers ?? session?.survey?.answers ?? {};
      const wanted = sheet ? counts : life.given;
      const bare = Object.fromEntries(
        Object.entries(stored).map(([id, { v, m, o, d }]) => [
          id,
          { ...(v !== undefined && { v }), ...(m && { m }), ...(o !== undefined && { o }), ...(d && { d }) },
        ]),
      );
      // A correction of what is over is kept as it is said; what it rules out is left to the export.
      if (life.seen.amended === 0) expect(bare, about).toEqual(wanted);
      else
        for (const [id, outcome] of Object.entries(wanted))
          expect(bare[id], `${about}, ${id}`).toEqual(outcome);
    }
  });

  it('stand in the export with every value and the right code for every gap', async () => {
    await holds(first.answers);
  });
});

describe('the codebook', () => {
  it('has every column of the answers, in their order, and no other', () => {
    expect(first.codebook.map(({ variable }) => variable)).toEqual(Object.keys(first.answers[0] as object));
  });

  it('counts what the reckoning by hand counts, and its counts add up', () => {
    const rows = began().map(rowOf);
    const gaps = { n_passe: '-1', n_non_pose: '-2', n_incompris: '-3', n_abandon: '-4', n_efface: '-5' };
    for (const line of first.codebook) {
      const name = line.variable as string;
      if (!CODED.includes(name)) {
        expect(line.n_repondu, name).toBe('');
        continue;
      }
      const cells = rows.map((row) => row[name] as string);
      const wanted = Object.fromEntries(
        Object.entries(gaps).map(([count, code]) => [count, cells.filter((cell) => cell === code).length]),
      );
      const got = Object.fromEntries(Object.keys(gaps).map((count) => [count, Number(line[count])]));
      expect(got, name).toEqual(wanted);
      const all = Number(line.n_repondu) + Object.values(got).reduce((sum, number) => sum + number, 0);
      expect(all, name).toBe(first.answers.length);
    }
    expect(
      first.codebook.filter(({ n_repondu }) => n_repondu !== '').map(({ variable }) => variable),
    ).toEqual(CODED);
  });

  it('knows every code that stands in the answers', () => {
    for (const line of first.codebook) {
      const codes = new Set(
        undo(line.codes as string)
          .split('|')
          .filter(Boolean),
      );
      if (codes.size === 0) continue;
      expect((line.libelles as string).split('|')).toHaveLength(codes.size);
      // Beside the gaps there are codes only where an answer is one of a list.
      const listed = [...codes].some((code) => Number(code) >= 0);
      for (const row of first.answers) {
        const cell = row[line.variable as string] as string;
        if (listed || /^-\d$/.test(cell)) expect(codes, `${line.variable} = ${cell}`).toContain(cell);
      }
    }
  });

  it('says each question in five languages, its type, and when it is asked', () => {
    for (const line of first.codebook.filter(({ variable }) => /^q\d/.test(variable as string))) {
      const question = twelve.questions.find(({ id }) => id === line.nom);
      if (!question || !('text' in question)) throw new Error(`${line.variable} names no question`);
      for (const language of LANGUAGES)
        expect(line[`question_${language}`], `${line.variable}, ${language}`).toContain(
          question.text[language],
        );
      expect(line.type).not.toBe('');
    }
    const conditions = Object.fromEntries(
      first.codebook.map(({ variable, condition }) => [variable, condition]),
    );
    expect(conditions.q1).toBe('');
    expect(conditions.q3).toBe("${secteur} != 'ailleurs'");
    expect(conditions.q4).toContain('${foyer} > 1');
    expect(conditions.q7_pied).toBe('count-selected(${moyens}) >= 2');
    expect(conditions.q10_texte).toBe('${avis} <= 2');
    const calculated = first.codebook.find(({ variable }) => variable === 'c1');
    expect(calculated).toMatchObject({
      nom: 'adultes',
      question_fr: "${foyer} - if(${enfants} = '', 0, ${enfants})",
    });
  });
});

describe('eight days later', () => {
  it('who had stopped on the way was reminded once; the codes are the same, and nobody is open', async () => {
    const before = new Map(
      residents.map(({ life, name }) => [life, town.inbox(addressOf(life.plan.channel, name)).length]),
    );
    for (let hour = 0; hour < 8 * 24; hour += 1) await pass(60);
    for (const { life, name } of residents) {
      const more = town.inbox(addressOf(life.plan.channel, name)).slice(before.get(life));
      expect(more.length, `resident ${life.plan.index}, ${life.end}`).toBe(
        life.end === 'open' || life.end === 'looking' ? 1 : 0,
      );
      const item = await town.city.deps.turns.find(
        town.city.deps.hashes.address(addressOf(life.plan.channel, name)),
      );
      expect(item?.session.survey).toBeUndefined();
    }
    const later = await exportOf(town.city.deps, twelve.key);
    await holds(later.answers);
    const counts = (codebook: Rows) =>
      codebook.map(({ variable, n_non_pose, n_abandon }) => [variable, n_non_pose, n_abandon]);
    expect(counts(later.codebook)).toEqual(counts(first.codebook));
  });
});
