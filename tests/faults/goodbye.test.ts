/** EFFACER under every single fault and every pair: the goodbye comes once on each channel, and nothing is left. */
import { describe, expect, it } from 'vitest';
import { FAULTS, type Fault } from './faulty.ts';
import { createNetwork } from './network.ts';
import { sid } from './whole-survey.ts';

/** Of the pairs one in so many; all 30,000 were tried once. */
const EVERY = 7;
/** Two minutes each. */
const LOOKS = 8;

describe.each(['sms', 'whatsapp', 'messenger'] as const)('EFFACER under faults on %s', (channel) => {
  const erased = async (plan: Map<number, Fault>) => {
    const network = createNetwork({ retries: 5, channel });
    await network.text('EFFACER', sid(0));
    const begun = network.faults.count;
    for (const [at, fault] of plan) network.faults.plan.set(begun + at, fault);
    await network.text('1', sid(1));
    for (let look = 0; look < LOOKS; look += 1) await network.wait(120);
    return { said: network.received, reach: network.faults.count - begun, db: network.db };
  };

  it('one goodbye, no address left', { timeout: 300_000 }, async () => {
    const whole = await erased(new Map());
    expect(whole.said).toHaveLength(2);
    const bad: string[] = [];
    let cases = 0;
    const judge = async (...faults: [number, Fault][]): Promise<void> => {
      cases += 1;
      const { said, db } = await erased(new Map(faults));
      const [item] = [...db.items.values()].filter(({ sk }) => sk === 'turn');
      if (said.length !== 2 || item?.a !== undefined) bad.push(JSON.stringify(faults));
    };
    const singles = Array.from({ length: whole.reach + 4 }, (_, at) =>
      FAULTS.map((fault): [number, Fault] => [at, fault]),
    ).flat();
    for (const one of singles) await judge(one);
    const pairs = singles.flatMap((one, first) =>
      singles
        .filter((two, second) => two[0] > one[0] && (first * 31 + second) % EVERY === 0)
        .map((two) => [one, two] as const),
    );
    for (const pair of pairs) await judge(...pair);
    console.log(`goodbye, ${channel}: ${whole.reach} calls, ${cases} cases, ${bad.length} violations`);
    expect(bad.slice(0, 10)).toEqual([]);
  });
});
