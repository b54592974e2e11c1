/** How visits read in a terminal. */
import { spoken } from '../../conversations/announcement-acts.ts';
import { beginsAt, MeetingPoint, type Visit } from '../../conversations/visit.ts';
import { visitStateName } from '../../conversations/visit-acts.ts';
import { visitTitle } from '../../conversations/visit-words.ts';
import { Refused } from '../command/refused.ts';

/** "V-2026-003  ouverte  samedi 12 décembre 2026 à 10:00  chene  visite de quartier, square du Chêne Pointu, 30 places" */
export const visitLine = (visit: Visit): string => {
  const { id, state, quartier, meeting, capacity } = visit;
  return `${id}  ${visitStateName(state)}  ${spoken(beginsAt(visit))}  ${quartier}  ${visitTitle(visit, 'fr')}, ${meeting.name}, ${capacity} places`;
};

export const peopleWord = (count: number): string => `${count} ${count > 1 ? 'personnes' : 'personne'}`;

/** "square du Chêne Pointu;48.9101;2.5533", or the name alone. Throws `Refused` where it is none. */
export function meetingIn(given: string): MeetingPoint {
  const [name = '', latitude, longitude, ...more] = given.split(';').map((part) => part.trim());
  const point = MeetingPoint.safeParse({
    name,
    ...(latitude !== undefined && { latitude: numberIn(latitude), longitude: numberIn(longitude) }),
  });
  if (point.success && more.length === 0) return point.data;
  throw new Refused(
    `--lieu est « nom » ou « nom;latitude;longitude », un nom de 40 caractères au plus, par exemple "square du Chêne Pointu;48.9101;2.5533", reçu « ${given} »`,
  );
}

const numberIn = (text: string | undefined): number =>
  /^-?\d+([.,]\d+)?$/.test(text ?? '') ? Number((text as string).replace(',', '.')) : Number.NaN;
