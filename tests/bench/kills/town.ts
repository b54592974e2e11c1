/** Residents on lists and an announcement to them, written straight into a store; who has said STOP, or will. */
import { announcementOf } from '../../../conversations/announcement-acts.ts';
import { newSession } from '../../../conversations/session.ts';
import { createHashes } from '../../../functions/runtime/hashes.ts';
import { createAnnouncementStore } from '../../../functions/store/announcements.ts';
import type { Db } from '../../../functions/store/db.ts';
import { createResidentStore } from '../../../functions/store/residents.ts';
import { createTurnStore } from '../../../functions/store/turns.ts';
import { draftOf } from '../../support/announcements.ts';

/** Those of a city under test (tests/support/city.ts). */
export const KEYS = { address: 'address-key', answers: 'answers-key', suppression: 'suppression-key' };
export const BEGINS = new Date('2026-11-24T09:00:00.000Z');
const KEEP_DAYS = 90;
/** Residents written side by side. */
const WIDTH = 16;

/** Of the range that ARCEP keeps for fiction. */
export const phoneOf = (index: number): string => `+336399${String(index).padStart(5, '0')}`;
/** Before it begins. */
export const hasStopped = (index: number): boolean => index % 10 === 9;
/** While nobody announces, between one worker's death and the next. */
export const willStop = (index: number): boolean => index % 10 === 4;

export async function fillTown(db: Db, residents: number): Promise<void> {
  for (let from = 0; from < residents; from += WIDTH)
    await Promise.all(
      Array.from({ length: Math.min(WIDTH, residents - from) }, (_, index) => join(db, from + index)),
    );
  const { number } = { number: 1 };
  await createAnnouncementStore(db).create(
    () => ({
      ...announcementOf(draftOf(), 'A-2026-001', number, 'agent@exemple'),
      state: 'scheduled',
      begins: BEGINS.toISOString(),
    }),
    { by: 'agent@exemple', what: 'programmer', at: BEGINS },
  );
}

async function join(db: Db, index: number): Promise<void> {
  const turns = createTurnStore(db);
  const address = `sms:${phoneOf(index)}`;
  const hash = createHashes(KEYS).address(address);
  const item = await turns.load(hash, address, () => `resident-${index}`);
  const consent = hasStopped(index) ? ('stopped' as const) : ('given' as const);
  // Some are on two lists, and are to hear it once.
  const lists = index % 3 === 0 ? ['chene', 'haut'] : ['chene'];
  const session = { ...newSession(item.session.id), consent, lists, language: 'fr', quartier: 'chene' };
  await turns.save(item, { session, event: `join${index}`, now: BEGINS });
  for (const list of lists)
    await createResidentStore(db, KEEP_DAYS).subscribe(hash, list, {
      ...{ effects: [], version: 1, event: `join${index}`, at: BEGINS.toISOString() },
      ...{ resident: session.id, suppression: '', language: 'fr' },
    });
}
