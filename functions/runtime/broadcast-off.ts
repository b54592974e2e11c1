/**
 * What a cancelled announcement has left in outboxes is taken out of them, a shard of the ledger at a time: nobody waits
 * for a stopped lane to open before it is known that nothing more goes out.
 */
import type { Announcement } from '../../conversations/announcement.ts';
import { isSettled, type Row } from '../store/ledger.ts';
import { isCallingOff, type Part, partIn } from '../store/parts.ts';
import { seenBefore } from '../store/turn-item.ts';
import { announcing } from './announcing.ts';
import { noteRow, owes, reconcile } from './broadcast-one.ts';
import { callOff } from './call-off.ts';
import type { Deps } from './deps.ts';
import { GRACE } from './hand-over.ts';
import { describe } from './log.ts';

const ROWS = 1000;
/** Seconds: a worker that was in the middle of a page has left it, a message that was on its way has arrived. */
const AGAIN_AFTER = 60;

/** A step of a part: where it has come to, and after how long to go on. */
export async function callOffRows(
  deps: Deps,
  announcement: Announcement,
  part: Part,
): Promise<{ cursor: string; done?: true; wait?: number }> {
  const { shard } = partIn(part.name);
  const busy = await isBusy(deps, announcement);
  let { cursor } = part;
  let open = busy;
  let count = 0;
  for await (const row of announcing(deps).ledger.rows(announcement.number, shard, part.cursor)) {
    count += 1;
    if (count > ROWS) return open ? { cursor, wait: AGAIN_AFTER } : { cursor };
    const over = await callOffRow(deps, announcement, row, busy).catch((error) => {
      deps.log.error('call-off-failed', describe(error));
      return false;
    });
    if (!over) open = true;
    if (!open) cursor = row.hash;
  }
  return open ? { cursor, wait: AGAIN_AFTER } : { cursor, done: true };
}

/** Whether somebody may still be in the middle of a page of it. */
async function isBusy(deps: Deps, { number }: Announcement): Promise<boolean> {
  const now = deps.now().toISOString();
  const parts = await announcing(deps).parts.all(number);
  return parts.some(({ name, done, until }) => !done && !isCallingOff(name) && until > now);
}

/** False where it has to be looked at again. */
async function callOffRow(deps: Deps, announcement: Announcement, row: Row, busy: boolean): Promise<boolean> {
  if (isSettled(row) && row.state !== 'unknown') return true;
  const { hash, event } = row;
  const item = await deps.turns.find(hash);
  if (item && owes(item, event)) {
    const owed = item.outbox.find(({ id }) => id === event) ?? item.reply;
    const since = deps.now().getTime() - Date.parse(owed?.claimed ?? '');
    // It may be on its way in this very moment.
    if (owed?.attempt && since < GRACE) return false;
    return callOff(deps, item, { event, announcement: announcement.id });
  }
  if (row.state === 'unknown') return true;
  if ((row.state === 'claimed' || row.state === 'waiting') && busy) return false;
  // A worker died between its claim and the turn: it was never said.
  if (item && seenBefore(item, event) === undefined) {
    await noteRow(deps, announcement, hash, { state: 'cancelled' });
    return true;
  }
  await reconcile(deps, announcement, row, item);
  const after = await announcing(deps).ledger.get(announcement.number, hash);
  // Said, not in the outbox, and nothing is known of it.
  if (after && !isSettled(after)) await noteRow(deps, announcement, hash, { state: 'unknown' });
  return true;
}
