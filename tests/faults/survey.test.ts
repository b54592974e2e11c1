/**
 * A whole survey on the real code, with every single fault, and one pair of faults in so many, at every call of the store,
 * the queue and the provider (speed-and-faults.md 3.3: R1, R10). The counts are printed.
 */
import { describe, expect, it } from 'vitest';
import { FAULTS, type Fault } from './faulty.ts';
import { naive, QUESTIONS } from './naive.ts';
import { createNetwork, FROM } from './network.ts';
import { answers, judgeBeside, play, SCRIPT, sid } from './whole-survey.ts';

const NAIVE_SCRIPT = ['SQUARE', '1', '2', '3', '4', '5'];
/** Two minutes each. */
const LOOKS = 6;

const good = await play(createNetwork({ retries: 5 }), LOOKS);
const expectedTexts = [...good.received];
const expectedAnswers = answers(good);
const calls = good.faults.count;

const judge = judgeBeside(good);

/** All pairs would take ten minutes, since an instance reads visits, lives and lists before its first turn. */
const EVERY = 5;

const plans = (upTo: number, every = 1): Map<number, Fault>[] => {
  const singles = Array.from({ length: upTo }, (_, at) => FAULTS.map((fault) => [at, fault] as const)).flat();
  const pairs = singles.flatMap((one, first) =>
    singles
      .filter((two, second) => two[0] > one[0] && (first * 31 + second) % every === 0)
      .map((two) => new Map([one, two])),
  );
  return [...singles.map((one) => new Map([one])), ...pairs];
};

/** Retries make a run longer than the faultless one: pairs reach a little beyond it. */
const REACH = calls + 4;

describe('a whole survey under faults', () => {
  it('goes well without any', () => {
    expect(expectedTexts).toHaveLength(SCRIPT.length);
    expect(expectedAnswers).toHaveLength(4);
    expect(new Set(expectedTexts).size).toBe(SCRIPT.length);
  });

  it('with five retries of the provider: no reply lost, none twice, one vote, the right answers', {
    timeout: 900_000,
  }, async () => {
    const bad: string[] = [];
    const all = plans(REACH, EVERY);
    for (const plan of all) {
      const network = await play(createNetwork({ retries: 5, faults: { count: 0, plan } }), LOOKS);
      const verdict = judge(network);
      if (Object.values(verdict).some(Boolean))
        bad.push(`${JSON.stringify([...plan])} ${JSON.stringify(verdict)}`);
    }
    console.log(
      `faults, survey path, 5 retries: ${all.length} cases at ${REACH} calls, ${bad.length} violations`,
    );
    expect(all.length).toBeGreaterThanOrEqual(10_000);
    expect(bad.slice(0, 10)).toEqual([]);
  });

  it('without retries: what the provider gave up on is lost, but nothing is said twice or counted twice', {
    timeout: 300_000,
  }, async () => {
    const bad: string[] = [];
    let lost = 0;
    const all = plans(REACH, 5 * EVERY);
    for (const plan of all) {
      const network = await play(createNetwork({ retries: 0, faults: { count: 0, plan } }), LOOKS);
      if (network.lost.length > 0) lost += 1;
      const { votes } = judge(network);
      const repeated = network.lost.length === 0 && judge(network).twice;
      if (votes || repeated) bad.push(JSON.stringify([...plan]));
    }
    console.log(
      `faults, survey path, 0 retries: ${all.length} cases, ${bad.length} violations, ${lost} with a message the provider gave up on`,
    );
    expect(bad.slice(0, 10)).toEqual([]);
  });

  it('the naive twin is caught in at least half of the same cases', { timeout: 300_000 }, async () => {
    const whole = createNetwork({ retries: 5, handler: naive });
    for (const [step, body] of NAIVE_SCRIPT.entries()) await whole.text(body, sid(step));
    expect(whole.received).toEqual(QUESTIONS);
    const all = plans(whole.faults.count);
    let caught = 0;
    for (const plan of all) {
      const network = createNetwork({ retries: 5, handler: naive, faults: { count: 0, plan } });
      for (const [step, body] of NAIVE_SCRIPT.entries()) await network.text(body, sid(step));
      const votes = [...network.db.items.values()].filter((item) => item.pk === `votes#${FROM}`);
      const right =
        votes.length === 5 && votes.every((vote) => String(vote.sk).startsWith(`${vote.answer}#`));
      if (!right || JSON.stringify(network.received) !== JSON.stringify(QUESTIONS)) caught += 1;
    }
    console.log(
      `faults, naive twin: ${all.length} cases, ${caught} caught (${Math.round((100 * caught) / all.length)} %)`,
    );
    expect(caught / all.length).toBeGreaterThanOrEqual(0.5);
  });
});
