/** What of an announcement waits in an outbox and does not go on: it is looked at again before every later try. */
import { MINUTE } from '../../conversations/hours.ts';
import { isMeant } from '../../conversations/reminder.ts';
import { numberOfEvent } from '../store/announced-id.ts';
import { announcing } from './announcing.ts';
import { callOff } from './call-off.ts';
import type { Deps } from './deps.ts';
import type { Owing } from './hand-over.ts';
import { withheld } from './withheld.ts';

/** Whether a paused announcement goes on is looked at after this long. */
const PAUSED = 5 * MINUTE;

/**
 * Later, where it is paused; never any more, where it is cancelled, or the resident has said since that they do not want
 * it, or has answered. Undefined where it may go out.
 */
export async function holdBack(deps: Deps, owing: Owing): Promise<'done' | 'later' | undefined> {
  const { item, message } = owing;
  const announcement = (await announcing(deps).announcements.get(numberOfEvent(message.id) as number))
    ?.announcement;
  if (!announcement) return undefined;
  const { id, state } = announcement;
  if (state === 'paused') {
    await owing.postpone(new Date(deps.now().getTime() + PAUSED));
    return 'later';
  }
  // That it was said to them, and fills their week, is no reason any more.
  const { pushed: _, ...session } = item.session;
  const why =
    state === 'cancelled'
      ? undefined
      : (withheld(deps, announcement, session) ?? (isMeant(announcement, session) ? undefined : 'changed'));
  if (state !== 'cancelled' && why === undefined) return undefined;
  const off = { event: message.id, announcement: id, ...(why && { why }) };
  return (await callOff(deps, item, off)) ? 'done' : 'later';
}
