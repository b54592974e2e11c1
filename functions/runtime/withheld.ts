/** Whether an announcement may be said to somebody as they are now. */
import { factsOf, type Held, mayBeTold } from '../../conversations/announce.ts';
import { type Announcement, saidOf } from '../../conversations/announcement.ts';
import type { Session } from '../../conversations/session.ts';
import type { Deps } from './deps.ts';

/** Why it may not; undefined where it may. */
export function withheld(
  { world, now }: Pick<Deps, 'world' | 'now'>,
  announcement: Announcement,
  session: Session,
): Held | undefined {
  const at = now();
  return mayBeTold(session, factsOf({ world, now: at }, saidOf(announcement)), at, world.city);
}
