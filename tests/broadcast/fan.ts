/**
 * A city that announces, with residents who have joined: workers on fresh instances, a clock in the test's hand, a
 * provider that notes what it gets. `faults` are those of tests/faults.
 */
import type { Announcement, Draft } from '../../conversations/announcement.ts';
import { announcementOf } from '../../conversations/announcement-acts.ts';
import type { City } from '../../conversations/city.ts';
import type { World } from '../../conversations/moment.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { create as createBroadcast } from '../../functions/broadcast.ts';
import type { FilledTemplate, Sender, SendOutcome } from '../../functions/channels/channel.ts';
import { create as createDeliver } from '../../functions/deliver.ts';
import { create as createRemind } from '../../functions/remind.ts';
import { announcing } from '../../functions/runtime/announcing.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import type { QueueMessage } from '../../functions/runtime/queue.ts';
import type { Progress } from '../../functions/store/ledger.ts';
import { localWorld } from '../../infra/local/city.ts';
import { type Faults, faultyDb, faultyQueue, faultySender, type Instance } from '../faults/faulty.ts';
import { draftOf } from '../support/announcements.ts';
import { createTestCity } from '../support/city.ts';
import { createMemoryDb, type MemoryDb } from '../support/memory-db.ts';

export const MINUTE = 60_000;

export interface Got {
  to: string;
  text: string;
  at: Date;
  id: string;
  delivery: string;
  template?: FilledTemplate;
}

export interface Fan {
  db: MemoryDb;
  deps: Deps;
  clock: { now: Date };
  got: Got[];
  faults: Faults;
  waiting: { message: QueueMessage; from: number }[];
  /** What the provider does with a message before it takes it. */
  hook: {
    beforeSend?: (to: string) => Promise<void>;
    beforeCall?: () => Promise<void>;
    /** What it says in place of taking the message. */
    outcome?: (to: string) => SendOutcome | undefined;
    /** After it has taken one. */
    afterSend?: () => Promise<void>;
    /** What it says when it is asked for one. */
    found?: () => 'none' | 'cannot';
  };
  joined(phone: number, more?: Partial<Session>, channel?: 'sms' | 'whatsapp'): Promise<string>;
  /** As approved, to begin at once or then. */
  planned(more?: Partial<Draft>, begins?: Date): Promise<Announcement>;
  act(number: number, state: Announcement['state']): Promise<void>;
  /** Time passes in steps, and what is due runs. */
  run(minutes: number, step?: number): Promise<void>;
  look(): Promise<void>;
  progress(number: number): Promise<Progress>;
}

export const phoneOf = (index: number, channel = 'sms'): string =>
  `${channel}:+3363998${String(index).padStart(4, '0')}`;

