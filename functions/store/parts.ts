/**
 * An announcement's work, cut into parts that workers take one after another: a shard of a list each, and when those
 * are done a shard of the ledger each, to be closed. A lease keeps two workers apart; what it misses, the ledger holds.
 */
import type { Db, Item } from './db.ts';
import { announcementParts, keys } from './table.ts';

export interface Part {
  /** `list#shard`, or `~close#shard`: behind every list's name. */
  name: string;
  /** The last member that is done. */
  cursor: string;
  done: boolean;
  /** Until when somebody is at it, or nobody need look. */
  until: string;
  /** How often the page behind the cursor has failed. */
  tries: number;
  /** Changes with every step: a message that comes twice works once. */
  owner: string;
}

export const CLOSE = '~close';
/** Of a cancelled one: a shard of the ledger each, of which outboxes are cleared. */
export const CALL_OFF = '~off';
export const partName = (list: string, shard: string): string => `${list}#${shard}`;
export const isClosing = (name: string): boolean => name.startsWith(`${CLOSE}#`);
export const isCallingOff = (name: string): boolean => name.startsWith(`${CALL_OFF}#`);
export const partIn = (name: string): { list: string; shard: string } => {
  const at = name.lastIndexOf('#');
  return { list: name.slice(0, at), shard: name.slice(at + 1) };
};

export interface PartStore {
  /** Makes those that are not there. */
  make(number: number, names: string[]): Promise<void>;
  all(number: number): Promise<Part[]>;
  /** `owner` of the step before, or undefined to take one that nobody is at. False where somebody else has it. */
  lease(
    number: number,
    name: string,
    step: { owner: string | undefined; next: string; now: Date; until: Date },
  ): Promise<Part | false>;
  /** How far it has come. False where the lease was lost meanwhile. */
  move(
    number: number,
    part: Part,
    to: { cursor: string; done: boolean; tries: number; until: Date },
  ): Promise<boolean>;
}

export function createPartStore(db: Db): PartStore {
  return {
    async make(number, names) {
      const fresh = { cursor: '', done: 0, tries: 0, until: '', owner: '' };
      // One that fails is made in the next minute: the others need not wait for it.
      const made = await Promise.allSettled(
        names.map((name) =>
          db.put({ ...keys.part(number, name), ...fresh }, { text: 'attribute_not_exists(pk)' }),
        ),
      );
      const failed = made.find((each) => each.status === 'rejected');
      if (failed) throw failed.reason;
    },
    async all(number) {
      const parts: Part[] = [];
      for await (const item of db.query(announcementParts(number))) parts.push(partOf(item));
      return parts;
    },
    async lease(number, name, { owner, next, now, until }) {
      const key = keys.part(number, name);
      const names = { '#done': 'done', '#owner': 'owner', '#until': 'until' };
      const taken = await db.update(key, 'SET #owner = :next, #until = :until', {
        text: `#done = :no AND ${owner === undefined ? '#until <= :now' : '#owner = :owner'}`,
        names,
        values: {
          ':no': 0,
          ':next': next,
          ':until': until.toISOString(),
          ...(owner === undefined ? { ':now': now.toISOString() } : { ':owner': owner }),
        },
      });
      const item = taken && (await db.get(key));
      return item ? partOf(item) : false;
    },
    move: (number, { name, owner }, { cursor, done, tries, until }) =>
      db.update(
        keys.part(number, name),
        'SET #cursor = :cursor, #done = :done, #tries = :tries, #until = :until',
        {
          text: '#owner = :owner',
          names: {
            '#cursor': 'cursor',
            '#tries': 'tries',
            '#done': 'done',
            '#until': 'until',
            '#owner': 'owner',
          },
          values: {
            ':cursor': cursor,
            ':done': done ? 1 : 0,
            ':tries': tries,
            ':until': until.toISOString(),
            ':owner': owner,
          },
        },
      ),
  };
}

const partOf = ({ sk, cursor, done, tries, until, owner }: Item): Part => ({
  name: String(sk),
  cursor: String(cursor),
  done: done === 1,
  tries: Number(tries),
  until: String(until),
  owner: String(owner),
});
