/** Visits in the words of the console. */
import { type City, places } from '../../../conversations/city.ts';
import type { Visit, VisitState } from '../../../conversations/visit.ts';
import { visitTitle } from '../../../conversations/visit-words.ts';
import type { Tone } from '../list.tsx';
import { ROOT } from '../navigation.ts';
import { sentence } from '../said.ts';

export const PATH = `${ROOT}/visites`;
export const addressOf = (id: string): string => `${PATH}/${id}`;

export const TONES: Record<VisitState, Tone> = {
  draft: 'waits',
  open: 'going',
  cancelled: 'over',
  done: 'over',
};

const DID: Record<string, string> = {
  nouvelle: 'écrite',
  modifier: 'modifiée',
  approuver: 'validée',
  places: 'places changées',
  deplacer: 'déplacée',
  annuler: 'annulée',
  bilan: 'bilan écrit',
  programme: 'proposée par le programme de l’année',
};
export const didWord = (what: string): string => DID[what] ?? what;

export const quartierName = (city: City, id: string): string =>
  places(city).find((each) => each.id === id)?.name ?? id;

/** "Visite de quartier, square du Chêne Pointu" */
export const nameOf = (visit: Visit): string => `${sentence(visitTitle(visit, 'fr'))}, ${visit.meeting.name}`;
