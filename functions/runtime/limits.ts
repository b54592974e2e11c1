/**
 * What may be spent and said: per person, per prefix, per day, in money. Shared by every instance through leases in
 * blocks; where the leases cannot be read, a reply goes out and nothing else does.
 */
import { DAY, HOUR, inParis } from '../../conversations/hours.ts';
import type { World } from '../../conversations/moment.ts';
import { sms } from '../../conversations/shape.ts';
import { type Address, nameIn } from '../channels/channel.ts';
import type { LeaseStore } from '../store/leases.ts';

/** Thousandths of a euro: leases are whole numbers. */
const MILLS = 1000;
/** What an instance takes at a time: 60 parts or so. */
const MONEY_BLOCK = 5 * MILLS;
/** Numbers that share these first digits, `3363998`, are of one block of ten thousand: no number can be told from it. */
const PREFIX = 7;
const PREFIX_BLOCK = 5;
/** Of a sender's rate, what bulk may use: replies always find a place (speed-and-faults.md 1.5). */
const BULK_SHARE = 0.8;
/** Messages a second, where neither contract nor city says otherwise (channels.md 1.6, 2; aws-sms.json). */
const RATES: Record<string, number> = {
  'twilio-sms': 10,
  'twilio-whatsapp': 80,
  'meta-messenger': 250,
  'sns-sms': 10,
};

/** Hours in which a template counts: this one, and those that may lie within 24 hours of its last minute. */
const BEGUN_HOURS = 24;
const BEGUN_SHARE = 40;

export type Verdict = 'yes' | 'prefix' | 'money';

export interface Limits {
  /** Whether this SMS may be paid for. `known`: the resident has joined, or is in a survey. */
  spend(to: Address, text: string, who: { known: boolean; reply: boolean }): Promise<Verdict>;
  /** Whether the sender takes one more within this second. */
  pace(lane: string, what: 'reply' | 'bulk'): Promise<boolean>;
  /** Whether one more resident may be written to by template: no more in any 24 hours than the sender's tier. */
  begin(lane: string): Promise<boolean>;
}

const begunIn = (lane: string, hour: number): string => `begun-${lane}-${hour}`;

export function createLimits(leases: LeaseStore, world: Pick<World, 'city'>, now: () => Date): Limits {
  /** What is left of a tier in an hour: the hours before it do not change any more. */
  const left = new Map<string, Promise<number>>();
  const leftOf = (lane: string, tier: number, hour: number): Promise<number> => {
    const name = `${lane}-${hour}`;
    const known = left.get(name);
    if (known) return known;
    left.clear();
    const hours = Array.from({ length: BEGUN_HOURS }, (_, back) => hour - 1 - back);
    const counted = Promise.all(hours.map((each) => leases.taken(begunIn(lane, each)))).then((all) =>
      Math.max(0, tier - all.reduce((sum, each) => sum + each, 0)),
    );
    left.set(name, counted);
    counted.catch(() => left.delete(name));
    return counted;
  };
  return {
    async begin(lane) {
      const tier = world.city.limits.begunPerDay[lane];
      if (tier === undefined) return true;
      const hour = Math.floor(now().getTime() / HOUR);
      const most = await leftOf(lane, tier, hour);
      const block = Math.max(1, Math.floor(tier / BEGUN_SHARE));
      const until = new Date((hour + 1 + BEGUN_HOURS) * HOUR);
      return leases.take({ name: begunIn(lane, hour), most, block, until }, 1);
    },
    async spend(to, text, { known, reply }) {
      const { limits } = world.city;
      const at = now();
      const { date, hour } = { date: inParis(at).date, hour: at.toISOString().slice(0, 13) };
      const mills = Math.ceil(sms(text).parts * limits.partEuros * MILLS);
      const share = known ? 1 - limits.strangersShare : limits.strangersShare;
      try {
        if (!known) {
          const name = `prefix-${nameIn(to).replace(/\D/g, '').slice(0, PREFIX)}-${hour}`;
          const until = new Date(at.getTime() + HOUR);
          if (!(await leases.take({ name, most: limits.perPrefixHour, block: PREFIX_BLOCK, until }, 1)))
            return 'prefix';
        }
        const name = `money-${date}-${known ? 'known' : 'strangers'}`;
        const most = Math.floor(limits.dailyEuros * share * MILLS);
        const until = new Date(at.getTime() + DAY);
        return (await leases.take({ name, most, block: MONEY_BLOCK, until }, mills)) ? 'yes' : 'money';
      } catch (error) {
        if (reply) return 'yes';
        throw error;
      }
    },
    pace(lane, what) {
      const rate = world.city.limits.perSecond[lane] ?? RATES[lane] ?? 1;
      const second = Math.floor(now().getTime() / 1000);
      const most = Math.max(1, Math.floor(rate * (what === 'bulk' ? BULK_SHARE : 1)));
      const block = Math.max(1, Math.floor(rate / 4));
      return leases.take({ name: `pace-${lane}-${second}`, most, block, until: now() }, 1);
    },
  };
}
