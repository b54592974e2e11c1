/** What staff do with an announcement, from a terminal and from the console: the act, the estimate, the write. */
import {
  type Acted,
  approve,
  cancel,
  type Doer,
  pause,
  propose,
  resume,
  schedule,
  withdraw,
} from '../../conversations/announcement-acts.ts';
import type { AnnouncementAround } from '../../conversations/announcement-lint.ts';
import type { Kept } from '../store/announcements.ts';
import type { CountDeps } from './count-audience.ts';
import { estimateOf, priced } from './priced.ts';

/** As the journal has them. */
export const ACTS = [
  'proposer',
  'retirer',
  'approuver',
  'programmer',
  'suspendre',
  'reprendre',
  'annuler',
] as const;
export type ActName = (typeof ACTS)[number];

export interface Given extends Doer {
  /** Of `programmer`: YYYY-MM-DDTHH:MM in Paris. */
  at?: string | undefined;
  /** Of `approuver` before an election: what was looked at. */
  reviewed?: string | undefined;
}

const act: Record<ActName, (kept: Kept, given: Given, around: AnnouncementAround) => Acted> = {
  proposer: ({ announcement }, given, around) => propose(announcement, given, around),
  retirer: ({ announcement }, given) => withdraw(announcement, given),
  approuver: ({ announcement }, given, around) => approve(announcement, given, around, given.reviewed),
  programmer: ({ announcement }, given, around) => schedule(announcement, given, around, given.at),
  suspendre: ({ announcement }) => pause(announcement),
  reprendre: ({ announcement }, given, around) => resume(announcement, given, around),
  annuler: ({ announcement }) => cancel(announcement),
};

/** As it is after the act, not written yet; proposed or planned, it keeps what it is thought to cost. */
export async function actedOn(
  name: ActName,
  kept: Kept,
  given: Given,
  { around, counting }: { around: AnnouncementAround; counting: CountDeps },
): Promise<Acted> {
  const acted = act[name](kept, given, around);
  if ('refused' in acted || (name !== 'programmer' && name !== 'proposer')) return acted;
  const { price } = await priced(counting, acted.announcement);
  return { ...acted, announcement: { ...acted.announcement, estimate: estimateOf(price, given.now) } };
}
