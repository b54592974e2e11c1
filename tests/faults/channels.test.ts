/**
 * The same survey on WhatsApp and on Messenger, where replies go out from the outbox: every single fault and many
 * pairs, at every call of the store, the queues and the provider (speed-and-faults.md 3.3: R1). And one survey held by
 * three residents on three channels.
 */
import { describe, expect, it } from 'vitest';
import { FAULTS, type Fault } from './faulty.ts';
import { createNetwork } from './network.ts';
import { answers, judgeBeside, play, SCRIPT, sid } from './whole-survey.ts';

/** Of the pairs one in so many: all of them would take an hour. */
const EVERY = 17;
/** Two minutes each. */
const LOOKS = 8;

describe.each(['whatsapp', 'messenger'] as const)('a whole survey under faults on %s', (channel) => {
  it('no reply lost, none twice, one vote, the right answers', { timeout: 900_000 }, async () => {
    const good = await play(createNetwork({ retries: 5, channel }), LOOKS);
    const judge = judgeBeside(good);
    expect(good.received).toHaveLength(SCRIPT.length);
    expect(answers(good)).toHaveLength(4);
    const reach = good.faults.count + 4;
    const singles = Array.from({ length: reach }, (_, at) =>
      FAULTS.map((fault) => [at, fault] as const),
    ).flat();
    const pairs = singles.flatMap((one, first) =>
      singles
        .filter((two, second) => two[0] > one[0] && (first * 31 + second) % EVERY === 0)
        .map((two) => [one, two]),
    );
    const plans = [...singles.map((one) => [one]), ...pairs].map((each) => new Map<number, Fault>(each));
    const bad: string[] = [];
    for (const plan of plans) {
      const network = await play(createNetwork({ retries: 5, channel, faults: { count: 0, plan } }), LOOKS);
      const verdict = judge(network);
      if (Object.values(verdict).some(Boolean))
        bad.push(`${JSON.stringify([...plan])} ${JSON.stringify(verdict)}`);
    }
    console.log(`faults, ${channel}: ${plans.length} cases at ${reach} calls, ${bad.length} violations`);
    expect(bad.slice(0, 10)).toEqual([]);
  });

  it('a copy that comes later, or a day later, changes nothing and is not answered', async () => {
    const script = SCRIPT.slice(4);
    const whole = createNetwork({ retries: 5, channel });
    for (const [step, body] of script.entries()) await whole.text(body, sid(step));
    let cases = 0;
    for (const later of [0, 1, 2])
      for (const [copied, body] of script.entries())
        for (const hours of [0, 1, 23]) {
          const network = createNetwork({ retries: 5, channel });
          for (const [step, each] of script.entries()) {
            await network.text(each, sid(step));
            if (step === copied + later) {
              network.clock.now = new Date(network.clock.now.getTime() + hours * 3_600_000);
              await network.again(body, sid(copied));
              network.clock.now = new Date(network.clock.now.getTime() - hours * 3_600_000);
            }
          }
          cases += 1;
          expect(network.received, `${later} ${copied} ${hours}`).toEqual(whole.received);
        }
    console.log(`duplicates, later, ${channel}: ${cases} cases, 0 violations`);
  });
});

describe('one survey on three channels', () => {
  it('stores the same values', async () => {
    const all = await Promise.all(
      (['sms', 'whatsapp', 'messenger'] as const).map(async (channel) =>
        answers(await play(createNetwork({ retries: 5, channel }), LOOKS)),
      ),
    );
    expect(all[0]).toHaveLength(4);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
  });
});
