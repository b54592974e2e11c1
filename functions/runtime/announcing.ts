/** The stores of announcements, made where they are used: who only shows a page does without. */
import { type AnnouncementStore, createAnnouncementStore } from '../store/announcements.ts';
import type { Db } from '../store/db.ts';
import { createLedger, type LedgerStore } from '../store/ledger.ts';
import { createPartStore, type PartStore } from '../store/parts.ts';
import type { Deps } from './deps.ts';

export interface Announcing {
  announcements: AnnouncementStore;
  /** What each still has to do, and who was told. */
  parts: PartStore;
  ledger: LedgerStore;
}

const made = new WeakMap<Db, Announcing>();

export function announcing({ db, world }: Pick<Deps, 'db' | 'world'>): Announcing {
  const known = made.get(db);
  if (known) return known;
  const stores = {
    announcements: createAnnouncementStore(db),
    parts: createPartStore(db),
    ledger: createLedger(db, world.city.notice.messageDays),
  };
  made.set(db, stores);
  return stores;
}