export function createFan(
  options: {
    faults?: Faults;
    at?: string;
    city?: Partial<City>;
    limits?: boolean;
    /** Milliseconds by which the clock of a worker is wrong, asked for each anew. */
    skew?: () => number;
  } = {},
): Fan {
  const db = createMemoryDb();
  const faults = options.faults ?? { count: 0, plan: new Map() };
  const clock = { now: new Date(options.at ?? '2026-11-24T09:00:00.000Z') };
  const got: Got[] = [];
  const waiting: Fan['waiting'] = [];
  const hook: Fan['hook'] = {};
  const shipped = localWorld();
  const world: World = { ...shipped, city: { ...shipped.city, ...options.city } };
  let ids = 0;
  const still: Faults = { count: 0, plan: new Map() };
  const depsOn = (instance: Instance, plan: Faults): Deps => {
    const queue = faultyQueue(
      {
        send: async (message, delay = 0) =>
          void waiting.push({ message, from: clock.now.getTime() + delay * 1000 }),
      },
      plan,
      instance,
    );
    const twilio: Sender = {
      provider: 'twilio',
      async send({ to, text, delivery, template }) {
        await hook.beforeSend?.(to);
        const outcome = hook.outcome?.(to);
        if (outcome) return outcome;
        const id = `SM${got.length}`;
        got.push({ to, text, at: new Date(clock.now), id, delivery, ...(template && { template }) });
        await hook.afterSend?.();
        return { kind: 'accepted', id };
      },
      async find({ to, text }, since) {
        if (hook.found) return hook.found();
        const found = got.find((each) => each.to === to && each.text === text && each.at >= since);
        return found ? { id: found.id } : 'none';
      },
    };
    const { deps, clock: own } = createTestCity(
      faultyDb(plan === still ? db : watched(db, hook), plan, instance),
      {
        queue,
        outbound: queue,
        broadcasting: queue,
        senders: { twilio: faultySender(twilio, plan, instance) },
        world,
        ...(!options.limits && {
          limits: { spend: async () => 'yes' as const, pace: async () => true, begin: async () => true },
        }),
      },
    );
    const skew = plan === still ? 0 : (options.skew?.() ?? 0);
    const now = (): Date => new Date(clock.now.getTime() + skew);
    Object.defineProperty(own, 'now', { get: now });
    deps.now = now;
    deps.freshId = () => `id-${++ids}`;
    return deps;
  };
  const deps = depsOn({ dead: false }, still);
  const fresh = () => depsOn({ dead: false }, faults);
  const drain = async (): Promise<void> => {
    for (;;) {
      const next = waiting.findIndex(({ from }) => from <= clock.now.getTime());
      if (next < 0) return;
      const [{ message }] = waiting.splice(next, 1) as [(typeof waiting)[number]];
      const work = message.kind === 'broadcast' ? createBroadcast(fresh()) : createDeliver(fresh());
      await work(message).catch(() => undefined);
    }
  };
  const fan: Fan = {
    db,
    deps,
    clock,
    got,
    faults,
    waiting,
    hook,
    async joined(phone, more = {}, channel = 'sms') {
      const address = phoneOf(phone, channel);
      const hash = deps.hashes.address(address);
      const item = await deps.turns.load(hash, address, deps.freshId);
      const session: Session = {
        ...newSession(item.session.id),
        consent: 'given',
        language: 'fr',
        lists: ['chene'],
        quartier: 'chene',
        ...more,
      };
      const now = deps.now();
      const event = `join-${phone}`;
      const saved = await deps.turns.save(item, { session, event, now });
      if (!saved) throw new Error('could not be saved');
      for (const list of session.lists)
        await deps.residents.subscribe(hash, list, {
          effects: [],
          version: saved.version,
          event,
          at: now.toISOString(),
          resident: session.id,
          suppression: '',
          language: 'fr',
        });
      return hash;
    },
    async planned(more = {}, begins = clock.now) {
      const kept = await announcing(deps).announcements.create(
        (number) => ({
          ...announcementOf(
            draftOf(more),
            `A-2026-${String(number).padStart(3, '0')}`,
            number,
            'agent@exemple',
          ),
          state: 'scheduled',
          begins: begins.toISOString(),
        }),
        { by: 'agent@exemple', what: 'programmer', at: clock.now },
      );
      return kept.announcement;
    },
    async act(number, state) {
      const kept = await announcing(deps).announcements.get(number);
      if (!kept) throw new Error('there is none');
      const after = { ...kept.announcement, state };
      if (
        !(await announcing(deps).announcements.write(kept, after, {
          by: 'chef@exemple',
          what: state,
          at: clock.now,
        }))
      )
        throw new Error('somebody else acted');
    },
    async look() {
      await createRemind(fresh())().catch(() => undefined);
      await drain();
    },
    async run(minutes, step = 1) {
      await fan.look();
      for (let passed = 0; passed < minutes; passed += step) {
        clock.now = new Date(clock.now.getTime() + step * MINUTE);
        await fan.look();
      }
    },
    progress: (number) => announcing(deps).ledger.progress(number),
  };
  return fan;
}

/** The totals, reckoned once more from the rows as they lie in the table. */
export function statesIn(fan: Fan, number: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of fan.db.items.values())
    if (new RegExp(`^announced#${number}#[0-9a-f]$`).test(String(item.pk)))
      counts[String(item.state)] = (counts[String(item.state)] ?? 0) + 1;
  return counts;
}

export const times = (fan: Fan, phone: number): number =>
  fan.got.filter(({ to }) => to === phoneOf(phone)).length;

/** Tells the hook before every call of a worker's to the store. */
const watched = (db: MemoryDb, hook: Fan['hook']): MemoryDb => {
  const told =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      await hook.beforeCall?.();
      return work(...args);
    };
  return { ...db, get: told(db.get), put: told(db.put), update: told(db.update), delete: told(db.delete) };
};
