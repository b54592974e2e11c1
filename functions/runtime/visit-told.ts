/** What staff are told of the messages that follow from a visit. */
import { spoken } from '../../conversations/announcement-acts.ts';
import type { City } from '../../conversations/city.ts';
import type { FollowUpName } from '../../conversations/follow-up.ts';
import { nextPermitted } from '../../conversations/hours.ts';
import { beginsAt, type Visit } from '../../conversations/visit.ts';
import { AHEAD } from './tied.ts';

export const FOLLOW_UPS: Record<FollowUpName, string> = {
  week: 'sept jours avant',
  eve: 'la veille',
  after: 'deux jours après',
};
const MESSAGES: Record<string, string> = {
  ...FOLLOW_UPS,
  moved: 'changement',
  cancelled: 'annulation',
  report: 'bilan',
};
/** Of `planned`; of "moved#2" too. */
export const messageName = (name: string): string => MESSAGES[name.split('#')[0] ?? ''] ?? name;

/** When those who come hear that it is moved or cancelled; undefined where it would come too late. */
export function toldAt(after: Visit, before: Visit, city: City, now: Date): Date | undefined {
  const at = nextPermitted(new Date(now.getTime() + AHEAD), city.sending);
  return at < firstOf(after, before) ? at : undefined;
}

const firstOf = (after: Visit, before: Visit): Date =>
  beginsAt(after) < beginsAt(before) ? beginsAt(after) : beginsAt(before);

export function whenTold(after: Visit, before: Visit, city: City, now: Date): string {
  const at = toldAt(after, before, city, now);
  return at
    ? `les inscrits, et eux seuls, l'apprennent ${spoken(at)}`
    : `la ville ne peut plus écrire avant ${spoken(firstOf(after, before))}: les inscrits ne recevront pas de message à temps, prévenez-les autrement`;
}
