/**
 * The same survey on WhatsApp and on Messenger, where replies go out from the outbox: every single fault and many
 * pairs, at every call of the store, the queues and the provider (speed-and-faults.md 3.3: R1). And one survey held by
 * three residents on three channels.
 */
import { describe, expect, it } from 'vitest';
import { FAULTS, type Fault } from './faulty.ts';
import { createNetwork, type Network } from './network.ts';

const SCRIPT = [
  'CHENE A12',
  'oui',
  '1',
  '4',
  'SQUARE',
  '1',
  '3 parfois',
  '1 6',
  'des toilettes',
  'deux',
  'Merci à vous',
];
/** Of the pairs one in so many: all of them would take an hour. */
const EVERY = 17;
const id = (step: number): string => `SM${String(step).padStart(32, '0')}`;

async function play(network: Network): Promise<Network> {
  for (const [step, body] of SCRIPT.entries()) await network.text(body, id(step));
  // What a crash left behind is looked at within minutes.
  for (let minute = 0; minute < 8; minute += 1) await network.wait(120);
  return network;
}

const sheets = (network: Network) =>
  [...network.db.items.values()].filter((item) => String(item.pk).startsWith('answers#square#'));
/** What was answered, without when and by which message. */
const answers = (network: Network): string[] =>
  sheets(network).flatMap((item) =>
    Object.entries(item.answers as Record<string, string>).map(([question, text]) => {
      const { v, c, o, r, x, m } = JSON.parse(text);
      return JSON.stringify({ question, v, c, o, r, x, m });
    }),
  );

describe.each(['whatsapp', 'messenger'] as const)('a whole survey under faults on %s', (channel) => {
  it('no reply lost, none twice, one vote, the right answers', { timeout: 900_000 }, async () => {
    const good = await play(createNetwork({ retries: 5, channel }));
    const expected = [...good.received];
    const wanted = answers(good);
    expect(expected).toHaveLength(SCRIPT.length);
    expect(wanted).toHaveLength(4);
    const times = (texts: string[], text: string): number => texts.filter((each) => each === text).length;
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
      const network = await play(createNetwork({ retries: 5, channel, faults: { count: 0, plan } }));
      const { received } = network;
      const lost = expected.some((text) => times(received, text) < times(expected, text));
      const twice = received.some((text) => times(received, text) > times(expected, text));
      const votes = sheets(network).length > 1;
      const other = JSON.stringify(answers(network)) !== JSON.stringify(wanted);
      if (lost || twice || votes || other)
        bad.push(`${JSON.stringify([...plan])} ${JSON.stringify({ lost, twice, votes, other })}`);
    }
    console.log(`faults, ${channel}: ${plans.length} cases at ${reach} calls, ${bad.length} violations`);
    expect(bad.slice(0, 10)).toEqual([]);
  });

  it('a copy that comes later, or a day later, changes nothing and is not answered', async () => {
    const script = SCRIPT.slice(4);
    const whole = createNetwork({ retries: 5, channel });
    for (const [step, body] of script.entries()) await whole.text(body, id(step));
    let cases = 0;
    for (const later of [0, 1, 2])
      for (const [copied, body] of script.entries())
        for (const hours of [0, 1, 23]) {
          const network = createNetwork({ retries: 5, channel });
          for (const [step, each] of script.entries()) {
            await network.text(each, id(step));
            if (step === copied + later) {
              network.clock.now = new Date(network.clock.now.getTime() + hours * 3_600_000);
              await network.again(body, id(copied));
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
        answers(await play(createNetwork({ retries: 5, channel }))),
      ),
    );
    expect(all[0]).toHaveLength(4);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
  });
});
