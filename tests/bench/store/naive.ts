/**
 * The same survey as one stores it first: an item for everything, written when it is known. What it keeps is what
 * we keep, with the same texts: who wrote, what was said and answered, the answers, where the resident stands.
 */
import type { Db, Item } from '../../../functions/store/db.ts';
import { numbers } from '../turns/reading.ts';

export interface Naive {
  /** One message; returns the reply. */
  turn(message: { from: string; sid: string; text: string; at: Date }): Promise<string>;
  /** A receipt of the reply to a message. */
  receipt(receipt: { from: string; sid: string; status: string; at: Date }): Promise<void>;
}

const WAIT = 20 * 3_600_000;
/** Which question is answered at each step; none at the keyword. */
const QUESTIONS = ['', 'intro', 'frequence', 'priorites', 'priorites_autre', 'securite', 'mot'];

/** `wakes`: the state says when to remind, in an index by time. */
export function naive(db: Db, replies: string[], { wakes }: { wakes: boolean }): Naive {
  return {
    async turn({ from, sid, text, at }) {
      const time = at.toISOString();
      const fresh = await db.put(
        { pk: `seen#${sid}`, sk: 'seen', at: time, ttl: Math.floor(at.getTime() / 1000) + 172_800 },
        { text: 'attribute_not_exists(pk)' },
      );
      if (!fresh) return '';
      const resident = `resident#${from}`;
      await db.put({ pk: resident, sk: `log#${time}#in`, sid, text, channel: 'sms' });
      const profile = await db.get({ pk: resident, sk: 'profile' });
      await db.put({
        ...(profile ?? { pk: resident, sk: 'profile', consent: 'none', language: 'fr', since: time }),
        last: time,
      });
      const state = await db.get({ pk: resident, sk: 'state' });
      const step = Number(state?.step ?? 0);
      const reply = replies[step] as string;
      if (step > 0) await db.put(answerItem({ resident, from, step, text, time }));
      await db.put({
        pk: resident,
        sk: 'state',
        survey: 'square',
        revision: 1,
        step: step + 1,
        started: state?.started ?? time,
        last: time,
        ...(wakes &&
          step + 1 < replies.length && { lp: 'due', ls: new Date(at.getTime() + WAIT).toISOString() }),
      });
      await db.put({ pk: resident, sk: `log#${time}#out`, sid: `reply-${sid}`, text: reply, channel: 'sms' });
      return reply;
    },
    async receipt({ from, sid, status, at }) {
      const time = at.toISOString();
      await db.put({ pk: `resident#${from}`, sk: `log#${time}#status`, sid: `reply-${sid}`, status });
    },
  };
}

/** In the index by survey, for the export. */
function answerItem(said: {
  resident: string;
  from: string;
  step: number;
  text: string;
  time: string;
}): Item {
  const { resident, step, text, time } = said;
  const question = QUESTIONS[step] as string;
  const value = numbers(text).join(',');
  return {
    pk: resident,
    sk: `answer#square#${question}`,
    question,
    raw: text,
    ...(value && { value }),
    at: time,
    gp: 'square',
    gs: `${resident}#${question}`,
  };
}
