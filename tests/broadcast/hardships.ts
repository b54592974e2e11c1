/**
 * An announcement through hard times, of any size: a store that throttles for a minute (R6), workers whose clocks are wrong
 * and that die (R9). In CI by `hardships.test.ts`, with a thousand residents by `npm run bench -- hardships`.
 */
import { nextPermitted } from '../../conversations/hours.ts';
import { announcing } from '../../functions/runtime/announcing.ts';
import { localWorld } from '../../infra/local/city.ts';
import type { Fault, Faults } from '../faults/faulty.ts';
import { createFan, type Fan, MINUTE, phoneOf, statesIn } from './fan.ts';

const SECOND = 1000;
const PLENTY = 1_000_000;
/** Milliseconds. */
export const MOST_SKEW = 5 * MINUTE;
const { city } = localWorld();

export interface Survived {
  /** What is wrong, a line each; empty where all is right. */
  wrong: string[];
  faults: number;
  /** Milliseconds from the first message to the last. */
  took: number;
}

/** A fault may depend on when it is, and on luck. */
class Plan extends Map<number, Fault> {
  met = 0;
  readonly #fault: () => Fault | undefined;
  constructor(fault: () => Fault | undefined) {
    super();
    this.#fault = fault;
  }
  override get(): Fault | undefined {
    const fault = this.#fault();
    if (fault) this.met += 1;
    return fault;
  }
}

export const randomFrom = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

/** The store refuses this share of all calls for a minute, from the tenth second on. */
export async function throttled({
  residents,
  share,
  seed,
}: {
  residents: number;
  share: number;
  seed: number;
}): Promise<Survived> {
  const random = randomFrom(seed);
  let fan: Fan | undefined;
  const begins = Date.parse('2026-11-24T09:00:00.000Z');
  const plan = new Plan(() => {
    const passed = (fan?.clock.now.getTime() ?? begins) - begins;
    const isOut = passed >= 10 * SECOND && passed < 70 * SECOND;
    return isOut && random() < share ? 'error' : undefined;
  });
  // So slow that the minute falls into the middle of it.
  const perSecond = { 'twilio-sms': Math.max(2, Math.ceil(residents / 60)) };
  fan = createFan({
    faults: { count: 0, plan },
    limits: true,
    city: { limits: { ...city.limits, perSecond, dailyEuros: PLENTY } },
  });
  await fill(fan, residents);
  await fan.run(10, 1 / 60);
  await fan.run(60, 1);
  return judge(fan, residents, plan.met);
}

/**
 * Each worker's clock is wrong by up to five minutes, each hundredth call is its last, and the announcement goes on over
 * the end of the day that is given: a change of the clocks, Easter, the end of the year.
 */
export async function skewed({
  residents,
  at,
  seed,
}: {
  residents: number;
  at: Date;
  seed: number;
}): Promise<Survived> {
  const random = randomFrom(seed);
  const plan = new Plan(() =>
    random() < 0.01 ? (random() < 0.5 ? 'crash-before' : 'crash-after') : undefined,
  );
  const faults: Faults = { count: 0, plan };
  const perSecond = { 'twilio-sms': Math.max(2, Math.ceil(residents / 40)) };
  const fan = createFan({
    ...{ at: at.toISOString(), faults, limits: true },
    city: { limits: { ...city.limits, perSecond, dailyEuros: PLENTY } },
    skew: () => (2 * random() - 1) * MOST_SKEW,
  });
  await fill(fan, residents);
  await fan.run(15, 1 / 60);
  await fan.run(5 * 24 * 60, 15);
  await fan.run(40, 1);
  const survived = await judge(fan, residents, plan.met);
  const late = fan.got.filter(({ at: when }) => !isPermittedNear(when));
  return { ...survived, wrong: [...survived.wrong, ...late.map(() => 'in quiet hours')] };
}

/** At some moment that a clock which is wrong by so much may have shown. */
const isPermittedNear = (at: Date): boolean => {
  const [from, to] = [at.getTime() - MOST_SKEW, at.getTime() + MOST_SKEW];
  return nextPermitted(new Date(from), city.sending).getTime() <= to;
};

async function fill(fan: Fan, residents: number): Promise<void> {
  for (let phone = 0; phone < residents; phone += 1)
    await fan.joined(phone, {
      ...(phone % 10 === 9 && { consent: 'stopped' as const }),
      ...(phone % 3 === 0 && { lists: ['chene', 'haut'] }),
    });
  await fan.planned();
}

async function judge(fan: Fan, residents: number, faults: number): Promise<Survived> {
  const counts = new Map<string, number>();
  for (const { to } of fan.got) counts.set(to, (counts.get(to) ?? 0) + 1);
  const wrong: string[] = [];
  for (let phone = 0; phone < residents; phone += 1) {
    const [got, right] = [counts.get(phoneOf(phone)) ?? 0, phone % 10 === 9 ? 0 : 1];
    if (got > right) wrong.push(right === 0 ? 'after STOP' : 'twice');
    if (got < right) wrong.push('left out');
  }
  const { states, planned } = await fan.progress(1);
  if (planned !== residents || states.accepted !== fan.got.length)
    wrong.push(`ledger ${JSON.stringify(states)}`);
  if (
    JSON.stringify(Object.entries(states).sort()) !== JSON.stringify(Object.entries(statesIn(fan, 1)).sort())
  )
    wrong.push('totals');
  const state = (await announcing(fan.deps).announcements.get(1))?.announcement.state;
  if (state !== 'done') wrong.push(`it is ${state}`);
  const times = fan.got.map(({ at }) => at.getTime());
  return { wrong, faults, took: Math.max(...times) - Math.min(...times) };
}
