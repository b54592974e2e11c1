/** Other places at a visit that is open. */
import { resize } from '../../conversations/seats.ts';
import type { Visit } from '../../conversations/visit.ts';
import { resizeVisit, type VisitActed } from '../../conversations/visit-acts.ts';
import type { SeatStore } from '../store/seats.ts';
import { seatedVisit } from '../store/visits.ts';

/** The places first: nobody who has one loses it, and no more are promised than there are. The visit is not written yet. */
export async function resizeOpen(
  seats: SeatStore,
  visit: Visit,
  places: number,
  messageDays: number,
): Promise<VisitActed> {
  const acted = resizeVisit(visit, places);
  if ('refused' in acted) return acted;
  return (await seats.change(seatedVisit(visit, messageDays), (all) => resize(all, places)))
    ? acted
    : {
        refused: `plus de ${places} personnes ont déjà une place à la visite ${visit.id}: on ne peut pas descendre en dessous`,
      };
}
